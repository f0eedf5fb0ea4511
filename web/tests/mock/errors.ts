// Errors of the ferry booking site: groups, one group whole, whom it hit, and what is decided about it.
import type {
  ErrorDetail,
  ErrorGroup,
  ErrorGroups,
  ErrorPerson,
  ErrorSession,
  ErrorStackLine,
  ErrorStatus,
  ErrorTriage,
} from '../../src/features/errors/api'
import { instant } from '../../src/lib/period'
import { frictionItems } from './friction'
import { overviewOf } from './overview'
import { pick, seeded } from './random'
import { problem } from './server'
import { RECORDED } from './sessions'
import { framesOf } from './sourceMaps'
import type { MockState } from './state'

const DAY = 86_400_000
type Decision = Omit<ErrorTriage, 'status'> & { status: ErrorStatus }

const STACK = `TypeError: Cannot read properties of undefined (reading 'fare')
    at total (https://coralferries.example/assets/booking.4f21c9ab.js:1:8841)
    at Array.reduce (<anonymous>)
    at render (https://coralferries.example/assets/booking.4f21c9ab.js:1:2210)
    at fill (chrome-extension://bfnaelmomeimhlpmgjnjophhpkkoljpa/inpage.js:44:1022)
    at https://coralferries.example/assets/vendor-77ab01cd.js:2:104331
Caused by: Error: no fare for class "first"`

/** Part of a message and what was decided about it first. */
const DECIDED: [string, Partial<Decision>, number][] = [
  ['fare', { status: 'open', assigned_to: 'm3' }, 2],
  ['timeout', { status: 'regressed', resolved_at: 'before', assigned_to: 'm1' }, 6],
  ['gtag', { status: 'ignored' }, 40],
  ['seatMap', { status: 'resolved', in_next_release: true }, 1],
]

const OTHERS: [message: string, count: number][] = [
  ['ReferenceError: seatMap is not defined', 31],
  ['ResizeObserver loop completed with undelivered notifications.', 512],
]

export function freshErrors(now: number): Record<string, Decision> {
  const groups = errorGroups(now).map((row) => {
    const [, decision, days] = DECIDED.find(([part]) => row.message?.includes(part)) ?? ['', null, 0]
    const at = instant(now - days * DAY)
    const none: Decision = {
      status: 'open',
      resolved_at: null,
      in_next_release: false,
      released_at: null,
      assigned_to: null,
      changed_by: null,
      changed_at: null,
    }
    const decided = decision && {
      ...none,
      ...decision,
      changed_by: 'm1',
      changed_at: at,
      ...(decision.resolved_at || decision.in_next_release ? { resolved_at: at } : {}),
    }
    return [row.error_group, decided ?? none] as const
  })
  return Object.fromEntries(groups)
}

function errorGroups(now: number): ErrorGroup[] {
  const listed = frictionItems(now)
    .filter((item) => item.error_group)
    .map((item, index) =>
      groupOf(now, index, item.error_group ?? '', item.error_message ?? null, item.count, item.previous_count),
    )
  return [
    ...listed,
    ...OTHERS.map(([message, count], index) =>
      groupOf(now, index + 5, `v1:${(index + 5).toString(16).repeat(6)}`, message, count, Math.round(count * 1.2)),
    ),
  ]
}

function groupOf(
  now: number,
  index: number,
  group: string,
  message: string | null,
  count: number,
  previous: number,
): ErrorGroup {
  const random = seeded(index + 41)
  const isRejection = message?.startsWith('NetworkError') ?? false
  return {
    error_group: group,
    message,
    kind: isRejection ? 'unhandled_rejection' : 'javascript_error',
    ...(message?.startsWith('ResizeObserver')
      ? { function: null, file: null }
      : { function: isRejection ? 'send' : 'total', file: isRejection ? 'payment.js' : 'booking.js' }),
    status: 'open',
    assigned_to: null,
    count,
    previous_count: previous,
    sessions: Math.round(count * 0.62),
    visitors: Math.round(count * 0.55),
    customers: Math.round(count * 0.08),
    first_seen: instant(now - (index === 0 ? 3 * DAY - 5_400_000 : (index + 9) * 6 * DAY)),
    last_seen: instant(now - (index * index * 97_000 + 4_000)),
    browsers: [
      { value: 'Chrome', count: Math.round(count * 0.7) },
      { value: 'Safari', count: Math.round(count * 0.2) },
      { value: null, count: Math.round(count * 0.1) },
    ],
    pages: [
      { value: index === 0 ? '/book/seats' : '/checkout/payment', count: Math.round(count * 0.9) },
      { value: '/', count: Math.round(count * 0.1) },
    ],
    trend: Array.from({ length: 8 }, (_, day) => Math.round((count / 8) * (0.4 + random() + day * 0.05))),
  }
}

function rowsOf(state: MockState, now: number): ErrorGroup[] {
  if (state.isEmpty) return []
  return errorGroups(now).map((row) => {
    const decision = state.errors[row.error_group]
    return decision ? { ...row, status: decision.status, assigned_to: decision.assigned_to ?? null } : row
  })
}

function listOf(state: MockState, query: URLSearchParams, from: number, to: number, now: number): ErrorGroups {
  const [status, assigned, search, sort] = ['status', 'assigned_to', 'search', 'sort'].map((name) => query.get(name))
  const rows = rowsOf(state, now)
    .filter(
      (row) =>
        status == null ||
        (status === 'unresolved' ? ['open', 'regressed'].includes(row.status) : row.status === status),
    )
    .filter(
      (row) => assigned == null || (assigned === 'nobody' ? row.assigned_to == null : row.assigned_to === assigned),
    )
    .filter((row) => search == null || (row.message ?? '').toLowerCase().includes(search.toLowerCase()))
    .filter(() => query.get('browser') !== 'Lynx')
  const by = { count: 'count', people: 'visitors', last_seen: 'last_seen', first_seen: 'first_seen' } as const
  const field = by[(sort ?? 'count') as keyof typeof by]
  rows.sort((a, b) => (a[field] < b[field] ? 1 : -1))
  return { errors: rows, total: rows.length, next_cursor: null, period: overviewOf(from, to).period }
}

function linesOf(stack: string): ErrorStackLine[] {
  return stack.split('\n').map((line) => {
    const text = line.trim()
    const found = /^at (?:(.+) \()?((?:https|chrome-extension):\/\/[^)]+|<anonymous>)\)?$/.exec(text)
    if (!found) return { text, frame: null }
    const [, name = '', address = ''] = found
    const [, location = address, row, column] = /^(.*):(\d+):(\d+)$/.exec(address) ?? []
    const file = (location.split('/').at(-1) ?? '').replace(/[.-][0-9a-f]{8}/, '')
    return {
      text,
      frame: {
        function: name,
        file,
        location,
        line: row ? Number(row) : null,
        column: column ? Number(column) : null,
        is_in_app: location.startsWith('https'),
      },
    }
  })
}

function detailOf(
  state: MockState,
  group: string,
  query: URLSearchParams,
  from: number,
  to: number,
  now: number,
): ErrorDetail | undefined {
  const row = errorGroups(now).find(({ error_group }) => error_group === group)
  const triage = state.errors[group]
  if (!row || !triage) return undefined
  const share = query.has('browser') ? 0.7 : 1
  const { series, previous_series, period } = overviewOf(from, to, share)
  const release = {
    text: 'Release 8.4: new booking pages',
    at: instant(now - 3 * DAY),
    count: Math.round(row.count * 0.9),
  }
  const isNew = row.first_seen >= release.at
  const stack = row.file ? STACK : null
  return {
    period,
    error_group: group,
    message: row.message ?? null,
    kind: row.kind,
    triage: { ...triage },
    count: Math.round(row.count * share),
    previous_count: row.previous_count,
    sessions: row.sessions,
    visitors: row.visitors,
    customers: row.customers,
    first_seen: row.first_seen,
    last_seen: row.last_seen,
    first_seen_after: isNew ? release : null,
    stack,
    stack_lines: stack ? linesOf(stack) : [],
    frames: stack ? framesOf(linesOf(stack)) : [],
    series: series.map(({ at, friction }) => ({
      at,
      count: isNew && at < release.at.slice(0, 10) ? 0 : Math.round(friction / 9),
    })),
    previous_series: previous_series.map(
      (bucket) => bucket && { at: bucket.at, count: isNew ? 0 : Math.round(bucket.friction / 10) },
    ),
    browsers: row.browsers,
    operating_systems: [
      { value: 'Android', count: Math.round(row.count * 0.68) },
      { value: 'iOS', count: Math.round(row.count * 0.2) },
      { value: 'Windows', count: Math.round(row.count * 0.12) },
    ],
    devices: [
      { value: 'mobile', count: Math.round(row.count * 0.88) },
      { value: 'desktop', count: Math.round(row.count * 0.12) },
    ],
    pages: row.pages,
    countries: [
      { value: 'TZ', count: Math.round(row.count * 0.7) },
      { value: 'KE', count: Math.round(row.count * 0.2) },
      { value: null, count: Math.round(row.count * 0.1) },
    ],
    releases: isNew
      ? [release]
      : [{ text: 'Release 8.3', at: instant(now - 30 * DAY), count: Math.round(row.count * 0.6) }, release],
  }
}

const AFFECTED = 64
const DEVICES = [
  ['Chrome', 'Android', 'mobile'],
  ['Safari', 'iOS', 'mobile'],
  ['Chrome', 'Windows', 'desktop'],
] as const

function sender(index: number) {
  const [browser, os, device] = pick(seeded(index + 7), DEVICES)
  return {
    visitor_id: `5bb73ae8-2ac4-4256-8af1-${(48_271 * (index + 99)).toString(16).padStart(12, '0')}`,
    user_id: index % 4 === 1 ? `passenger-${1000 + index}` : null,
    browser,
    os,
    device,
    country: index % 5 === 0 ? 'KE' : 'TZ',
  }
}

function sessionAt(index: number, now: number): ErrorSession {
  const session_id = index === 0 ? RECORDED : `0193a1b2-${index.toString(16).padStart(4, '0')}-7d4c-8f00-2b6c1d9e4f5a`
  const isRecorded = index % 3 === 0
  return {
    session_id,
    event_id: `e-${index}`,
    occurred_at: instant(now - (index * index * 5 + 3) * 60_000),
    path: '/book/seats',
    count: 1 + (index % 4),
    ...sender(index),
    recording_id: isRecorded ? `rec-${index}` : null,
    recording_seconds: isRecorded ? 40 + index : null,
  }
}

function personAt(index: number, now: number): ErrorPerson {
  const last = now - (index * index * 5 + 3) * 60_000
  return {
    ...sender(index),
    count: 1 + (index % 7),
    sessions: 1 + (index % 3),
    first_seen: instant(last - (index % 3) * DAY),
    last_seen: instant(last),
  }
}

function pageOf<Row>(query: URLSearchParams, rows: Row[]) {
  const start = Number(query.get('cursor') ?? 0)
  const end = start + Number(query.get('limit') ?? 50)
  return { rows: rows.slice(start, end), total: rows.length, next_cursor: end < rows.length ? String(end) : null }
}

/** The answer to a question about errors, or undefined when it is none. */
export function answerErrors(name: string, state: MockState, query: URLSearchParams, now: number): unknown {
  const to = Date.parse(query.get('to') ?? '') || now
  const from = Date.parse(query.get('from') ?? '') || to - 7 * DAY
  if (name === 'errors') return listOf(state, query, from, to, now)
  const [, group = '', part] = /^errors\/([^/]+)(?:\/(sessions|people))?$/.exec(name) ?? []
  const detail = group === '' ? undefined : detailOf(state, decodeURIComponent(group), query, from, to, now)
  if (!detail) return undefined
  const indexes = Array.from({ length: AFFECTED }, (_, index) => index)
  if (part === 'sessions') {
    const { rows, ...rest } = pageOf(
      query,
      indexes.map((index) => sessionAt(index, now)),
    )
    return { sessions: rows, ...rest }
  }
  if (part === 'people') {
    const { rows, ...rest } = pageOf(
      query,
      indexes.map((index) => personAt(index, now)),
    )
    return { people: rows, ...rest }
  }
  return detail
}

/** What is decided about a group. */
export function changeErrors(
  state: MockState,
  method: string,
  path: string,
  body: Record<string, unknown>,
): { status: number; json?: unknown } | undefined {
  const [, encoded] = /\/errors\/([^/]+)$/.exec(path) ?? []
  if (method !== 'PATCH' || encoded === undefined) return undefined
  const triage = state.errors[decodeURIComponent(encoded)]
  if (!triage) return problem(404, 'Not found', 'error not found')
  const now = new Date().toISOString()
  const isResolved = body.status === 'resolved'
  const decided =
    body.status === undefined
      ? {}
      : {
          status: body.status as ErrorStatus,
          resolved_at: isResolved ? String(body.resolved_at ?? now) : null,
          in_next_release: isResolved && body.in_next_release === true,
          released_at: null,
        }
  const assigned = body.assigned_to === undefined ? {} : { assigned_to: body.assigned_to as string | null }
  Object.assign(triage, decided, assigned, { changed_by: 'm1', changed_at: now })
  return { status: 200, json: { ...triage } satisfies ErrorTriage }
}
