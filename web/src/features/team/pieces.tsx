// The audit log as a piece of boards.
import type { Piece } from '../../ui/tile'
import { AuditLog } from './AuditLog'

export const PIECES: Piece[] = [
  {
    id: 'team.audit',
    title: 'Audit log',
    kind: 'table',
    width: 2,
    at: { tab: 'audit' },
    component: ({ projectId }) => <AuditLog projectId={projectId} />,
  },
]
