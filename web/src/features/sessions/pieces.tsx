// The list of sessions as a piece of boards.
import { useNavigate } from '@tanstack/react-router'
import type { Piece, PieceProps } from '../../ui/tile'
import { parseSessionsSearch, withSort } from './model'
import { SessionList } from './SessionList'

function ListPiece({ projectId, search: raw, onShow }: PieceProps) {
  const navigate = useNavigate()
  const search = parseSessionsSearch(raw)
  return (
    <SessionList
      projectId={projectId}
      search={search}
      onSort={(sort) => onShow(withSort(search, sort))}
      onOpen={(sessionId) =>
        void navigate({ to: '/p/$projectId/sessions/$sessionId', params: { projectId, sessionId }, search })
      }
      onShow={onShow}
    />
  )
}

export const PIECES: Piece[] = [
  { id: 'sessions.list', title: 'Sessions', kind: 'table', width: 4, component: ListPiece },
]
