// The live stream: what the feed brings and what the question answered, newest first, each event once; pure.
import type { EventRow } from '../../api/types'
import { type AnalysisSearch, activeFilters } from '../../lib/analysis'

/** Events that the stream holds at most. */
export const MOST_ROWS = 100

const KINDS = {
  pages: { label: 'Page views', is: ({ category, name }: EventRow) => category === 'heatmap' && name === 'pageview' },
  clicks: { label: 'Clicks', is: ({ category, name }: EventRow) => category === 'heatmap' && name === 'click' },
  friction: { label: 'Friction', is: ({ category }: EventRow) => category === 'friction' },
  customers: { label: 'Customers', is: ({ category }: EventRow) => category === 'customer' },
  calls: { label: 'Calls', is: ({ category }: EventRow) => category === 'widget' },
  own: { label: 'Your events', is: ({ category }: EventRow) => category === 'behavior' },
}

export type StreamKind = keyof typeof KINDS
export const STREAM_KINDS = Object.keys(KINDS) as StreamKind[]
export const streamLabel = (kind: StreamKind) => KINDS[kind].label

/** The kind of this name in the address. */
export function readStreamKind(name: unknown): StreamKind | undefined {
  return STREAM_KINDS.find((kind) => kind === name)
}

/** Whether the live feed, which the server does not filter and which has no bots, is all that is asked for. */
export function isFeedWhole(search: AnalysisSearch): boolean {
  return isFeedUsed(search) && search.bots !== true
}

/** With filters the question's answer alone is shown. */
export function isFeedUsed(search: AnalysisSearch): boolean {
  return activeFilters(search).length === 0 && search.from === undefined
}

/** The rows with those of `more` that are wanted, at most as many as the stream holds; the same array where nothing changes. */
export function withRows(
  rows: EventRow[],
  more: readonly EventRow[],
  kind: StreamKind | undefined,
  withBots: boolean,
): EventRow[] {
  const known = new Set(rows.map(({ id }) => id))
  const isWanted = (event: EventRow) =>
    !known.has(event.id) && (withBots || !event.bot) && (kind === undefined || KINDS[kind].is(event))
  const fresh = more.filter(isWanted)
  if (fresh.length === 0) return rows
  return [...fresh, ...rows].sort((a, b) => b.received_at.localeCompare(a.received_at)).slice(0, MOST_ROWS)
}

/** How many of the rows have arrived since the stream was paused. */
export function waitingOf(rows: readonly EventRow[], paused: readonly EventRow[]): number {
  const known = new Set(paused.map(({ id }) => id))
  return rows.filter(({ id }) => !known.has(id)).length
}
