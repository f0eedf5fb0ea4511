// The table of recent events; a row opens the event beside the list.
import { Switch } from '@mantine/core'
import { IconListDetails } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { uniqueRows } from '../../api/question'
import type { EventRow } from '../../api/types'
import { type AnalysisSearch, narrowsFriction } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { EventName } from '../../ui/EventName'
import { ExportButton } from '../../ui/ExportButton'
import { Time } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { Path } from '../../ui/Path'
import { Result } from '../../ui/Result'
import { SessionLink } from '../../ui/SessionLink'
import { Empty, RowsSkeleton } from '../../ui/States'
import { useColumns } from '../../ui/table/useColumns'
import { allEvents, eventsQuery } from './api'
import { EventPanel } from './EventPanel'
import classes from './Events.module.css'
import { eventDevice, eventSubject } from './model'
import { NewEvents } from './NewEvents'

const COLUMNS: Column<EventRow>[] = [
  { key: 'time', header: 'Time', width: '110px', cell: (event) => <Time at={event.occurred_at} />, small: 'figure' },
  { key: 'name', header: 'Event', width: '190px', cell: (event) => <Name event={event} />, small: 'title' },
  {
    key: 'subject',
    header: 'Details',
    width: '22%',
    cell: (event) => eventSubject(event) && <span className={classes.subject}>{eventSubject(event)}</span>,
    small: 'line',
  },
  { key: 'path', header: 'Page', cell: (event) => event.path && <Path path={event.path} />, small: 'line' },
  {
    key: 'device',
    header: 'Device',
    cell: (event) => <span className={classes.device}>{eventDevice(event)}</span>,
    isExtra: true,
  },
  {
    key: 'session',
    header: 'Session',
    cell: (event) => event.session_id && <SessionLink sessionId={event.session_id} isShort />,
    isExtra: true,
    isKnown: (event) => event.session_id != null,
  },
  {
    key: 'country',
    header: 'Country',
    cell: (event) => event.country,
    isExtra: true,
    isKnown: (event) => event.country != null,
  },
]

type Props = {
  projectId: string
  search: AnalysisSearch
  isFrictionOnly: boolean
  openId: string | undefined
  onFrictionOnly: (isOnly: boolean) => void
  onOpen: (id: string | undefined) => void
}

export function EventList({ projectId, search, isFrictionOnly, openId, onFrictionOnly, onOpen }: Props) {
  const isNarrowed = narrowsFriction(search)
  const isFriction = isFrictionOnly || isNarrowed
  const events = useInfiniteQuery(eventsQuery(projectId, search, isFriction))
  const [first] = events.isPlaceholderData ? [] : (events.data?.pages ?? [])
  const rows = uniqueRows(events.data?.pages.map((page) => page.events) ?? [], (event) => event.id)
  const { columns, menu } = useColumns('events', COLUMNS, rows)
  const opened = rows.find((event) => event.id === openId)
  const close = useCallback(() => onOpen(undefined), [onOpen])
  const actions = (
    <>
      {first && (
        <NewEvents
          key={JSON.stringify([search, isFriction])}
          projectId={projectId}
          search={search}
          isFrictionOnly={isFriction}
          first={first}
          rows={rows}
        />
      )}
      <Switch
        size="xs"
        labelPosition="left"
        label="Friction only"
        checked={isFriction}
        disabled={isNarrowed}
        onChange={(event) => onFrictionOnly(event.currentTarget.checked)}
      />
      {menu}
      <ExportButton
        what="events"
        one="event"
        list={() => allEvents(projectId, search, isFriction)}
        isEmpty={rows.length === 0}
      />
    </>
  )
  return (
    <Card
      title="Recent events"
      piece="events.list"
      help="An event is one thing that happened: a page view, a click, friction, a measurement, or an event of your own. Latest first."
      flush
      actions={actions}
    >
      <Result what="The events" question={events} skeleton={<RowsSkeleton rows={14} />}>
        {() =>
          rows.length === 0 ? (
            <Empty icon={IconListDetails} title="No events in this period">
              Events appear here within two seconds. If you expected some, check Failed events.
            </Empty>
          ) : (
            <>
              <DataTable
                label="Recent events"
                columns={columns}
                rows={rows}
                rowKey={(event) => event.id}
                isStale={events.isPlaceholderData}
                openKey={openId}
                onOpen={(event) => onOpen(event.id)}
              />
              <LoadMore
                shown={rows.length}
                what="events"
                hasMore={events.hasNextPage}
                isLoading={events.isFetchingNextPage}
                onMore={() => void events.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
      {opened && <EventPanel event={opened} onClose={close} />}
    </Card>
  )
}

function Name({ event }: { event: EventRow }) {
  return (
    <span className={classes.name}>
      <span className={classes.dot} data-tone={event.category === 'friction' ? 'bad' : undefined} />
      <EventName name={event.name} />
      {event.bot && <span className={classes.bot}>bot</span>}
    </span>
  )
}
