// The figures an operator looks at first, and which server they are of.
import type { ReactNode } from 'react'
import { duration, exactNumber, percent, plural, shortNumber } from '../../lib/format'
import { FigureStrip } from '../../ui/FigureStrip'
import { Num, Time } from '../../ui/Figures'
import {
  diskTone,
  errorShare,
  errorTone,
  fileSize,
  lagTone,
  perMinute,
  projectionName,
  queueShare,
  type ServerFigures,
  slowestProjection,
  type Tone,
} from './model'
import classes from './Operations.module.css'

export function ServerStrip({ figures: { server, requests, journal, projections, disk } }: { figures: ServerFigures }) {
  const { recent } = requests
  const share = errorShare(recent)
  const slowest = slowestProjection(projections)
  const queue = queueShare(journal)
  const span = requests.recent_seconds < 240 ? `last ${duration(requests.recent_seconds * 1_000)}` : 'last 5 minutes'
  return (
    <FigureStrip
      label="This server"
      piece="operations.server"
      figures={[
        {
          key: 'requests',
          name: 'Requests per minute',
          value: <Num value={Math.round(perMinute(requests))} />,
          note: span,
          help: `${exactNumber(recent.requests)} requests in the ${span}; ${exactNumber(requests.since_start.requests)} since the server started.`,
        },
        {
          key: 'errors',
          name: 'Failed by the server',
          value: share === null ? '–' : <Toned tone={errorTone(share)}>{percent(share)}</Toned>,
          note: `${plural(recent.client_errors, 'refused request')}`,
          help: 'The share of requests answered with status 500 to 599. Refused requests, 400 to 499, are mistakes of the client.',
        },
        {
          key: 'p95',
          name: 'Response time',
          value: recent.p95_ms == null ? '–' : duration(recent.p95_ms, recent.p95_ms < 10 ? 1 : 0),
          note: recent.p50_ms == null ? undefined : '95th percentile',
          help: `95 of 100 requests were answered faster, all endpoints together${recent.p50_ms == null ? '' : `; half within ${duration(recent.p50_ms, 1)}`}.`,
        },
        {
          key: 'lag',
          name: 'Longest lag',
          value: slowest ? (
            <Toned tone={lagTone(slowest.lag_seconds)}>
              {slowest.lag_seconds == null
                ? 'Unknown'
                : slowest.lag_seconds === 0
                  ? 'None'
                  : duration(slowest.lag_seconds * 1_000)}
            </Toned>
          ) : (
            '–'
          ),
          note: slowest && slowest.lag_entries > 0 ? projectionName(slowest.name).label : 'all up to date',
          help: 'How long the oldest journal entry has waited for a projection to apply it.',
        },
        {
          key: 'queue',
          name: 'Journal queue',
          value: <Toned tone={queue >= 0.9 ? 'bad' : queue >= 0.5 ? 'warn' : undefined}>{percent(queue)}</Toned>,
          note: `${shortNumber(journal.queued_batches)} of ${shortNumber(journal.max_batches)} requests`,
          help: `Requests waiting to be written to disk: ${exactNumber(journal.queued_batches)}, ${fileSize(journal.queued_bytes)} of ${fileSize(journal.max_bytes)}. A full queue refuses further events with 503.`,
        },
        {
          key: 'disk',
          name: 'Disk free',
          value:
            disk.free_bytes == null ? (
              '–'
            ) : (
              <Toned tone={diskTone(disk.free_bytes, disk.total_bytes)}>{fileSize(disk.free_bytes)}</Toned>
            ),
          note:
            disk.free_bytes == null || !disk.total_bytes
              ? undefined
              : `${percent(disk.free_bytes / disk.total_bytes)} of ${fileSize(disk.total_bytes)}`,
          help: 'On the disk of the data folder. When it is full, events are refused until there is room.',
        },
        {
          key: 'memory',
          name: 'Memory',
          value: server.memory_bytes == null ? '–' : fileSize(server.memory_bytes),
          note: 'of the process',
          help: 'Memory of the server process that the system counts as in use.',
        },
      ]}
    >
      <p className={classes.server}>
        <span>Version {server.version}</span>
        <span>
          <Time at={server.started_at} prefix="started " />
        </span>
        <span title={server.id}>Server {server.id.slice(-8)}</span>
        <span>Where several servers share a catalog, these are the figures of the one that answered.</span>
      </p>
    </FigureStrip>
  )
}

export function Toned({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span data-tone={tone} className={classes.toned}>
      {children}
    </span>
  )
}
