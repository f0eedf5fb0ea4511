// Whether there is a period before to compare with: changes against one that reaches back to before the first event mean nothing.
import type { Range } from './period'

type Counted = { at: string; events: number }

/** A quiet night; silence for longer at the beginning of a period is the time before the first event. */
const QUIET_MS = 8 * 3_600_000

/** When the period of the same length before begins. */
export function beginningBefore({ from, to }: Range): number {
  return 2 * Date.parse(from) - Date.parse(to)
}

/** Whether the period before begins earlier than the project. Its events may still cover it: senders may bring a past with them. */
export function isOlderThan(createdAt: string, period: Range): boolean {
  return Date.parse(createdAt) > beginningBefore(period)
}

/** Whether events happened from the beginning of the period before. `before`: its buckets, without any filter. */
export function isCovered(period: Range, before: Counted[]): boolean {
  const first = before.find(({ events }) => events > 0)
  return first !== undefined && Date.parse(first.at) - beginningBefore(period) <= QUIET_MS
}
