// The rail: the project, the areas that have data behind them, and the member.
import { ActionIcon, Tooltip } from '@mantine/core'
import { type Icon, IconLayoutSidebar, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { meQuery } from '../api/session'
import { useRole } from '../api/useRole'
import { unreadQuery } from '../features/crm/tasks/commentsApi'
import { analysisOf } from '../lib/analysis'
import { exactNumber, plural } from '../lib/format'
import { modifierKey } from '../lib/keyboard'
import { ANALYTICS, BILLING, CRM, type ManagedArea, SERVER, SETTINGS } from './areas'
import { MemberMenu } from './MemberMenu'
import { ProjectSwitcher } from './ProjectSwitcher'
import classes from './Rail.module.css'

type Props = {
  projectId: string
  isCollapsed: boolean
  onToggle?: () => void
  onNavigate?: () => void
  onSearch: () => void
}

const TASKS = '/p/$projectId/tasks'

export function Rail({ projectId, isCollapsed, onToggle, onNavigate, onSearch }: Props) {
  const areas = useRef<HTMLElement>(null)
  const path = useLocation({ select: ({ pathname }) => pathname })
  // The rail may be longer than the window: where one is stays in sight. Newer browsers return a promise, which is no clean-up.
  useEffect(() => {
    void areas.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest' })
  }, [path])
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
  const group = (name: string, entries: readonly ManagedArea[]) => (
    <>
      <span className={classes.group}>{name}</span>
      {entries.map(({ to, label, icon }) => (
        // The project settings stand above other addresses, which are not theirs.
        <Link
          key={to}
          to={to}
          aria-label={to === TASKS && unread > 0 ? `${label}, ${plural(unread, 'new mention')}` : label}
          {...(to === '/p/$projectId/settings' ? { activeOptions: { exact: true } } : {})}
          {...link}
        >
          {entry(label, icon, to === TASKS ? unread : 0)}
        </Link>
      ))}
    </>
  )
  return (
    <div className={classes.rail} data-collapsed={isCollapsed || undefined}>
      <ProjectSwitcher projectId={projectId} isCollapsed={isCollapsed} onNavigate={onNavigate} />
      <Tooltip label="Search and commands" position="right" disabled={!isCollapsed}>
        <button
          type="button"
          className={classes.search}
          aria-label="Search and commands"
          aria-keyshortcuts="Control+K Meta+K"
          onClick={onSearch}
        >
          <IconSearch size={15} aria-hidden />
          <span className={classes.label}>Search</span>
          <kbd className={classes.label} data-keys={`${modifierKey()} K`} aria-hidden />
        </button>
      </Tooltip>
      <nav ref={areas} className={classes.areas} aria-label="Areas">
        <span className={classes.group}>Analytics</span>
        {ANALYTICS.map(({ to, label, icon }) => (
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
            <ActionIcon
              aria-label={isCollapsed ? 'Expand sidebar' : 'Collapse sidebar'}
              aria-expanded={!isCollapsed}
              onClick={onToggle}
            >
              <IconLayoutSidebar size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </div>
  )
}
