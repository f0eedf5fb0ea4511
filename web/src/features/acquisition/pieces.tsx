// The figures and breakdowns of acquisition as pieces of boards.
import { useQuery } from '@tanstack/react-query'
import { BREAKDOWN_LABELS, BREAKDOWNS } from '../../lib/breakdowns'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { topQuery } from './api'
import { Figures } from './Figures'
import { parseAcquisitionSearch, pieceOf } from './model'
import { BreakdownCard } from './ValueCard'

function FiguresPiece({ projectId, search }: PieceProps) {
  const channels = useQuery(topQuery(projectId, parseAcquisitionSearch(search), 'channel'))
  return (
    <TileResult title="Key figures" what="The figures" question={channels} height={66}>
      {(data) => <Figures totals={data.totals} previous_totals={data.previous_totals} />}
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  { id: 'acquisition.figures', title: 'Key figures', kind: 'figure', width: 4, component: FiguresPiece },
  ...BREAKDOWNS.map(
    (by): Piece => ({
      id: pieceOf(by),
      title: BREAKDOWN_LABELS[by],
      kind: 'table',
      width: 2,
      component: ({ projectId, search, onShow }) => (
        <BreakdownCard projectId={projectId} search={parseAcquisitionSearch(search)} by={by} onShow={onShow} />
      ),
    }),
  ),
]
