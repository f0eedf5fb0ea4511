// The rail: the project, the areas that have data behind them, and the member.
import { ActionIcon, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { IconActivity, IconAddressBook, IconBug, IconChartSankey, IconChecklist, IconEye, IconFilter2, IconFlame, IconFootsteps, IconGauge, IconHome, IconKey, IconLayoutSidebar, IconListCheck, IconMoodAngry, IconPhoneCall, IconPlugConnected, IconRepeat, IconRobot, IconRoute2, IconSettings, IconShieldLock, IconStars, IconServer, IconTarget, IconUserStar, IconUsers, IconVideo, IconWebhook, type Icon } from '@tabler/icons-react'
import { meQuery } from '../api/session'
import { useRole } from '../api/useRole'
import { unreadQuery } from '../features/crm/tasks/commentsApi'
import { analysisOf } from '../lib/analysis'
import { exactNumber, plural } from '../lib/format'
import { MemberMenu } from './MemberMenu'
import { ProjectSwitcher } from './ProjectSwitcher'
import classes from './Rail.module.css'

type Props = { projectId: string; isCollapsed: boolean; onToggle?: () => void; onNavigate?: () => void }

const AREAS = [
  { to: '/p/$projectId/overview', label: 'Overview', icon: IconHome },
  { to: '/p/$projectId/acquisition', label: 'Acquisition', icon: IconRoute2 },
  { to: '/p/$projectId/friction', label: 'Friction', icon: IconMoodAngry },
  { to: '/p/$projectId/errors', label: 'Errors', icon: IconBug },
  { to: '/p/$projectId/sessions', label: 'Sessions', icon: IconFootsteps },
  { to: '/p/$projectId/journeys', label: 'Journeys', icon: IconChartSankey },
  { to: '/p/$projectId/funnels', label: 'Funnels', icon: IconFilter2 },
  { to: '/p/$projectId/retention', label: 'Retention', icon: IconRepeat },
  { to: '/p/$projectId/heatmaps', label: 'Heatmaps', icon: IconFlame },
  { to: '/p/$projectId/performance', label: 'Performance', icon: IconGauge },
  { to: '/p/$projectId/events', label: 'Events', icon: IconActivity },
  { to: '/p/$projectId/recordings', label: 'Recordings', icon: IconVideo },
  { to: '/p/$projectId/bots', label: 'Bots', icon: IconRobot },
] as const

const TASKS = '/p/$projectId/tasks'

const CRM = [
  { to: '/p/$projectId/contacts', label: 'Contacts', icon: IconAddressBook },
  { to: TASKS, label: 'Tasks', icon: IconChecklist },
  { to: '/p/$projectId/customers', label: 'Customers', icon: IconUserStar },
  { to: '/p/$projectId/lead-scores', label: 'Lead scores', icon: IconStars },
  { to: '/p/$projectId/interests', label: 'Interests', icon: IconEye },
] as const

const BILLING = [{ to: '/p/$projectId/billing', label: 'Calls and billing', icon: IconPhoneCall }] as const

/** For the owner of the server alone. */
const SERVER = [{ to: '/p/$projectId/operations', label: 'Operations', icon: IconServer }] as const

const SETTINGS = [
  { to: '/p/$projectId/settings', label: 'Project settings', icon: IconSettings },
  { to: '/p/$projectId/settings/goals', label: 'Goals', icon: IconTarget },
  { to: '/p/$projectId/settings/api-keys', label: 'API keys', icon: IconKey },
  { to: '/p/$projectId/sdk', label: 'Tracker', icon: IconPlugConnected },
  { to: '/p/$projectId/settings/crm-rules', label: 'CRM rules', icon: IconListCheck },
  { to: '/p/$projectId/webhooks', label: 'Webhooks', icon: IconWebhook },
  { to: '/p/$projectId/team', label: 'Team', icon: IconUsers },
  { to: '/p/$projectId/privacy', label: 'Privacy', icon: IconShieldLock },
] as const

type Entry = (typeof CRM | typeof BILLING | typeof SETTINGS | typeof SERVER)[number]

export function Rail({ projectId, isCollapsed, onToggle, onNavigate }: Props) {
  // The period and filters go along from area to area.
  const search = analysisOf(useSearch({ strict: false }))
  const { data: me } = useQuery(meQuery)
  const { may } = useRole(projectId)
  const { data: unread = 0 } = useQuery({ ...unreadQuery(projectId), enabled: may('analyst') })
  const entry = (label: string, Glyph: Icon, count = 0) => (
    <Tooltip label={label} position="right" disabled={!isCollapsed}>
      <span className={classes.entry}>
        <Glyph size={18} stroke={1.6} aria-hidden />
        <span className={classes.label}>{label}</span>
        {count > 0 && <span className={classes.count} data-count={exactNumber(count)} aria-hidden />}
      </span>
    </Tooltip>
  )
  const link = { params: { projectId }, className: classes.link ?? '', ...(onNavigate ? { onClick: onNavigate } : {}) }
  const group = (name: string, entries: readonly Entry[]) => (
    <>
      <span className={classes.group}>{name}</span>
      {entries.map(({ to, label, icon }) => (
        // The project settings stand above other addresses, which are not theirs.
        <Link key={to} to={to} aria-label={to === TASKS && unread > 0 ? `${label}, ${plural(unread, 'new mention')}` : label} {...(to === '/p/$projectId/settings' ? { activeOptions: { exact: true } } : {})} {...link}>
          {entry(label, icon, to === TASKS ? unread : 0)}
        </Link>
      ))}
    </>
  )
  return (
    <div className={classes.rail} data-collapsed={isCollapsed || undefined}>
      <ProjectSwitcher projectId={projectId} isCollapsed={isCollapsed} onNavigate={onNavigate} />
      <nav className={classes.areas} aria-label="Areas">
        <span className={classes.group}>Analytics</span>
        {AREAS.map(({ to, label, icon }) => (
          <Link key={to} to={to} search={search} aria-label={label} {...link}>
            {entry(label, icon)}
          </Link>
        ))}
        {group('CRM', CRM)}
        {group('Billing', BILLING)}
        {group('Settings', SETTINGS)}
        {me?.is_server_owner && group('Server', SERVER)}
      </nav>
      <div className={classes.foot}>
        <MemberMenu projectId={projectId} isCollapsed={isCollapsed} onNavigate={onNavigate} />
        {onToggle && (
          <Tooltip label={isCollapsed ? 'Expand sidebar' : 'Collapse sidebar'} position="right">
            <ActionIcon aria-label={isCollapsed ? 'Expand sidebar' : 'Collapse sidebar'} aria-expanded={!isCollapsed} onClick={onToggle}>
              <IconLayoutSidebar size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </div>
  )
}
