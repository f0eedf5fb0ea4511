// The chart of journeys as a piece of boards.
import { useQuery } from '@tanstack/react-query'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { Answer } from './Answer'
import { journeysQuery } from './api'
import { parseJourneySearch } from './model'

function ChartPiece({ projectId, search: raw, onShow }: PieceProps) {
  const search = parseJourneySearch(raw)
  const journeys = useQuery(journeysQuery(projectId, search))
  return (
    <TileResult title="Journeys" what="The journeys" question={journeys} height={340}>
      {(answer) => (
        <Answer
          projectId={projectId}
          search={search}
          answer={answer}
          isStale={journeys.isPlaceholderData}
          onShow={(next) => onShow(next(search))}
        />
      )}
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  { id: 'journeys.chart', title: 'Journeys', kind: 'chart', width: 4, component: ChartPiece },
]
