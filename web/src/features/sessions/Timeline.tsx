// All events of a session in order, by page; groups of kinds can be left out.
import { Switch } from '@mantine/core'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { duration, exactNumber, plural } from '../../lib/format'
import { Card } from '../../ui/Card'
import { ExportButton } from '../../ui/ExportButton'
import { LoadMore } from '../../ui/LoadMore'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { allSessionEvents, type SessionEvent } from './api'
import { GROUP_LABELS, type Group } from './eventText'
import classes from './Timeline.module.css'
import { TimelineEntry } from './TimelineEntry'
import { clockText, groupCounts, type PageVisit, type TimelineRow } from './timeline'

type Props = {
  projectId: string
  sessionId: string
  startMs: number
  question: UseInfiniteQueryResult
  /** The events read so far, and how many there are. */
  events: SessionEvent[]
  total: number
  groups: { visit: PageVisit; rows: TimelineRow[] }[]
  hidden: ReadonlySet<Group>
  /** The event the recording is at. */
  currentId: string | null
  openId: string | undefined
  onShow: (group: Group, isShown: boolean) => void
  onOpen: (id: string) => void
  /** Plays the recording from an instant; false where none was made then. */
  playFrom: (atMs: number) => boolean
}

export function Timeline({
  projectId,
  sessionId,
  startMs,
  question,
  events,
  total,
  groups,
  hidden,
  currentId,
  openId,
  onShow,
  onOpen,
  playFrom,
}: Props) {
  const follow = useFollow(currentId)
  const shown = groups.filter(({ rows }) => rows.length > 0)
  return (
    <Card
      title="Timeline"
      help="Times count from the session’s start. Choose an event to play the recording from it; its details are behind the arrow."
      actions={
        <>
          {currentId !== null && (
            <Switch
              size="xs"
              labelPosition="left"
              label="Follow the recording"
              checked={follow.isOn}
              onChange={(event) => follow.set(event.currentTarget.checked)}
            />
          )}
          <ExportButton
            what="events of the session"
            one="event of the session"
            list={() => allSessionEvents(projectId, sessionId)}
            isEmpty={events.length === 0}
            note="The CSV file contains all events of the session, the earliest first."
          />
        </>
      }
      flush
    >
      <Result what="The events" question={question} skeleton={<RowsSkeleton rows={14} />}>
        {() => (
          <>
            <div className={classes.groups} role="group" aria-label="Events shown">
              {groupCounts(events).map(({ group, count }) => (
                <button
                  key={group}
                  type="button"
                  className={classes.group}
                  aria-pressed={!hidden.has(group)}
                  onClick={() => onShow(group, hidden.has(group))}
                >
                  {GROUP_LABELS[group]} <span>{exactNumber(count)}</span>
                </button>
              ))}
            </div>
            {shown.length === 0 ? (
              <Empty title="All events are hidden">Choose above which events to show.</Empty>
            ) : (
              <div onWheel={() => follow.set(false)} onTouchMove={() => follow.set(false)}>
                {shown.map(({ visit, rows }) => (
                  <section
                    key={visit.key}
                    id={`page-${visit.key}`}
                    className={classes.visit}
                    aria-label={visit.path ?? 'Before the first page'}
                  >
                    <h3 className={classes.page}>
                      <span className={classes.path} title={visit.path ?? undefined}>
                        {visit.path ?? 'Without a page'}
                      </span>
                      <span className={classes.stay}>
                        {clockText(visit.startMs - startMs)}
                        {visit.lengthMs !== null && ` · ${duration(visit.lengthMs)}`} ·{' '}
                        {plural(visit.events.length, 'event')}
                      </span>
                    </h3>
                    <ol className={classes.rows}>
                      {rows.map((row) => (
                        <TimelineEntry
                          key={row.event.id}
                          projectId={projectId}
                          row={row}
                          startMs={startMs}
                          pagePath={visit.path}
                          isCurrent={row.event.id === currentId}
                          isOpen={row.event.id === openId}
                          onOpen={onOpen}
                          playFrom={playFrom}
                        />
                      ))}
                    </ol>
                  </section>
                ))}
              </div>
            )}
            <LoadMore
              shown={events.length}
              total={Math.max(total, events.length)}
              what="events"
              one="event"
              hasMore={question.hasNextPage}
              isLoading={question.isFetchingNextPage}
              onMore={() => void question.fetchNextPage()}
            />
          </>
        )}
      </Result>
    </Card>
  )
}

/** In two columns: in one, following would scroll the recording away. */
const TWO_COLUMNS = '(min-width: 1101px)'

/** Keeps the current row on the screen, until somebody scrolls by themselves. */
function useFollow(currentId: string | null) {
  const [isOn, setOn] = useState(() => window.matchMedia(TWO_COLUMNS).matches)
  useEffect(() => {
    if (isOn && currentId !== null) document.getElementById(`event-${currentId}`)?.scrollIntoView({ block: 'nearest' })
  }, [isOn, currentId])
  return { isOn, set: setOn }
}
