// The periods usage is asked for: calendar months first, because that is what is charged; pure, by the project's clock.
import { instant, isInstant, type Range } from '../../lib/period'
import { dateRange, periodRange } from '../../lib/time'
import { startOfDay, startOfMonth } from '../../lib/zone'

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

/** Keeps what is meaningful of untrusted search parameters. */
export function parsePeriod({ span, from, to }: Record<string, unknown>): BillingPeriod {
  if (isInstant(from) && isInstant(to) && Date.parse(from) < Date.parse(to)) return { from, to }
  const name = PERIODS.find((known) => known === span)
  return name && name !== 'this_month' ? { span: name } : {}
}

/** The instants a period means at `now`. The present month and day are whole, so that a chart ends with its day. */
export function resolvePeriod({ span = 'this_month', from, to }: BillingPeriod, now: number): Range {
  if (from && to) return { from, to }
  const tomorrow = startOfDay(now, 1)
  const range = (start: number, end = tomorrow) => ({ from: instant(start), to: instant(end) })
  switch (span) {
    case 'this_month':
      return range(startOfMonth(now, 0))
    case 'last_month':
      return range(startOfMonth(now, -1), startOfMonth(now, 0))
    case '30d':
      return range(startOfDay(now, -29))
    case '90d':
      return range(startOfDay(now, -89))
    case '12m':
      return range(startOfMonth(now, -11))
  }
}

/** The period to compare with: the month before up to the same day, else the same length before. */
export function periodBefore(search: BillingPeriod, now: number): Range {
  const { from, to } = resolvePeriod(search, now)
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const isMonthly = !search.from && ['this_month', 'last_month'].includes(search.span ?? 'this_month')
  if (!isMonthly) return { from: instant(2 * start - end), to: from }
  const before = startOfMonth(start, -1)
  const isWhole = search.span === 'last_month'
  return { from: instant(before), to: instant(isWhole ? start : Math.min(start, before + (end - start))) }
}

/** Since when a project's calls are known: since its first call, which may be older than the project, or its creation. */
export function callsKnownSince(createdAt: string | undefined, firstCallAt: string | null | undefined): number | null {
  const times = [createdAt, firstCallAt].flatMap((at) => (at ? [Date.parse(at)] : []))
  return times.length === 0 ? null : Math.min(...times)
}

/** Why a period is not compared with the one before: that is known in part, or not at all. */
export function comparisonGap(search: BillingPeriod, knownSince: number | null, now: number): string | null {
  if (knownSince === null || knownSince <= Date.parse(periodBefore(search, now).from)) return null
  const day = new Date(knownSince)
  return `No comparison: calls are known since ${dateRange(day, day)}.`
}

export function periodName(search: BillingPeriod): string {
  if (search.from && search.to) return periodRange(new Date(search.from), new Date(search.to))
  return PERIOD_LABELS[search.span ?? 'this_month']
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** "2026-11" → "November 2026" */
export function monthName(month: string): string {
  const [year = '', number = ''] = month.split('-')
  return `${MONTHS[Number(number) - 1] ?? month} ${year}`
}
