// The messages of the live feed and how they change what is shown; pure.
import type { EventRow } from './types'

export type LiveMessage =
  | { type: 'hello'; now: string }
  | { type: 'visible'; at: string }
  | { type: 'active'; active_visitors: number }
  | {
      type: 'events'
      events: EventRow[]
      totals: { events: number; page_views: number; friction: number }
      by_kind: Record<string, number>
    }

export type LiveState = {
  /** `offline` is `lost` where the browser knows that it has no network. */
  status: 'connecting' | 'open' | 'lost' | 'offline'
  activeVisitors: number | null
  /** Newest first, at most `LATEST`. */
  latest: EventRow[]
  /** What was announced since the page was opened. */
  counts: { events: number; page_views: number; friction: number }
}

export const LATEST = 100

export const initialLive: LiveState = {
  status: 'connecting',
  activeVisitors: null,
  latest: [],
  counts: { events: 0, page_views: 0, friction: 0 },
}

/** Unknown messages are for newer dashboards and are ignored. */
export function parseMessage(text: string): LiveMessage | null {
  try {
    const message: unknown = JSON.parse(text)
    if (typeof message !== 'object' || message === null || !('type' in message)) return null
    return ['hello', 'visible', 'active', 'events'].includes(String(message.type)) ? (message as LiveMessage) : null
  } catch {
    return null
  }
}

export function applyMessage(state: LiveState, message: LiveMessage): LiveState {
  switch (message.type) {
    case 'hello':
      return { ...state, status: 'open' }
    case 'active':
      return message.active_visitors === state.activeVisitors
        ? state
        : { ...state, activeVisitors: message.active_visitors }
    case 'events': {
      const known = new Set(state.latest.map((event) => event.id))
      const fresh = message.events.filter((event) => !known.has(event.id))
      const latest = [...fresh, ...state.latest].sort((a, b) => b.received_at.localeCompare(a.received_at))
      return {
        ...state,
        status: 'open',
        latest: latest.slice(0, LATEST),
        counts: added(state.counts, message.totals),
      }
    }
    case 'visible':
      return state
  }
}

/** The wait before the nth attempt to connect again: doubling to 30 s, spread by `chance` in [0, 1). */
export function backOffMs(attempt: number, jitter: number): number {
  const longest = Math.min(30_000, 500 * 2 ** attempt)
  return longest / 2 + (longest / 2) * jitter
}

function added(counts: LiveState['counts'], more: LiveState['counts']): LiveState['counts'] {
  return {
    events: counts.events + more.events,
    page_views: counts.page_views + more.page_views,
    friction: counts.friction + more.friction,
  }
}
