// What boards can show: the pieces of each feature, whose code is loaded when a board has one of them.
import type { PieceArea } from '../features/boards/catalogue'
import { AREAS, type Area } from './areas'

/** As the rail has it. */
function pageAt(to: Area['to']): Pick<PieceArea, 'to' | 'label' | 'icon'> {
  const { label, icon } = AREAS.find((area) => area.to === to) as (typeof AREAS)[number]
  return { to, label, icon }
}

const ANALYTIC = { needed: 'viewer', followsBoard: true, isShared: true } as const
const FOR_MEMBERS = { needed: 'viewer', followsBoard: true, isShared: false } as const
const FOR_ANALYSTS = { needed: 'analyst', followsBoard: false, isShared: false } as const

export const BOARD_AREAS: readonly PieceArea[] = [
  {
    ...ANALYTIC,
    name: 'overview',
    ...pageAt('/p/$projectId/overview'),
    load: () => import('../features/overview/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...ANALYTIC,
    name: 'acquisition',
    ...pageAt('/p/$projectId/acquisition'),
    load: () => import('../features/acquisition/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...ANALYTIC,
    name: 'friction',
    ...pageAt('/p/$projectId/friction'),
    load: () => import('../features/friction/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_MEMBERS,
    name: 'errors',
    ...pageAt('/p/$projectId/errors'),
    load: () => import('../features/errors/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...ANALYTIC,
    name: 'journeys',
    ...pageAt('/p/$projectId/journeys'),
    load: () => import('../features/journeys/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_ANALYSTS,
    followsBoard: true,
    name: 'funnels',
    ...pageAt('/p/$projectId/funnels'),
    load: () => import('../features/funnels/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_MEMBERS,
    name: 'forms',
    ...pageAt('/p/$projectId/forms'),
    load: () => import('../features/forms/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_MEMBERS,
    name: 'retention',
    ...pageAt('/p/$projectId/retention'),
    load: () => import('../features/visitor-retention/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...ANALYTIC,
    name: 'performance',
    ...pageAt('/p/$projectId/performance'),
    load: () => import('../features/performance/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_ANALYSTS,
    name: 'sql',
    ...pageAt('/p/$projectId/sql'),
    load: () => import('../features/sql/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_ANALYSTS,
    name: 'contacts',
    ...pageAt('/p/$projectId/contacts'),
    load: () => import('../features/crm/contacts/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_MEMBERS,
    followsBoard: false,
    name: 'customers',
    ...pageAt('/p/$projectId/customers'),
    load: () => import('../features/customers/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_ANALYSTS,
    name: 'billing',
    ...pageAt('/p/$projectId/billing'),
    load: () => import('../features/billing/pieces').then(({ PIECES }) => PIECES),
  },
]
