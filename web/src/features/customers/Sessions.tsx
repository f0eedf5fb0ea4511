// The sessions of a customer: when each began and ended, how long it was, where and on what, and why it ended.
import { useInfiniteQuery } from '@tanstack/react-query'
import { uniqueRows } from '../../api/question'
import type { CustomerSession } from '../../api/types'
import { ToneBadge } from '../../ui/Badges'
import { type Column, DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { Time } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { Result } from '../../ui/Result'
import { SessionLink } from '../../ui/SessionLink'
import { PanelSection } from '../../ui/SidePanel'
import { RowsSkeleton } from '../../ui/States'
import { allSessions, customerSessionsQuery } from './api'
import classes from './Customers.module.css'
import { endText, lengthText, pathOf } from './model'

/** A visit has one row for every customer and start, so its id alone is none. */
const keyOf = (session: CustomerSession): string => `${session.session_id} ${session.started_at}`

export function Sessions({ projectId, customerId }: { projectId: string; customerId: string }) {
  const sessions = useInfiniteQuery(customerSessionsQuery(projectId, customerId))
  const rows = uniqueRows(sessions.data?.pages.map((page) => page.sessions) ?? [], keyOf)
  return (
    <PanelSection
      title="Sessions"
      actions={
        <ExportButton
          what="sessions"
          one="session"
          list={() => allSessions(projectId, customerId)}
          isEmpty={rows.length === 0}
        />
      }
    >
      <Result what="The sessions" question={sessions} skeleton={<RowsSkeleton rows={4} />}>
        {() =>
          rows.length === 0 ? (
            <p className={classes.muted}>No sessions, or they are older than the retention period.</p>
          ) : (
            <div className={classes.sessionTable}>
              <DataTable label="Sessions" columns={COLUMNS} rows={rows} rowKey={keyOf} isCompact isScrolled />
              <LoadMore
                shown={rows.length}
                what="sessions"
                one="session"
                hasMore={sessions.hasNextPage}
                isLoading={sessions.isFetchingNextPage}
                onMore={() => void sessions.fetchNextPage()}
              />
            </div>
          )
        }
      </Result>
    </PanelSection>
  )
}

const COLUMNS: Column<CustomerSession>[] = [
  {
    key: 'started',
    header: 'Started',
    cell: (session) => (
      <SessionLink sessionId={session.session_id}>
        <Time at={session.started_at} />
      </SessionLink>
    ),
    small: 'title',
  },
  {
    key: 'ended',
    header: 'Ended',
    cell: (session) =>
      session.ended_at ? <Time at={session.ended_at} /> : <ToneBadge tone="good">Active now</ToneBadge>,
  },
  { key: 'length', header: 'Duration', align: 'right', cell: (session) => lengthText(session) ?? '', small: 'figure' },
  { key: 'why', header: 'End reason', cell: (session) => (session.ended_at ? endText(session) : '') },
  { key: 'device', header: 'Device', cell: (session) => session.device ?? '' },
  { key: 'browser', header: 'Browser', cell: (session) => session.browser ?? '' },
  { key: 'os', header: 'Operating system', cell: (session) => session.os ?? '' },
  { key: 'place', header: 'Location', cell: (session) => session.location ?? '' },
  { key: 'address', header: 'IP address', cell: (session) => session.ip_address ?? '' },
  { key: 'entry', header: 'Entry page', cell: (session) => (session.entry_page ? pathOf(session.entry_page) : '') },
]
