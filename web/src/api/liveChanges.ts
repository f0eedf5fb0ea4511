// What new events change: which questions must be asked again once they are visible; pure.
import type { LiveMessage } from './liveMessages'

/** The categories of the events, or everything where they are not known. */
export type Changes = 'everything' | ReadonlySet<string>

export const EVERYTHING: Changes = 'everything'
export const NOTHING: Changes = new Set()

type Announcement = Extract<LiveMessage, { type: 'events' }>

/** A message names the latest events only; where it counts more, they may be anything. */
export function withAnnounced(changes: Changes, { events, totals }: Announcement): Changes {
  if (changes === 'everything' || events.length < totals.events) return EVERYTHING
  return new Set([...changes, ...events.map(({ category }) => category)])
}

/** When what was last visible, in epoch milliseconds. */
export type VisibleAt = { everything: number; byCategory: ReadonlyMap<string, number> }

export const NEVER_VISIBLE: VisibleAt = { everything: 0, byCategory: new Map() }

export function withVisible(visible: VisibleAt, changes: Changes, now: number): VisibleAt {
  if (changes === 'everything') return { ...visible, everything: now }
  return {
    ...visible,
    byCategory: new Map([...visible.byCategory, ...[...changes].map((category) => [category, now] as const)]),
  }
}

/** Whether a question asked at `askedAt` may have another answer by now; without `follows` events of any category change it. */
export function isBehind(
  askedAt: number,
  follows: readonly string[] | undefined,
  { everything, byCategory }: VisibleAt,
): boolean {
  const changes =
    follows === undefined ? [...byCategory.values()] : follows.map((category) => byCategory.get(category) ?? 0)
  return askedAt <= Math.max(everything, ...changes)
}
