// Recordings of the mock: one real visit, recorded by the tracker, under the names of many.
import { readFileSync } from 'node:fs'
import type { components } from '../../src/api/schema.gen'
import type { SessionEvent } from '../../src/features/recordings/api'
import { overviewOf } from './overview'
import { withRecordedEntries } from './recordingEntries'
import type { MockState } from './state'

type Schemas = components['schemas']
type Recorded = { timestamp: number }

const MINUTE = 60_000
const VISIT = JSON.parse(readFileSync(new URL('../data/recording.json', import.meta.url), 'utf8')) as {
  page_url: string
  chunks: Recorded[][]
}
const PARTS = withRecordedEntries(VISIT.chunks)
const PAGES = ['/book/seats', '/checkout', '/', '/timetable?day=1', '/help/luggage-and-vehicles']
const COUNT = 64

/** What the mock's recordings hold; null: the real visit. */
export type RecordingState = {
  parts: Recorded[][] | null
  /** Numbers of parts that have not arrived. */
  missing: number[]
  /** Parts that have arrived while the recording goes on; null: it is over. */
  arrived: number | null
}

export const freshRecordings = (): RecordingState => ({ parts: null, missing: [], arrived: null })

const partsOf = ({ recordings: { parts, arrived } }: MockState): Recorded[][] =>
  (parts ?? PARTS).slice(0, arrived ?? undefined)

function recordingAt(index: number, state: MockState, now: number): Schemas['Recording'] {
  const parts = partsOf(state)
  const times = parts
    .flat()
    .map(({ timestamp }) => timestamp)
    .filter((time) => Number.isFinite(time) && time < 4e12)
  const [first, last] = [Math.min(...times), Math.max(...times)]
  // It stays where it is while a test looks at it.
  const end = state.recordings.arrived === null ? (Math.floor(now / MINUTE) - 5 - index * 37) * MINUTE : now - 1_000
  const started = end - (last - first)
  return {
    id: `0193a1b2-0000-7000-8000-${String(index).padStart(12, '0')}`,
    session_id: `visit-${index}`,
    visitor_id: index % 7 === 6 ? null : `5bb73ae8-2ac4-4256-8af1-${String(Math.floor(index / 3)).padStart(12, '0')}`,
    user_id: index % 4 === 0 ? `passenger-${1000 + index}` : null,
    page_url: `https://coralferries.example${PAGES[index % PAGES.length]}`,
    started_at: new Date(started).toISOString(),
    ended_at: new Date(end).toISOString(),
    duration_seconds: (last - first) / 1_000,
    clock_offset_ms: started - first,
    chunks: parts.length,
    events: parts.flat().length,
    bytes: parts.length * 61_000,
  }
}

const DRAFTS: [ms: number, category: string, name: string, rest: Partial<SessionEvent>][] = [
  [-700, 'heatmap', 'pageview', {}],
  [2_500, 'heatmap', 'click', { element_text: 'Photo 1 of 4', element_selector: 'div.photo.large' }],
  [
    2_510,
    'friction',
    'dead_click',
    { severity: 'medium', element_text: 'Photo 1 of 4', element_selector: 'div.photo.large' },
  ],
  [9_900, 'behavior', 'search', {}],
  [
    12_400,
    'friction',
    'javascript_error',
    {
      severity: 'high',
      error_message: "TypeError: Cannot read properties of undefined (reading 'fare')",
      error_group: 'v1:1b808c4',
    },
  ],
  [19_000, 'heatmap', 'scroll', {}],
]

const PAY = { element_text: 'Pay now', element_selector: '#checkout > form button[type="submit"]' }
const SEAT = { element_text: 'Seat 14C', element_selector: '.seat-map .seat' }
/** One visit in three rages at "Pay now", at different moments; the seventh did so before it was recorded. */
const rageOf = (index: number): (typeof DRAFTS)[number] => [
  index === 7 ? -90_000 : index === 4 ? 23_600 : 15_000 + index * 100,
  'friction',
  'rage_click',
  { severity: 'high', ...(index % 3 === 1 ? PAY : SEAT) },
]

function eventsOf(recording: Schemas['Recording']): SessionEvent[] {
  const start = Date.parse(recording.started_at)
  const drafts = [...DRAFTS, rageOf(Number(recording.session_id.slice(6)))].sort(([a], [b]) => a - b)
  return drafts.map(
    ([ms, category, name, rest], nth): SessionEvent => ({
      id: `0193a1b2-7e0e-7000-8000-${String(nth).padStart(12, '0')}`,
      category,
      name,
      path: '/book/seats',
      session_id: recording.session_id,
      visitor_id: recording.visitor_id ?? null,
      occurred_at: new Date(start + ms).toISOString(),
      received_at: new Date(start + ms + 600).toISOString(),
      properties: {} as SessionEvent['properties'],
      ...rest,
    }),
  )
}

/** The answer to a question about recordings, or undefined when there is no such question. */
export function answerRecordings(name: string, state: MockState, query: URLSearchParams, now: number): unknown {
  const all = Array.from({ length: state.isEmpty ? 0 : COUNT }, (_, index) => recordingAt(index, state, now))
  if (name === 'recordings') return list(all, query)
  const [, visit] = /^sessions\/(visit-\d+)\/events$/.exec(name) ?? []
  const visited = all.find(({ session_id }) => session_id === visit)
  if (visited) return { events: eventsOf(visited), next_cursor: null }
  const detail = all.find(({ session_id }) => name === `sessions/${session_id}`)
  if (detail) return { session: visitOf(detail), recordings: [detail] } satisfies Schemas['SessionDetail']
  if (name === 'sessions' && query.has('has_recording') && (query.has('selector') || query.has('error_group')))
    return visitsWith(all, query)
  const [, id, seq] = /^recordings\/([^/]+)(?:\/chunks\/(\d+))?$/.exec(name) ?? []
  // The mock's sessions name theirs otherwise.
  const recording =
    all.find((one) => one.id === id) ??
    (id?.startsWith('rec-') ? { ...(all[0] as Schemas['Recording']), id } : undefined)
  if (!recording) return undefined
  const isThere = (part: number) => !state.recordings.missing.includes(part)
  if (seq !== undefined) return isThere(Number(seq)) ? partsOf(state)[Number(seq)] : undefined
  const chunks = partsOf(state).map((events, part) => ({
    seq: part,
    started_at: recording.started_at,
    ended_at: recording.ended_at,
    events: events.length,
    bytes: JSON.stringify(events).length,
  }))
  return { recording, chunks: chunks.filter((chunk) => isThere(chunk.seq)) }
}

function list(all: Schemas['Recording'][], query: URLSearchParams): Schemas['RecordingList'] {
  const found = all.filter((recording) =>
    (['session_id', 'visitor_id', 'user_id'] as const).every(
      (field) => !query.has(field) || recording[field] === query.get(field),
    ),
  )
  const start = Number(query.get('cursor') ?? 0)
  const end = start + Number(query.get('limit') ?? 50)
  return { recordings: found.slice(start, end), next_cursor: end < found.length ? String(end) : null }
}

function visitOf(recording: Schemas['Recording']): Schemas['Session'] {
  const events = eventsOf(recording)
  const { session_id, visitor_id, user_id, id, ended_at, duration_seconds } = recording
  return {
    session_id,
    started_at: events[0]?.occurred_at ?? recording.started_at,
    last_event_at: ended_at,
    duration_seconds,
    events: events.length,
    page_views: 1,
    paths: ['/book/seats'],
    friction: 3,
    friction_kinds: ['rage_click'],
    errors: 1,
    visitor_id: visitor_id ?? null,
    user_id: user_id ?? null,
    recording_id: id,
  }
}

/** Recorded visits of the period with a friction. */
function visitsWith(all: Schemas['Recording'][], query: URLSearchParams): Schemas['Sessions'] {
  const [kind, selector, group] = ['friction_kind', 'selector', 'error_group'].map((name) => query.get(name))
  const [from, to] = ['from', 'to'].map((name) => Date.parse(query.get(name) ?? '')) as [number, number]
  const isWanted = ({ name, element_selector, error_group }: SessionEvent) =>
    (!kind || name === kind) && (!selector || element_selector === selector) && (!group || error_group === group)
  const found = all
    .filter((recording) =>
      eventsOf(recording).some(
        (event) => isWanted(event) && Date.parse(event.occurred_at) >= from && Date.parse(event.occurred_at) < to,
      ),
    )
    .map(visitOf)
  const start = Number(query.get('cursor') ?? 0)
  const end = start + Math.min(MOST_VISITS, Number(query.get('limit') ?? 50))
  return {
    period: overviewOf(from, to).period,
    sessions: found.slice(start, end),
    total: found.length,
    next_cursor: end < found.length ? String(end) : null,
  }
}

/** Fewer than are asked for, so that the list has pages. */
const MOST_VISITS = 3
