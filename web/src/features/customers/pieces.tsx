// The sessions of customers as a piece of boards.
import { useQuery } from '@tanstack/react-query'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { sessionFiguresQuery } from './api'
import { parseCustomersSearch } from './model'
import { SessionStrip } from './SessionFigures'

function SessionsPiece({ projectId, search }: PieceProps) {
  const { active = 'all' } = parseCustomersSearch(search)
  const figures = useQuery(sessionFiguresQuery(projectId, active))
  return (
    <TileResult title="Sessions of customers" what="The session figures" question={figures} height={66}>
      {(data) => <SessionStrip figures={data} />}
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  { id: 'customers.sessions', title: 'Sessions of customers', kind: 'figure', width: 2, component: SessionsPiece },
]
