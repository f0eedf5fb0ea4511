// The delivery of events as a piece of boards.
import type { Piece } from '../../ui/tile'
import { Delivery } from './Delivery'

export const PIECES: Piece[] = [
  {
    id: 'sdk.delivery',
    title: 'Event delivery',
    kind: 'figure',
    width: 4,
    component: ({ projectId }) => <Delivery projectId={projectId} />,
  },
]
