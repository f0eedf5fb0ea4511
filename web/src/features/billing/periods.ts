// The periods usage is asked for: months first, because that is what is charged; pure, by the project's clock.
import { instant, isInstant, type Range } from '../../lib/period'
import { dateRange, periodRange } from '../../lib/time'
import { daysEarlier, dayText, monthsEarlier, startOfDay } from '../../lib/zone'
import { type MonthBounds, type MonthInstants, monthBounds, monthOf, shiftMonth } from './months'

export const PERIODS = ['this_month', 'last_month', '30d', '90d', '12m'] as const
export type PeriodName = (typeof PERIODS)[number]
export type BillingPeriod = { span?: PeriodName; from?: string; to?: string }

export const PERIOD_LABELS: Record<PeriodName, string> = {
  this_month: 'This month',
  last_month: 'Last month',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  '12m': 'Last 12 months',
}

const MINUTE = 60_000
const DAY = 86_400_000

/** Keeps what is meaningful of untrusted search parameters. */
export function parsePeriod({ span, from, to }: Record<string, unknown>): BillingPeriod {
  if (isInstant(from) && isInstant(to) && Date.parse(from) < Date.parse(to)) return { from, to }
  const name = PERIODS.find((known) => known === span)
  return name && name !== 'this_month' ? { span: name } : {}
}

/** The instants a period means at `now`. The present month and day are whole, so that a chart ends with its day. */
export function resolvePeriod(
  { span = 'this_month', from, to }: BillingPeriod,
  now: number,
  closed: readonly MonthInstants[],
): Range {
  if (from && to) return { from, to }
  switch (span) {
    case 'this_month':
      return lastMonths(1, now, closed)
    case 'last_month': {
      const { start, end } = monthBounds(shiftMonth(monthOf(now, closed), -1), closed)
      return { from: instant(start), to: instant(end) }
    }
    case '30d':
      return { from: instant(startOfDay(now, -29)), to: instant(startOfDay(now, 1)) }
    case '90d':
      return { from: instant(startOfDay(now, -89)), to: instant(startOfDay(now, 1)) }
    case '12m':
      return lastMonths(12, now, closed)
  }
}

/** So many months, the present one up to the end of today. */
export function lastMonths(count: number, now: number, closed: readonly MonthInstants[]): Range {
  const running = monthOf(now, closed)
  const { start } = monthBounds(shiftMonth(running, 1 - count), closed)
  return { from: instant(start), to: instant(Math.min(startOfDay(now, 1), monthBounds(running, closed).end)) }
}

/** Whether the closed months have to be known to resolve it. */
export function isOfMonths({ span = 'this_month', from, to }: BillingPeriod): boolean {
  return !(from && to) && span !== '30d' && span !== '90d'
}

/**
 * The period to compare with. Both end at the same local time of day, this one now: months are compared with those before
 * up to the same day, twelve with the same ones a year earlier, and days with as many whole days right before.
 */
export function periodBefore(search: BillingPeriod, now: number, closed: readonly MonthInstants[]): Range {
  const range = resolvePeriod(search, now, closed)
  const [start, to] = [Date.parse(range.from), Date.parse(range.to)]
  const end = start > now ? to : Math.min(to, Math.max(now, start + MINUTE))
  const before = isOfMonths(search)
    ? monthsBefore(start, end, monthOf(to - 1, closed), search.span === '12m' ? 12 : 1, closed)
    : daysBefore(start, end, to)
  return { from: instant(before.start), to: instant(before.end) }
}

function monthsBefore(
  start: number,
  end: number,
  last: string,
  months: number,
  closed: readonly MonthInstants[],
): MonthBounds {
  const from = monthBounds(shiftMonth(monthOf(start, closed), -months), closed).start
  const whole = monthBounds(shiftMonth(last, -months), closed).end
  const isWhole = end === monthBounds(last, closed).end
  const until = isWhole ? whole : Math.min(whole, monthsEarlier(end, months))
  // Beside a month that was closed in another zone, it may begin later on its first day.
  return { start: from, end: until > from ? until : Math.min(whole, from + (end - start)) }
}

/** `end` is what has passed of it, `to` the end of its last day. */
function daysBefore(start: number, end: number, to: number): MonthBounds {
  const dates = (Date.parse(dayText(to)) - Date.parse(dayText(start))) / DAY
  const days = daysEarlier(to, dates) > start ? dates + 1 : dates
  const [from, until] = [daysEarlier(start, days), Math.min(start, daysEarlier(end, days))]
  // It ends in an hour that clocks showed twice, or never.
  return { start: from, end: until > from ? until : Math.min(start, from + (end - start)) }
}

/** Since when a project's calls are known: since its first call, which may be older than the project, or its creation. */
export function callsKnownSince(createdAt: string | undefined, firstCallAt: string | null | undefined): number | null {
  const times = [createdAt, firstCallAt].flatMap((at) => (at ? [Date.parse(at)] : []))
  return times.length === 0 ? null : Math.min(...times)
}

/** Why a period is not compared with the one before: that is known in part, or not at all. */
export function comparisonGap(
  search: BillingPeriod,
  knownSince: number | null,
  now: number,
  closed: readonly MonthInstants[],
): string | null {
  if (knownSince === null || knownSince <= Date.parse(periodBefore(search, now, closed).from)) return null
  const day = new Date(knownSince)
  return `No comparison: calls are known since ${dateRange(day, day)}.`
}

export function periodName(search: BillingPeriod): string {
  if (search.from && search.to) return periodRange(new Date(search.from), new Date(search.to))
  return PERIOD_LABELS[search.span ?? 'this_month']
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "2026-11" → "November 2026" */
export function monthName(month: string): string {
  const [year = '', number = ''] = month.split('-')
  return `${MONTHS[Number(number) - 1] ?? month} ${year}`
}
