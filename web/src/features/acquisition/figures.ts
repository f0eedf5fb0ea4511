// The figures of an answer as they are shown: shares; pure.
import { shareOf } from '../../lib/engagement'
import type { AcquisitionFigures } from './api'

export function frictionShare({ friction_sessions: friction, sessions }: AcquisitionFigures): number | null {
  return shareOf(friction, sessions)
}
