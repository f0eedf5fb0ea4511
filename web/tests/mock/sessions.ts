// Sessions of the ferry booking site, and the events of each.
import type { Session, SessionDetail, SessionEvent, SessionEvents, SessionPage } from '../../src/features/sessions/api'
import { instant } from '../../src/lib/period'
import type { FrictionKind } from '../../src/lib/words'
import { overviewOf } from './overview'
import { pick, type Random, seeded } from './random'
import type { MockState } from './state'

const SECOND = 1_000
const MINUTE = 60 * SECOND

const ROUTES = [
  ['/', '/timetable', '/book/seats', '/checkout', '/checkout/confirmed'],
  ['/', '/offers', '/timetable', '/book/seats', '/book/seats/14C', '/checkout', '/help/payment', '/checkout'],
  ['/timetable'],
  ['/offers/easter-weekend-return-tickets', '/book/seats'],
  ['/help', '/help/luggage-and-vehicles'],
] as const
const DEVICES = [
  ['Chrome', 'Android', 'mobile'],
  ['Safari', 'iOS', 'mobile'],
  ['Chrome', 'Windows', 'desktop'],
  ['Firefox', 'Linux', 'desktop'],
] as const
const PLACES = [
  ['TZ', 'Dar es Salaam'],
  ['TZ', 'Zanzibar'],
  ['KE', 'Mombasa'],
  ['DE', null],
  ['GB', 'London'],
] as const
const SOURCES = [
  ['www.google.com', null, null, null],
  [null, 'newsletter', 'email', 'easter_2026'],
  [null, null, null, null],
  ['l.instagram.com', 'instagram', 'social', null],
] as const
const KINDS = ['rage_click', 'dead_click', 'javascript_error', 'form_validation_error'] as const
const SESSIONS = 128

export const RECORDED = '0193a1b2-0000-7d4c-8f00-2b6c1d9e4f5a'

function sessionAt(index: number, now: number): Session {
  const random = seeded(index + 501)
  const paths =
    index === 0
      ? [...ROUTES[1]]
      : index === 5
        ? Array.from({ length: 12 }, (_, page) => `/timetable/day-${page + 1}`)
        : [...pick(random, ROUTES)]
  const [browser, os, device] = pick(random, DEVICES)
  const [country, city] = pick(random, PLACES)
  const [referrer, utm_source, utm_medium, utm_campaign] = pick(random, SOURCES)
  const kinds: FrictionKind[] =
    index === 0
      ? ['rage_click', 'javascript_error', 'dead_click']
      : index % 3 === 1
        ? KINDS.slice(index % 4, (index % 4) + 1)
        : []
  const seconds = paths.length === 1 ? Math.round(random() * 9) : Math.round(40 + random() * 1_400)
  const age = index < 0 ? 5 : index * index * 9 + index * 180 + seconds + 40
  const started = now - age * SECOND
  return {
    session_id: `0193a1b2-${(index & 0xffff).toString(16).padStart(4, '0')}-7d4c-8f00-2b6c1d9e4f5a`,
    visitor_id:
      index % 9 === 4 ? null : `5bb73ae8-2ac4-4256-8af1-${(48_271 * (index + 99)).toString(16).padStart(12, '0')}`,
    user_id: index % 4 === 0 ? `passenger-${1000 + index / 4}` : null,
    started_at: instant(started),
    last_event_at: instant(started + seconds * SECOND),
    duration_seconds: seconds,
    events: paths.length * 6 + kinds.length,
    page_views: index === 5 ? 31 : paths.length,
    entry_path: paths[0] ?? null,
    exit_path: index === 5 ? '/checkout' : (paths.at(-1) ?? null),
    paths,
    referrer,
    utm_source,
    utm_medium,
    utm_campaign,
    friction: kinds.length * (1 + (index % 3)),
    friction_kinds: [...kinds],
    errors: kinds.includes('javascript_error') ? 1 + (index % 2) : 0,
    browser,
    os,
    device,
    country,
    city,
    bot: null,
    recording_id: index % 3 === 0 ? `rec-${index}` : null,
  }
}

const EXACT = [
  'entry_path',
  'exit_path',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'city',
  'user_id',
  'visitor_id',
  'session_id',
  'browser',
  'os',
  'device',
  'country',
] as const
const ORDERS: Record<string, (session: Session) => number> = {
  latest: ({ started_at }) => Date.parse(started_at),
  longest: (session) => session.duration_seconds,
  friction: (session) => session.friction,
  pages: (session) => session.page_views,
}

function listed(sessions: Session[], query: URLSearchParams): Session[] {
  const by = ORDERS[query.get('sort') ?? 'latest'] ?? (() => 0)
  const [min, max] = [Number(query.get('min_seconds') ?? 0), Number(query.get('max_seconds') ?? Infinity)]
  return sessions
    .filter((session) => EXACT.every((name) => !query.has(name) || session[name] === query.get(name)))
    .filter((session) => session.duration_seconds >= min && session.duration_seconds <= max)
    .filter(
      (session) =>
        (query.get('has_friction') !== 'true' || session.friction > 0) &&
        (query.get('has_error') !== 'true' || session.errors > 0) &&
        (query.get('has_recording') !== 'true' || session.recording_id != null),
    )
    .filter(
      (session) =>
        !query.has('friction_kind') || (session.friction_kinds as string[]).includes(query.get('friction_kind') ?? ''),
    )
    .sort((a, b) => by(b) - by(a))
}

/** The answer to a question about sessions, or undefined when there is no such question. */
export function answerSessions(
  name: string,
  state: MockState,
  query: URLSearchParams,
  now: number,
): SessionPage | SessionDetail | SessionEvents | undefined {
  const [, id, part] = /^sessions(?:\/([^/]+))?(\/events)?$/.exec(name) ?? [undefined, undefined, undefined]
  if (!name.startsWith('sessions')) return undefined
  // The list stays as it is while a test looks at it.
  const sessions = state.isEmpty
    ? []
    : Array.from({ length: SESSIONS + state.newSessions }, (_, index) =>
        sessionAt(index - state.newSessions, Math.floor(now / MINUTE) * MINUTE),
      )
  if (id === undefined) {
    const found = listed(sessions, query)
    const start = Number(query.get('cursor') ?? 0)
    const end = start + Number(query.get('limit') ?? 50)
    const to = Date.parse(query.get('to') ?? '') || now
    return {
      period: overviewOf(Date.parse(query.get('from') ?? '') || to - 7 * 86_400_000, to).period,
      sessions: found.slice(start, end),
      total: found.length,
      next_cursor: end < found.length ? String(end) : null,
    }
  }
  const session = sessions.find((entry) => entry.session_id === decodeURIComponent(id))
  if (!session) return undefined
  const events =
    session.session_id === RECORDED
      ? [...eventsOf(session), ...moreClicks(session, state.longSession)]
      : eventsOf(session)
  if (!part) return detailOf({ ...session, events: events.length })
  const start = Number(query.get('cursor') ?? 0)
  const end = start + Number(query.get('limit') ?? 50)
  return { events: events.slice(start, end), next_cursor: end < events.length ? String(end) : null }
}

function detailOf(session: Session): SessionDetail {
  const { recording_id: id, started_at, last_event_at, duration_seconds } = session
  return {
    session,
    recordings: id
      ? [
          {
            id,
            session_id: session.session_id,
            chunks: 3,
            events: 900,
            bytes: 480_000,
            started_at: instant(Date.parse(started_at) + 2 * SECOND),
            ended_at: last_event_at,
            duration_seconds: duration_seconds - 2,
            clock_offset_ms: 0,
          },
        ]
      : [],
  }
}

type Draft = Pick<SessionEvent, 'category' | 'name'> &
  Partial<Omit<SessionEvent, 'properties'>> & { properties?: object }

function eventsOf(session: Session): SessionEvent[] {
  const random = seeded(Number.parseInt(session.session_id.slice(9, 13), 16) + 9)
  const start = Date.parse(session.started_at)
  const stay = (session.duration_seconds * SECOND) / session.paths.length
  const drafts = session.paths.flatMap((path, page) =>
    pageEvents(path, random, page === session.paths.length - 1).map((draft, nth, all) => ({
      path,
      at: start + page * stay + (nth * stay) / (all.length + 1),
      ...draft,
    })),
  )
  if (session.user_id)
    drafts.splice(1, 0, {
      path: session.paths[0] ?? '/',
      at: start + SECOND / 2,
      category: 'session',
      name: 'session.started',
    })
  return drafts.map(
    ({ at, ...draft }, nth): SessionEvent => ({
      id: `${session.session_id.slice(0, 13)}-7e0e-8000-${nth.toString(16).padStart(12, '0')}`,
      occurred_at: new Date(at).toISOString(),
      received_at: new Date(at + 700).toISOString(),
      session_id: session.session_id,
      visitor_id: session.visitor_id ?? null,
      user_id: session.user_id ?? null,
      browser: session.browser ?? null,
      os: session.os ?? null,
      device: session.device ?? null,
      country: session.country ?? null,
      ...draft,
      // Properties are free-form; the schema only says that they are an object.
      properties: (draft.properties ?? {}) as SessionEvent['properties'],
    }),
  )
}

function pageEvents(path: string, random: Random, isLast: boolean): Draft[] {
  const common: Draft[] = [
    { category: 'heatmap', name: 'pageview' },
    {
      category: 'performance',
      name: 'page_performance',
      vitals: { largest_contentful_paint: 1200 + random() * 3000, time_to_first_byte: 210 + random() * 300 },
    },
    { category: 'heatmap', name: 'scroll', properties: { depth: 0.4 } },
    { category: 'heatmap', name: 'scroll', properties: { depth: 0.9 } },
  ]
  if (path === '/timetable')
    return [
      ...common,
      { category: 'behavior', name: 'search', properties: { search_query: 'Dar es Salaam to Zanzibar' } },
      {
        category: 'heatmap',
        name: 'click',
        element_selector: 'a.departure[data-time="07:00"]',
        element_text: '07:00 Kilimanjaro VII',
      },
    ]
  if (path.startsWith('/book')) {
    return [
      ...common,
      { category: 'heatmap', name: 'click', element_selector: '.seat-map .seat', element_text: 'Seat 14C' },
      {
        category: 'friction',
        name: 'dead_click',
        severity: 'medium',
        element_selector: '.seat-map .seat[aria-disabled]',
        element_text: 'Seat 14C',
      },
      {
        category: 'friction',
        name: 'javascript_error',
        severity: 'high',
        error_message: "TypeError: Cannot read properties of undefined (reading 'fare')",
        error_group: 'v1:1b808c4',
        stack:
          "TypeError: Cannot read properties of undefined (reading 'fare')\n    at priceOf (https://coralferries.example/assets/book.js:210:18)\n    at render (https://coralferries.example/assets/book.js:88:5)",
      },
    ]
  }
  if (path === '/checkout') {
    const passenger = { form_id: `passenger-${isLast}`, form: 'passenger', last_field: 'phone' }
    return [
      ...common,
      {
        category: 'form',
        name: 'form_progress',
        element_selector: '#passenger',
        properties: { ...passenger, revision: 1, outcome: 'abandoned' },
      },
      {
        category: 'form',
        name: 'form_progress',
        element_selector: '#passenger',
        properties: { ...passenger, revision: 2, outcome: isLast ? 'submitted' : 'abandoned' },
      },
      { category: 'widget', name: 'widget_open', properties: { widget_id: 'w1' } },
      { category: 'widget', name: 'call_start', properties: { widget_id: 'w1' } },
      { category: 'widget', name: 'call_end', properties: { widget_id: 'w1' } },
      {
        category: 'friction',
        name: 'rage_click',
        severity: 'high',
        element_selector: '#checkout > form button[type="submit"]',
        element_text: 'Pay now',
        screenshot_url: '/api/projects/p1/screenshots/shot-1',
        properties: { click_count: 6, duration_ms: 1334 },
      },
      {
        category: 'customer',
        name: 'payment.failed',
        properties: {
          event_data: {
            method: 'Airtel Money',
            reason: 'the payment page does not answer',
            total_amount: 85_000,
            currency: 'TZS',
          },
        },
      },
      ...(isLast
        ? [
            {
              category: 'customer',
              name: 'booking.completed',
              properties: {
                event_data: { service: 'Dar es Salaam – Zanzibar', total_amount: 85_000, currency: 'TZS' },
              },
            },
          ]
        : []),
    ]
  }
  return [...common, { category: 'heatmap', name: 'click', element_selector: 'nav a', element_text: 'Timetable' }]
}

/** A visitor who clicks on and on. */
function moreClicks(session: Session, count: number): SessionEvent[] {
  const last = eventsOf(session).at(-1)
  if (!last) return []
  return Array.from({ length: count }, (_, nth) => ({
    ...last,
    id: `click-${nth}`,
    category: 'heatmap',
    name: 'click',
    element_text: `Click ${nth}`,
    properties: {} as SessionEvent['properties'],
  }))
}

/** Drawn, because the mock has no files of pages. */
export const SCREENSHOT = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><rect width="320" height="200" fill="#fff"/><rect width="320" height="28" fill="#0f6a7d"/><rect x="16" y="48" width="150" height="12" fill="#c8c9d1"/><rect x="16" y="72" width="220" height="8" fill="#e4e4e9"/><rect x="16" y="88" width="190" height="8" fill="#e4e4e9"/><rect x="16" y="140" width="90" height="28" rx="5" fill="#d6494f"/></svg>`
