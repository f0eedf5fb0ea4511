// The pipeline as a piece of boards.
import type { Piece } from '../../../ui/tile'
import { PipelineStrip } from './PipelineStrip'

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
]
