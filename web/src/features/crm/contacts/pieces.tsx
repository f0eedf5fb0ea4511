// The pipeline and the list of contacts as pieces of boards.
import type { Piece, PieceProps } from '../../../ui/tile'
import { ContactList } from './ContactList'
import { parseContactsSearch } from './model'
import { PipelineStrip } from './PipelineStrip'

function ListPiece({ projectId, search: raw, onShow }: PieceProps) {
  const { open: _open, view: _view, ...search } = parseContactsSearch(raw)
  return (
    <ContactList
      projectId={projectId}
      search={search}
      onSort={(sort) => onShow({ ...search, sort })}
      onOpen={(open) => onShow({ ...search, open })}
      onShowAll={() => onShow({})}
    />
  )
}

export const PIECES: Piece[] = [
  {
    id: 'contacts.pipeline',
    title: 'Pipeline',
    kind: 'figure',
    width: 4,
    component: ({ projectId, onShow }) => (
      <PipelineStrip projectId={projectId} status={undefined} onChoose={(status) => onShow({ status })} />
    ),
  },
  { id: 'contacts.list', title: 'Contacts', kind: 'table', width: 4, component: ListPiece },
]
