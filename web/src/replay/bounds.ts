// What a recording may cost at most. Recordings come from strangers, so each of these may be tried.

/** Nodes of a page at once: those of its snapshot and all that were added since. */
export const MAX_NODES = 200_000
/** Nodes of a whole recording, which has a snapshot every few minutes. */
export const MAX_NODES_IN_ALL = 2_000_000
export const MAX_EVENTS = 400_000
/** Browsers' parsers end there, too. */
export const MAX_DEPTH = 480
export const MAX_VIEWPORT = 8_192
export const MAX_HOURS = 48
/** Pixels of a page that is shown whole, from its top. */
export const MAX_STILL = 30_000
export const MAX_NUMBER = 10_000_000

export type Bound = 'nodes' | 'depth' | 'events' | 'viewport' | 'hours'

/** A finite number within limits, or the fallback. */
export function bounded(value: unknown, least = -MAX_NUMBER, most = MAX_NUMBER, fallback = 0): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return fallback
  return Math.min(most, Math.max(least, value))
}

/** The id of a node, or undefined. */
export function idOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 2 ** 31 ? value : undefined
}
