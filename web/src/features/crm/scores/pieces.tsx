// The customers with the highest lead scores as a piece of boards.
import type { Piece } from '../../../ui/tile'
import { ScoreList } from './ScoreList'

export const PIECES: Piece[] = [
  {
    id: 'lead-scores.list',
    title: 'Most promising customers',
    kind: 'table',
    width: 2,
    component: ({ projectId, onShow }) => (
      <ScoreList projectId={projectId} openId={undefined} onOpen={(open) => onShow({ open })} />
    ),
  },
]
