// Events and outcomes as the page shows them, and the page's state in the URL; pure.
import type { EventRow, Outcomes } from '../../api/types'
import { type AnalysisSearch, parseAnalysis } from '../../lib/analysis'
import { zoneLabel } from '../../lib/zone'

export const TABS = ['events', 'account', 'failed'] as const
export type Tab = (typeof TABS)[number]

export type EventsSearch = AnalysisSearch & { tab?: Exclude<Tab, 'events'>; only?: 'friction'; open?: string }

export function parseEventsSearch(search: Record<string, unknown>): EventsSearch {
  const parsed: EventsSearch = parseAnalysis(search)
  if (search.tab === 'account' || search.tab === 'failed') parsed.tab = search.tab
  if (search.only === 'friction') parsed.only = 'friction'
  if (typeof search.open === 'string' && search.open) parsed.open = search.open
  return parsed
}

export const EVENTS_PER_PAGE = 50

export type EventPage = { events: EventRow[]; next_cursor?: string | null }
export type EventPages = { pages: EventPage[]; pageParams: (string | undefined)[] }

/** The events of the first page, as it is by now, that are not among those shown. */
export function unseenOf(newest: EventPage, shown: EventRow[]): EventRow[] {
  const known = new Set(shown.map(({ id }) => id))
  return newest.events.filter(({ id }) => !known.has(id))
}

/** "3 new"; a whole page of them may be the latest of many more. */
export function newText(unseen: number): string {
  return `${unseen}${unseen >= EVENTS_PER_PAGE ? '+' : ''} new`
}

/** The list with the new events above the others; where there may be more between, the new ones alone. */
export function withNewest({ pages, pageParams }: EventPages, newest: EventPage): EventPages {
  const [first, ...rest] = pages
  const unseen = unseenOf(
    newest,
    pages.flatMap((page) => page.events),
  )
  if (!first || unseen.length >= EVENTS_PER_PAGE) return { pages: [newest], pageParams: [undefined] }
  return { pages: [{ ...first, events: [...unseen, ...first.events] }, ...rest], pageParams }
}

export type Account = {
  received: number
  accepted: number
  duplicate: number
  refused: number
  /** Received events without an outcome; anything but zero is a defect of the server. */
  missing: number
  reasons: { reason: string; count: number }[]
}

/** The account of what was received: every event has exactly one outcome. */
export function accountOf({ received, accepted, duplicate, refused }: Outcomes): Account {
  const reasons = [...refused].filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
  const refusedTotal = reasons.reduce((sum, { count }) => sum + count, 0)
  return {
    received,
    accepted,
    duplicate,
    refused: refusedTotal,
    missing: received - accepted - duplicate - refusedTotal,
    reasons,
  }
}

export function accountHelp(): string {
  return `Every received event is accepted, a duplicate or rejected. Counted in whole days of receipt, ${zoneLabel()}; filters do not apply.`
}

export function dayHeader(): string {
  return `Day (${zoneLabel()})`
}

/** The days as they are downloaded. */
export function outcomeSheet(days: Outcomes['days']) {
  return {
    name: 'footfall-outcomes',
    header: [dayHeader(), 'Accepted', 'Duplicates', 'Rejected'],
    rows: days.map((day) => [day.day, day.accepted, day.duplicate, day.refused]),
  }
}

/** A one-line summary of an event. */
export function eventSubject(event: EventRow): string {
  return event.error_message ?? (event.element_text?.trim() || event.element_selector) ?? ''
}

export function eventDevice(event: EventRow): string {
  return [event.browser, event.os, event.device].filter(Boolean).join(' · ')
}

/** Whether it is one of those that error pages gather: an error click belongs to its element. */
export function isErrorEvent({ name }: Pick<EventRow, 'name'>): boolean {
  return name === 'javascript_error' || name === 'unhandled_rejection'
}

/** The session that a rejected body names: its own, or that of its first event; null where it cannot be read. */
export function sessionOfBody(body: string): string | null {
  try {
    const read = JSON.parse(body) as {
      session_id?: unknown
      session?: { session_id?: unknown }
      events?: { session_id?: unknown }[]
    } | null
    const ids = [
      read?.session_id,
      read?.session?.session_id,
      Array.isArray(read?.events) ? read.events[0]?.session_id : undefined,
    ]
    return ids.find((id): id is string => typeof id === 'string' && id !== '') ?? null
  } catch {
    return null
  }
}

/** A body as it is shown: indented when it is JSON, else as it came. */
export function prettyBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
