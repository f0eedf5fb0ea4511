// The page of a board, with the pieces of all features and what their figures are compared with.
import type { ReactNode } from 'react'
import { BoardPage } from '../features/boards/BoardPage'
import type { BoardParts } from '../features/boards/catalogue'
import type { AnalysisSearch } from '../lib/analysis'
import { ComparisonProvider } from '../ui/comparison'
import { lazily } from '../ui/lazily'
import { BOARD_AREAS } from './boardPieces'
import { useComparisonGap } from './useComparisonGap'

function Compared({ projectId, search, children }: { projectId: string; search: AnalysisSearch; children: ReactNode }) {
  const missing = useComparisonGap(projectId, search)
  return <ComparisonProvider value={{ missing, segment: null }}>{children}</ComparisonProvider>
}

const Share = lazily(() => import('../features/share-links/ShareMenu').then((menu) => menu.ShareBoard))

const PARTS: BoardParts = { areas: BOARD_AREAS, Compared, Share }

export function BoardView() {
  return <BoardPage parts={PARTS} />
}
