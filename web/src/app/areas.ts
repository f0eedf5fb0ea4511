// The areas of a project as the rail lists them and the command palette and shortcuts lead to them: whom they are for, and their keys.
import {
  type Icon,
  IconActivity,
  IconAddressBook,
  IconBug,
  IconChartSankey,
  IconChecklist,
  IconDatabaseSearch,
  IconEye,
  IconFileCode,
  IconFilter2,
  IconFlame,
  IconFootsteps,
  IconForms,
  IconGauge,
  IconHome,
  IconKey,
  IconLayoutDashboard,
  IconListCheck,
  IconMoodAngry,
  IconPhoneCall,
  IconPlugConnected,
  IconRepeat,
  IconRobot,
  IconRoute2,
  IconServer,
  IconSettings,
  IconShare,
  IconShieldLock,
  IconStars,
  IconTarget,
  IconUserStar,
  IconUsers,
  IconVideo,
  IconWebhook,
} from '@tabler/icons-react'
import type { RoleName } from '../lib/roles'

type Shape = {
  to: string
  label: string
  icon: Icon
  /** The least role that sees something there; a viewer where it is left out. */
  needed?: RoleName
  /** The key after `g` that leads there. */
  key?: string
  /** Other words people look for it by. */
  words?: string
}

/** The period and filters go along from one to the other. */
export const ANALYTICS = [
  { to: '/p/$projectId/overview', label: 'Overview', icon: IconHome, key: 'o', words: 'home dashboard' },
  {
    to: '/p/$projectId/boards',
    label: 'Boards',
    icon: IconLayoutDashboard,
    key: 'w',
    words: 'custom dashboards report',
  },
  {
    to: '/p/$projectId/acquisition',
    label: 'Acquisition',
    icon: IconRoute2,
    key: 'a',
    words: 'sources channels countries devices',
  },
  { to: '/p/$projectId/friction', label: 'Friction', icon: IconMoodAngry, key: 'f', words: 'rage dead clicks' },
  { to: '/p/$projectId/errors', label: 'Errors', icon: IconBug, key: 'x', words: 'exceptions stack javascript' },
  {
    to: '/p/$projectId/sessions',
    label: 'Sessions',
    icon: IconFootsteps,
    needed: 'analyst',
    key: 's',
    words: 'visits',
  },
  { to: '/p/$projectId/journeys', label: 'Journeys', icon: IconChartSankey, key: 'j', words: 'paths flow' },
  {
    to: '/p/$projectId/funnels',
    label: 'Funnels',
    icon: IconFilter2,
    needed: 'analyst',
    key: 'u',
    words: 'conversion',
  },
  { to: '/p/$projectId/forms', label: 'Forms', icon: IconForms, key: 'd', words: 'fields abandonment validation' },
  {
    to: '/p/$projectId/retention',
    label: 'Retention',
    icon: IconRepeat,
    key: 'n',
    words: 'cohorts returning visitors',
  },
  { to: '/p/$projectId/heatmaps', label: 'Heatmaps', icon: IconFlame, key: 'h', words: 'clicks scroll' },
  { to: '/p/$projectId/performance', label: 'Performance', icon: IconGauge, key: 'p', words: 'web vitals speed' },
  { to: '/p/$projectId/events', label: 'Events', icon: IconActivity, key: 'e', words: 'failed outcomes' },
  {
    to: '/p/$projectId/recordings',
    label: 'Recordings',
    icon: IconVideo,
    needed: 'analyst',
    key: 'r',
    words: 'replay',
  },
  { to: '/p/$projectId/bots', label: 'Bots', icon: IconRobot, words: 'crawlers programs' },
  {
    to: '/p/$projectId/sql',
    label: 'SQL',
    icon: IconDatabaseSearch,
    needed: 'analyst',
    key: 'q',
    words: 'query statement',
  },
] as const satisfies readonly Shape[]

export const CRM = [
  { to: '/p/$projectId/contacts', label: 'Contacts', icon: IconAddressBook, key: 'c', words: 'leads pipeline' },
  { to: '/p/$projectId/tasks', label: 'Tasks', icon: IconChecklist, key: 't', words: 'to do' },
  { to: '/p/$projectId/customers', label: 'Customers', icon: IconUserStar, key: 'm' },
  { to: '/p/$projectId/lead-scores', label: 'Lead scores', icon: IconStars, key: 'l' },
  { to: '/p/$projectId/interests', label: 'Interests', icon: IconEye, key: 'i' },
] as const satisfies readonly Shape[]

export const BILLING = [
  {
    to: '/p/$projectId/billing',
    label: 'Calls and billing',
    icon: IconPhoneCall,
    key: 'b',
    words: 'usage tariff widgets',
  },
] as const satisfies readonly Shape[]

export const SETTINGS = [
  {
    to: '/p/$projectId/settings',
    label: 'Project settings',
    icon: IconSettings,
    key: ',',
    words: 'zone retention currency logo',
  },
  { to: '/p/$projectId/settings/goals', label: 'Goals', icon: IconTarget, words: 'conversions' },
  { to: '/p/$projectId/settings/api-keys', label: 'API keys', icon: IconKey, key: 'k', words: 'install' },
  { to: '/p/$projectId/sdk', label: 'Tracker', icon: IconPlugConnected, words: 'consent masking recording' },
  { to: '/p/$projectId/settings/crm-rules', label: 'CRM rules', icon: IconListCheck },
  { to: '/p/$projectId/webhooks', label: 'Webhooks', icon: IconWebhook, needed: 'admin' },
  { to: '/p/$projectId/team', label: 'Team', icon: IconUsers, words: 'members invitations secret keys audit' },
  {
    to: '/p/$projectId/settings/share-links',
    label: 'Share links',
    icon: IconShare,
    needed: 'admin',
    words: 'public embed client read-only',
  },
  {
    to: '/p/$projectId/settings/source-maps',
    label: 'Source maps',
    icon: IconFileCode,
    needed: 'analyst',
    words: 'errors stack minified upload',
  },
  {
    to: '/p/$projectId/privacy',
    label: 'Privacy',
    icon: IconShieldLock,
    needed: 'admin',
    words: 'erase export person',
  },
] as const satisfies readonly Shape[]

/** For the owner of the server alone. */
export const SERVER = [
  { to: '/p/$projectId/operations', label: 'Operations', icon: IconServer, words: 'disk memory jobs lag' },
] as const satisfies readonly Shape[]

export type ManagedArea = (typeof CRM | typeof BILLING | typeof SETTINGS | typeof SERVER)[number]
export type Area = (typeof ANALYTICS)[number] | ManagedArea

/** All areas, with the optional parts of each. */
export const AREAS: readonly (Area & Shape)[] = [...ANALYTICS, ...CRM, ...BILLING, ...SETTINGS, ...SERVER]
