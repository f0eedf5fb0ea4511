// The live stream: events as they arrive, above the ones loaded before; to be paused, and narrowed to a kind.
import { Button, Select } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useLive } from '../../api/LiveProvider'
import { sharedPage } from '../../api/shared'
import type { EventRow } from '../../api/types'
import { useRole } from '../../api/useRole'
import type { AnalysisSearch } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { latestQuery } from './api'
import { isFeedUsed, STREAM_KINDS, type StreamKind, streamLabel, waitingOf, withRows } from './feed'
import { LiveCounts } from './LiveCounts'
import { LivePulse } from './LivePulse'
import classes from './LiveStream.module.css'
import { StreamRow } from './StreamRow'

type Props = {
  projectId: string
  search: AnalysisSearch
  kind: StreamKind | undefined
  onKind: (kind: StreamKind | undefined) => void
}

export function LiveStream(props: Props) {
  const { may, role } = useRole(props.projectId)
  // The live feed is for members.
  if (sharedPage()) return null
  if (role && !may('analyst')) return <LiveCounts />
  // What was collected belongs to the question it was collected for.
  return <Stream key={JSON.stringify([props.projectId, props.search, props.kind])} {...props} />
}

const OPTIONS = STREAM_KINDS.map((kind) => ({ value: kind, label: streamLabel(kind) }))

function Stream({ projectId, search, kind, onKind }: Props) {
  const isLive = isFeedUsed(search)
  const latest = useQuery(latestQuery(projectId, search, kind === 'friction'))
  const { rows, arrivedIds } = useCollected(isLive, latest.data?.events, kind, search.bots === true)
  const [paused, setPaused] = useState<EventRow[] | null>(null)
  const shown = paused ?? rows
  const waiting = paused ? waitingOf(rows, paused) : 0
  return (
    <Card
      title={isLive ? 'Live' : 'Latest events'}
      piece="overview.live"
      note={
        isLive ? (
          <LivePulse
            isPaused={paused !== null}
            note={
              paused === null
                ? 'Events as they arrive'
                : waiting === 0
                  ? 'Paused'
                  : `Paused, ${waiting}${waiting === rows.length ? ' or more' : ''} new`
            }
          />
        ) : undefined
      }
      actions={
        <>
          <Select
            size="xs"
            w={130}
            aria-label="Kind of events"
            placeholder="All kinds"
            clearable
            data={OPTIONS}
            value={kind ?? null}
            onChange={(value) => onKind((value ?? undefined) as StreamKind | undefined)}
          />
          {isLive && (
            <Button
              variant="default"
              size="xs"
              leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
              onClick={() => setPaused(paused ? null : rows)}
            >
              {paused ? 'Resume' : 'Pause'}
            </Button>
          )}
          <Link className={classes.more} to="/p/$projectId/events" params={{ projectId }} search={search}>
            All events
          </Link>
        </>
      }
      flush
    >
      <Result what="The latest events" question={latest} skeleton={<RowsSkeleton rows={5} />}>
        {() =>
          shown.length === 0 ? (
            <Empty
              title={
                kind === undefined
                  ? 'No events in this period'
                  : `No ${streamLabel(kind).toLowerCase()} among the latest events`
              }
            >
              {isLive ? 'New events appear here within two seconds.' : 'Install the tracker to receive events.'}
            </Empty>
          ) : (
            <ol className={classes.feed} tabIndex={0} aria-label="Latest events">
              {shown.map((event) => (
                <StreamRow key={event.id} event={event} hasArrived={arrivedIds.has(event.id)} />
              ))}
            </ol>
          )
        }
      </Result>
    </Card>
  )
}

/** Everything the feed has brought and the question has answered, as far as it is wanted. */
function useCollected(
  isLive: boolean,
  answered: readonly EventRow[] | undefined,
  kind: StreamKind | undefined,
  withBots: boolean,
) {
  const arrived = useLive((state) => state.latest)
  const [rows, setRows] = useState<EventRow[]>([])
  const [arrivedIds, setArrivedIds] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    // An answer to a question with filters replaces the one before: what it lacks was not asked for.
    if (answered) setRows((before) => withRows(isLive ? before : [], answered, kind, withBots))
  }, [answered, isLive, kind, withBots])
  useEffect(() => {
    if (!isLive) return
    setRows((before) => withRows(before, arrived, kind, withBots))
    setArrivedIds(new Set(arrived.map(({ id }) => id)))
  }, [arrived, isLive, kind, withBots])
  return { rows, arrivedIds }
}
