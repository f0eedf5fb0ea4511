// What boards can show: the pieces of each feature, whose code is loaded when a board has one of them.
import type { PieceArea } from '../features/boards/catalogue'
import { GROUP_PARAMETER } from '../features/errors/model'
import { AREAS, type Area } from './areas'

/** As the rail has it. */
function pageAt(to: Area['to']): Pick<PieceArea, 'to' | 'label' | 'icon'> {
  const { label, icon } = AREAS.find((area) => area.to === to) as (typeof AREAS)[number]
  return { to, label, icon }
}

const ANALYTIC = { needed: 'viewer', followsBoard: true, isShared: true } as const
const FOR_MEMBERS = { needed: 'viewer', followsBoard: true, isShared: false } as const
const FOR_ANALYSTS = { needed: 'analyst', followsBoard: false, isShared: false } as const
const FOR_ADMINS = { needed: 'admin', followsBoard: false, isShared: false } as const

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
    ...FOR_MEMBERS,
    name: 'error',
    ...pageAt('/p/$projectId/errors'),
    to: '/p/$projectId/errors/$errorGroup',
    label: 'Error',
    inPath: [GROUP_PARAMETER],
    load: () => import('./errorPieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_ANALYSTS,
    followsBoard: true,
    name: 'sessions',
    ...pageAt('/p/$projectId/sessions'),
    load: () => import('../features/sessions/pieces').then(({ PIECES }) => PIECES),
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
    ...FOR_MEMBERS,
    name: 'heatmaps',
    ...pageAt('/p/$projectId/heatmaps'),
    load: () => import('../features/heatmaps/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...ANALYTIC,
    name: 'performance',
    ...pageAt('/p/$projectId/performance'),
    load: () => import('../features/performance/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_MEMBERS,
    name: 'events',
    ...pageAt('/p/$projectId/events'),
    load: () => import('../features/events/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_ANALYSTS,
    name: 'recordings',
    ...pageAt('/p/$projectId/recordings'),
    load: () => import('../features/recordings/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_MEMBERS,
    name: 'bots',
    ...pageAt('/p/$projectId/bots'),
    load: () => import('../features/bots/pieces').then(({ PIECES }) => PIECES),
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
    ...FOR_ANALYSTS,
    name: 'tasks',
    ...pageAt('/p/$projectId/tasks'),
    load: () => import('../features/crm/tasks/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_MEMBERS,
    followsBoard: false,
    name: 'customers',
    ...pageAt('/p/$projectId/customers'),
    load: () => import('../features/customers/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_MEMBERS,
    followsBoard: false,
    name: 'lead-scores',
    ...pageAt('/p/$projectId/lead-scores'),
    load: () => import('../features/crm/scores/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_MEMBERS,
    followsBoard: false,
    name: 'interests',
    ...pageAt('/p/$projectId/interests'),
    load: () => import('../features/crm/interests/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_ANALYSTS,
    name: 'billing',
    ...pageAt('/p/$projectId/billing'),
    load: () => import('../features/billing/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_MEMBERS,
    followsBoard: false,
    name: 'sdk',
    ...pageAt('/p/$projectId/sdk'),
    load: () => import('../features/sdk/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_ADMINS,
    name: 'webhooks',
    ...pageAt('/p/$projectId/webhooks'),
    load: () => import('../features/webhooks/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_ADMINS,
    name: 'team',
    ...pageAt('/p/$projectId/team'),
    load: () => import('../features/team/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_ADMINS,
    name: 'privacy',
    ...pageAt('/p/$projectId/privacy'),
    load: () => import('../features/privacy/pieces').then(({ PIECES }) => PIECES),
  },
  {
    ...FOR_MEMBERS,
    followsBoard: false,
    isForServerOwner: true,
    name: 'operations',
    ...pageAt('/p/$projectId/operations'),
    load: () => import('../features/operations/pieces').then(({ PIECES }) => PIECES),
  },
]
