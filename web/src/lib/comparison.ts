// Whether there is a period before to compare with: changes against one that reaches back to before the first event mean nothing.
import { ALL_SESSIONS } from './analysis'
import { filterWords, isSame, parseFilters } from './filters'
import type { Range } from './period'

type Counted = { at: string; events: number }

/** A quiet night; silence for longer at the beginning of a period is the time before the first event. */
const QUIET_MS = 8 * 3_600_000

const WEEK = 7 * 86_400_000

/** When the period begins that one is compared with, to the hour: whole weeks earlier. The answer has the exact instant. */
export function beginningBefore({ from, to }: Range): number {
  const start = Date.parse(from)
  return start - Math.max(1, Math.ceil((Date.parse(to) - start) / WEEK)) * WEEK
}

/** Whether the period before begins earlier than the project. Its events may still cover it: senders may bring a past with them. */
export function isOlderThan(createdAt: string, period: Range): boolean {
  return Date.parse(createdAt) > beginningBefore(period)
}

/** Whether events happened from the beginning of the period before. `before`: its buckets, without any filter. */
export function isCovered(period: { previous_from: string }, before: (Counted | null)[]): boolean {
  const first = before.find((bucket) => bucket !== null && bucket.events > 0)
  return first != null && Date.parse(first.at) - Date.parse(period.previous_from) <= QUIET_MS
}

export type NamedFilters = { name: string; filters: string }

/** The name of what is compared with: of a segment that nobody saved its filters in words. */
export function comparisonName(vs: string, segments: readonly NamedFilters[] = []): string {
  if (vs === ALL_SESSIONS) return 'All sessions'
  const filters = parseFilters(vs)
  const saved = segments.find((segment) => isSame(parseFilters(segment.filters), filters))
  return saved?.name ?? filters.map((filter) => Object.values(filterWords(filter)).filter(Boolean).join(' ')).join(', ')
}
