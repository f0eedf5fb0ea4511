// The latest events: the live feed's as they arrive, above the ones loaded before.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLive } from '../../api/LiveProvider'
import type { EventRow } from '../../api/types'
import type { AnalysisSearch } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { EventName } from '../../ui/EventName'
import { Time } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { SessionLink } from '../../ui/SessionLink'
import { Empty, RowsSkeleton } from '../../ui/States'
import { latestQuery } from './api'
import { feedRows, isFeedUsed } from './feed'
import classes from './Overview.module.css'

export function LatestEvents({ projectId, search }: { projectId: string; search: AnalysisSearch }) {
  const latest = useQuery(latestQuery(projectId, search))
  const arrived = useLive((state) => state.latest)
  const isLive = isFeedUsed(search)
  return (
    <Card
      title="Latest events"
      note={isLive ? 'Live' : undefined}
      actions={
        <Link className={classes.more} to="/p/$projectId/events" params={{ projectId }} search={search}>
          All events
        </Link>
      }
      flush
    >
      <Result what="The latest events" question={latest} skeleton={<RowsSkeleton rows={5} />}>
        {({ events }) => {
          const rows = feedRows(isLive ? arrived : [], events, search.bots === true)
          return rows.length === 0 ? (
            <Empty title="No events in this period">Install the tracker. Events then appear here within two seconds.</Empty>
          ) : (
            <ol className={classes.feed}>
              {rows.map((event) => (
                <FeedRow key={event.id} event={event} />
              ))}
            </ol>
          )
        }}
      </Result>
    </Card>
  )
}

function FeedRow({ event }: { event: EventRow }) {
  const isFriction = event.category === 'friction'
  return (
    <li className={classes.feedRow}>
      <span className={classes.dot} data-tone={isFriction ? 'bad' : undefined} />
      <span className={classes.feedName}>
        <EventName name={event.name} />
      </span>
      <span title={event.path ?? undefined}>{event.path}</span>
      <span className={classes.feedWhat}>{event.error_message ?? event.element_text ?? event.element_selector ?? ''}</span>
      <span className={classes.feedWho}>{[event.browser, event.os, event.country].filter(Boolean).join(' · ')}</span>
      <span className={classes.feedTime}>
        {event.session_id ? (
          <SessionLink sessionId={event.session_id}>
            <Time at={event.received_at} />
          </SessionLink>
        ) : (
          <Time at={event.received_at} />
        )}
      </span>
    </li>
  )
}
