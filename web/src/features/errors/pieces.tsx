// The list of errors as a piece of boards.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { meQuery } from '../../api/session'
import type { Piece, PieceProps } from '../../ui/tile'
import { ErrorList } from './ErrorList'
import { parseErrorsSearch } from './model'

function ListPiece({ projectId, search: raw, onShow }: PieceProps) {
  const { data: me } = useQuery(meQuery)
  const navigate = useNavigate()
  const search = parseErrorsSearch(raw)
  return (
    <ErrorList
      projectId={projectId}
      search={search}
      myId={me?.member.id}
      onSort={(sort) => onShow({ ...search, sort })}
      onOpen={(errorGroup) =>
        void navigate({ to: '/p/$projectId/errors/$errorGroup', params: { projectId, errorGroup }, search })
      }
      onShow={onShow}
    />
  )
}

export const PIECES: Piece[] = [{ id: 'errors.list', title: 'Errors', kind: 'table', width: 4, component: ListPiece }]
