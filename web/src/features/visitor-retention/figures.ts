// The figures of an answer as they are shown: cells with their shares and shades, names of cohorts and of the time since; pure.

import { exactNumber, percent } from '../../lib/format'
import type { Proportion } from '../../lib/proportions'
import { bucketName, dateRange } from '../../lib/time'
import { dayText } from '../../lib/zone'
import type { ChartTable } from '../../ui/TableActions'
import type { Average, Cohort, VisitorRetention } from './api'
import { type Unit, unitIn } from './model'

export type Cell = { returned: number; share: number /** Its time is not over. */; isPartial: boolean }

/** The share of a cohort that was active so many units after its first; nothing where that time has not begun, or nobody is in it. */
export function cellOf({ visitors, returned, is_last_partial: isLastPartial }: Cohort, offset: number): Cell | null {
  const count = returned[offset]
  if (count === undefined || visitors === 0) return null
  return { returned: count, share: count / visitors, isPartial: isLastPartial && offset === returned.length - 1 }
}

/** The first day of a cohort, by which the URL names it. */
export function keyOf({ from }: Pick<Cohort, 'from'>): string {
  return dayText(Date.parse(from))
}

/** Whether the unit of the first says anything: where the return is another action than the first. */
export function hasFirstUnit({ first, returning }: Pick<VisitorRetention, 'first' | 'returning'>): boolean {
  return first !== returning
}

/** Units since the first that are shown. */
export function offsetsOf(answer: Pick<VisitorRetention, 'cohorts' | 'first' | 'returning'>): number[] {
  const units = Math.max(0, ...answer.cohorts.map(({ returned }) => returned.length))
  const from = hasFirstUnit(answer) ? 0 : 1
  return Array.from({ length: Math.max(0, units - from) }, (_, index) => from + index)
}

export const LEVELS = 6

/** The shade of a share: 0 for nothing, else 1 to 6, in equal parts up to the largest share. */
export function levelOf(share: number, largest: number): number {
  if (share <= 0 || largest <= 0) return 0
  return Math.min(LEVELS, Math.max(1, Math.ceil((share / largest) * LEVELS)))
}

/** The largest share of times that are over. */
export function largestShare(answer: VisitorRetention): number {
  const shares = answer.cohorts
    .flatMap((cohort) => offsetsOf(answer).map((offset) => cellOf(cohort, offset)))
    .flatMap((cell) => (cell && !cell.isPartial ? [cell.share] : []))
  return Math.max(0, ...shares)
}

/** "Mon 16 Nov 2026", "16 – 22 Nov 2026", "Nov 2026" */
export function cohortName({ from, to }: Pick<Cohort, 'from' | 'to'>, unit: Unit): string {
  if (unit === 'week') return dateRange(new Date(from), new Date(Date.parse(to) - 1))
  return bucketName(from, unit === 'month' ? 28 * 86_400 : 86_400)
}

/** "Week 3" */
export function offsetName(offset: number, unit: Unit): string {
  return `${unit.charAt(0).toUpperCase()}${unit.slice(1)} ${offset}`
}

/** "1 week later", "3 weeks later", "in the same week" */
export function laterText(offset: number, unit: Unit): string {
  if (offset === 0) return `in the same ${unit}`
  return `${offset} ${unit}${offset === 1 ? '' : 's'} later`
}

/** "12.1–16.3%" */
export function intervalText({ low, high }: Pick<Average, 'low' | 'high'>): string {
  return `${percent(low).slice(0, -1)}–${percent(high)}`
}

/** "50 of 200 came back 1 week later", "30 of 100 came back 1 week later so far" */
export function cellText(
  { returned, isPartial }: Pick<Cell, 'returned' | 'isPartial'>,
  visitors: number,
  offset: number,
  answer: Pick<VisitorRetention, 'unit' | 'returning'>,
): string {
  const did = answer.returning === 'conversion' ? 'ordered or booked' : 'came back'
  return `${exactNumber(returned)} of ${exactNumber(visitors)} ${did} ${laterText(offset, unitIn(answer))}${isPartial ? ' so far' : ''}`
}

/** The averages that are shown. */
export function averagesOf(answer: VisitorRetention): Average[] {
  return answer.average.filter(({ offset }) => offset > 0 || hasFirstUnit(answer))
}

export function visitorsOf({ cohorts }: Pick<VisitorRetention, 'cohorts'>): number {
  return cohorts.reduce((sum, { visitors }) => sum + visitors, 0)
}

/** Cohorts together, as many units after their first as are over for them. */
export function togetherAt(cohorts: readonly Cohort[], offset: number): Proportion {
  const over = cohorts.filter((cohort) => cellOf(cohort, offset)?.isPartial === false)
  return {
    count: over.reduce((sum, { returned }) => sum + (returned[offset] ?? 0), 0),
    total: over.reduce((sum, { visitors }) => sum + visitors, 0),
  }
}

/** Offsets that are named at the top of the page, of those with an average. */
const HEADLINES: Record<Unit, readonly number[]> = {
  day: [0, 1, 3, 7, 14, 30],
  week: [0, 1, 2, 4, 8, 12],
  month: [0, 1, 2, 3, 6, 12],
}
const HEADLINES_SHOWN = 4

export function headlinesOf(answer: VisitorRetention, unit: Unit): Average[] {
  return averagesOf(answer)
    .filter(({ offset }) => HEADLINES[unit].includes(offset))
    .slice(0, HEADLINES_SHOWN)
}

/** The grid as a table, for a file: visitors who returned, as numbers. */
export function gridSheet(answer: VisitorRetention): ChartTable {
  const offsets = offsetsOf(answer)
  return {
    name: 'visitor-retention',
    header: ['cohort', 'visitors', ...offsets.map((offset) => `${answer.unit}_${offset}`)],
    rows: answer.cohorts.map((cohort) => [
      keyOf(cohort),
      cohort.visitors,
      ...offsets.map((offset) => cohort.returned[offset] ?? null),
    ]),
  }
}

/** The averages as a table. */
export function curveSheet(answer: VisitorRetention, unit: Unit): ChartTable {
  return {
    name: 'visitor-retention-average',
    header: [UNIT_HEADERS[unit], 'Share', 'From', 'To', 'Visitors'],
    rows: averagesOf(answer).map(({ offset, share, low, high, visitors }) => [
      offsetName(offset, unit),
      percent(share),
      percent(low),
      percent(high),
      visitors,
    ]),
  }
}

export const UNIT_HEADERS: Record<Unit, string> = { day: 'Day', week: 'Week', month: 'Month' }
