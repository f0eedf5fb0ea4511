// The receipts of erasures as a piece of boards.
import type { Piece } from '../../ui/tile'
import { Erasures } from './Erasures'

export const PIECES: Piece[] = [
  {
    id: 'privacy.erasures',
    title: 'Erasures',
    kind: 'table',
    width: 2,
    component: ({ projectId }) => <Erasures projectId={projectId} />,
  },
]
