// Events: the latest one by one, the account of what was received, and what failed.
import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { analysisOf } from '../../lib/analysis'
import { AccountCard } from './AccountCard'
import { EventList } from './EventList'
import classes from './Events.module.css'
import { FailedEvents } from './FailedEvents'
import { TABS } from './model'

const route = getRouteApi('/p/$projectId/analysis/events')
const TAB_LABELS = { events: 'Recent events', account: 'Outcomes', failed: 'Failed events' }

export function EventsPage() {
  const { projectId } = route.useParams()
  const { tab = 'events', only, open, ...rest } = route.useSearch()
  const search = analysisOf(rest)
  const navigate = route.useNavigate()
  const keep = { ...(only ? { only } : {}), ...(tab === 'events' ? {} : { tab }) }
  const opened = (id: string | undefined) =>
    void navigate({
      search: { ...search, ...keep, ...(id === undefined ? {} : { open: id }) },
      resetScroll: false,
      replace: open !== undefined && id !== undefined,
    })

  return (
    <div className={classes.page}>
      <SegmentedControl
        className={classes.tabs}
        size="xs"
        aria-label="Show"
        value={tab}
        onChange={(value) => {
          const next = TABS.find((name) => name === value)
          void navigate({
            search: { ...search, ...(only ? { only } : {}), ...(next && next !== 'events' ? { tab: next } : {}) },
          })
        }}
        data={TABS.map((value) => ({ value, label: TAB_LABELS[value] }))}
      />
      {tab === 'events' && (
        <EventList
          projectId={projectId}
          search={search}
          isFrictionOnly={only === 'friction'}
          openId={open}
          onFrictionOnly={(isOnly) =>
            void navigate({
              search: { ...search, ...(isOnly ? { only: 'friction' as const } : {}) },
              resetScroll: false,
            })
          }
          onOpen={opened}
        />
      )}
      {tab === 'account' && <AccountCard projectId={projectId} search={search} />}
      {tab === 'failed' && <FailedEvents projectId={projectId} openId={open} onOpen={opened} />}
    </div>
  )
}
