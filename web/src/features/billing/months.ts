// When each month is billed from and to. Months begin by the project's clock, but a closed one keeps its instants and its neighbours reach up to it, whatever the zone became; pure.
import { dayText, startOfDayText } from '../../lib/zone'
import type { ClosedMonth } from './model'

/** What is known of a closed month here: its name and its instants. */
export type MonthInstants = Pick<ClosedMonth, 'month' | 'starts_at' | 'ends_at'>

export type MonthBounds = { start: number; end: number }

/** The first instant of a month ("2026-11"), and the first after it. */
export function monthBounds(month: string, closed: readonly MonthInstants[]): MonthBounds {
  const closedAs = (name: string) => closed.find((known) => known.month === name)
  const own = closedAs(month)
  if (own) return { start: Date.parse(own.starts_at), end: Date.parse(own.ends_at) }
  const [before, after] = [closedAs(shiftMonth(month, -1)), closedAs(shiftMonth(month, 1))]
  return {
    start: before ? Date.parse(before.ends_at) : firstOfMonth(month),
    end: after ? Date.parse(after.starts_at) : firstOfMonth(shiftMonth(month, 1)),
  }
}

/** The month that calls are billed in which start at an instant. */
export function monthOf(at: number, closed: readonly MonthInstants[]): string {
  const own = closed.find(({ starts_at, ends_at }) => Date.parse(starts_at) <= at && at < Date.parse(ends_at))
  if (own) return own.month
  const month = dayText(at).slice(0, 7)
  const { start, end } = monthBounds(month, closed)
  return at < start ? shiftMonth(month, -1) : at >= end ? shiftMonth(month, 1) : month
}

/** "2026-11" and 2: "2027-01" */
export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** The first instant of a month by the project's clock. */
export function firstOfMonth(month: string): number {
  return startOfDayText(`${month}-01`)
}
