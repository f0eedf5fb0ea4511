// A session's events as its page shows them: by page, repetitions together, with the time since the start; and the page's state in the URL; pure.
import type { SessionEvent, SessionRecording } from './api'
import { formReportOf, GROUPS, type Group, groupOf } from './eventText'
import { parseSessionsSearch, type SessionsSearch } from './model'

/** Left out at first: they are many and say little. */
const HIDDEN_AT_FIRST: readonly Group[] = ['pointer']

/** The list's parameters go along, so that its address can be returned to. */
export type SessionSearch = SessionsSearch & {
  /** Groups left out, joined by dots; "none" when all are shown. */ hide?: string
  open?: string
}

export function parseSessionSearch(search: Record<string, unknown>): SessionSearch {
  const parsed: SessionSearch = parseSessionsSearch(search)
  if (typeof search.hide === 'string') Object.assign(parsed, hideParam(hiddenOf(search.hide)))
  if (typeof search.open === 'string' && search.open !== '') parsed.open = search.open
  return parsed
}

/** The list's own parameters. */
export function listSearch({ hide: _hide, open: _open, ...list }: SessionSearch): SessionsSearch {
  return list
}

export function hiddenOf(hide: string | undefined): ReadonlySet<Group> {
  if (hide === undefined) return new Set(HIDDEN_AT_FIRST)
  const named = hide.split('.')
  return new Set(GROUPS.filter((group) => named.includes(group)))
}

function hideParam(hidden: ReadonlySet<Group>): { hide?: string } {
  const named = GROUPS.filter((group) => hidden.has(group))
  if (named.join('.') === HIDDEN_AT_FIRST.join('.')) return {}
  return { hide: named.join('.') || 'none' }
}

export function withShown({ hide, ...rest }: SessionSearch, group: Group, isShown: boolean): SessionSearch {
  const hidden = new Set(hiddenOf(hide))
  if (isShown) hidden.delete(group)
  else hidden.add(group)
  return { ...rest, ...hideParam(hidden) }
}

/** How many events each group has; groups without any are left out. */
export function groupCounts(events: SessionEvent[]): { group: Group; count: number }[] {
  const counts = new Map<Group, number>()
  for (const event of events) counts.set(groupOf(event), (counts.get(groupOf(event)) ?? 0) + 1)
  return GROUPS.flatMap((group) => (counts.has(group) ? [{ group, count: counts.get(group) ?? 0 }] : []))
}

/** One stay on a page, with the events that happened on it. */
export type PageVisit = {
  key: string
  path: string | null
  startMs: number /** Null while its end is not known. */
  lengthMs: number | null
  events: SessionEvent[]
}

/** The pages in order: a page view of another path begins one, and so does an event on a path that has no page view. */
export function pageVisits(events: SessionEvent[], isWhole: boolean): PageVisit[] {
  const viewed = new Set(events.filter((event) => groupOf(event) === 'pages').map(({ path }) => path))
  const visits: PageVisit[] = []
  for (const event of events) {
    const last = visits.at(-1)
    const path = event.path ?? null
    const isArrival = path !== null && (groupOf(event) === 'pages' || !viewed.has(path))
    if (last && (!isArrival || path === last.path)) last.events.push(event)
    // What happens before the first page view happens on its page.
    else if (last && last.path === null) Object.assign(last, { path, events: [...last.events, event] })
    else
      visits.push({
        key: event.id,
        path: isArrival ? path : null,
        startMs: Date.parse(event.occurred_at),
        lengthMs: null,
        events: [event],
      })
  }
  const end = events.at(-1)
  return visits.map((visit, index) => {
    const next = visits[index + 1]?.startMs ?? (isWhole && end ? Date.parse(end.occurred_at) : undefined)
    return { ...visit, lengthMs: next === undefined ? null : Math.max(0, next - visit.startMs) }
  })
}

export type TimelineRow = {
  event: SessionEvent
  group: Group /** Events in a row that say the same, the first of which this is. */
  count: number
  atMs: number
}

const REPEATED: readonly string[] = ['call_heartbeat', 'scroll', 'move']

/** The events of a page that are shown: heartbeats and pointer moves in a row as one, of a form the report that holds. */
export function rowsOf(events: SessionEvent[], hidden: ReadonlySet<Group>): TimelineRow[] {
  const rows: TimelineRow[] = []
  const latest = latestReports(events)
  for (const event of events) {
    const group = groupOf(event)
    if (hidden.has(group)) continue
    const report = formReportOf(event)
    if (report && latest.get(report.formId) !== event) continue
    const last = rows.at(-1)
    if (last && last.event.name === event.name && REPEATED.includes(event.name)) last.count += 1
    else rows.push({ event, group, count: 1, atMs: Date.parse(event.occurred_at) })
  }
  return rows
}

/** Of each visit of a form the report with the highest revision. */
function latestReports(events: SessionEvent[]): ReadonlyMap<string, SessionEvent> {
  const latest = new Map<string, { event: SessionEvent; revision: number }>()
  for (const event of events) {
    const report = formReportOf(event)
    if (report && report.revision > (latest.get(report.formId)?.revision ?? -Infinity))
      latest.set(report.formId, { event, revision: report.revision })
  }
  return new Map([...latest].map(([formId, { event }]) => [formId, event]))
}

/** "0:07", "12:05", "1:02:05": the time since the session's start. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** How far before its first picture or after its last an event still belongs to a recording: pages load before they are recorded. */
const MARGIN_MS = 5_000

/** Where an event is in the recordings: which one, and how far into it. */
export function placeIn(recordings: SessionRecording[], atMs: number): { id: string; startAtMs: number } | null {
  const found = recordings.find(
    ({ started_at, ended_at }) =>
      atMs >= Date.parse(started_at) - MARGIN_MS && atMs <= Date.parse(ended_at) + MARGIN_MS,
  )
  if (!found) return null
  const length = Date.parse(found.ended_at) - Date.parse(found.started_at)
  return { id: found.id, startAtMs: Math.min(length, Math.max(0, atMs - Date.parse(found.started_at))) }
}

/** The last of the rows that has happened by an instant. */
export function currentRow(rows: TimelineRow[], atMs: number): string | null {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.atMs ?? Infinity) <= atMs) low = middle + 1
    else high = middle
  }
  return rows[low - 1]?.event.id ?? null
}
