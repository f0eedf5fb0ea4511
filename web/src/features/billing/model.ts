// Usage as the page shows it, and the page's state in the URL; pure.
import type { components } from '../../api/schema.gen'
import type { Series } from '../../charts/series'
import { toMajor } from '../../lib/money'
import { bucketLabel, periodRange } from '../../lib/time'
import { sentence } from '../../lib/words'
import { dayText, rfc3339, startOfDayText } from '../../lib/zone'
import { firstOfMonth, type MonthInstants, monthBounds, monthOf, shiftMonth } from './months'
import { type BillingPeriod, monthName, parsePeriod } from './periods'

type Schemas = components['schemas']
export type Usage = Schemas['Usage']
export type UsageRow = Schemas['UsageRow']
export type Figures = Schemas['Figures']
export type Adjustment = Schemas['Adjustment']
export type ClosedMonth = Schemas['BillingPeriod']
export type Widget = Schemas['Widget']

export const TABS = ['usage', 'months', 'tariff', 'health', 'widgets'] as const
export type Tab = (typeof TABS)[number]
export const GROUPS = ['day', 'month', 'session'] as const
export type Group = (typeof GROUPS)[number]
export const FIGURES = ['amount', 'calls', 'time', 'inferred', 'errors'] as const
export type FigureName = (typeof FIGURES)[number]

export type BillingSearch = BillingPeriod & {
  tab?: Exclude<Tab, 'usage'>
  group?: Exclude<Group, 'day'>
  figure?: FigureName
  widget?: string
  /** Only sessions whose span is not their talk time. */
  differing?: true
  /** The session whose calls are followed to their events. */
  open?: string
}

export function parseBillingSearch(search: Record<string, unknown>): BillingSearch {
  const parsed: BillingSearch = parsePeriod(search)
  const tab = TABS.find((name) => name === search.tab)
  if (tab && tab !== 'usage') parsed.tab = tab
  const group = GROUPS.find((name) => name === search.group)
  if (group && group !== 'day') parsed.group = group
  const figure = FIGURES.find((name) => name === search.figure)
  if (figure) parsed.figure = figure
  if (typeof search.widget === 'string' && search.widget) parsed.widget = search.widget
  if (parsed.group === 'session' && (search.differing === true || search.differing === 'true')) parsed.differing = true
  if (typeof search.open === 'string' && search.open) parsed.open = search.open
  return parsed
}

export const NO_FIGURES: Figures = {
  calls: 0,
  inferred_calls: 0,
  errors: 0,
  billable_seconds: 0,
  amount_minor: null,
  amount: null,
}

/** The plotted value of a row: time in minutes, money in major units. */
export function figureOf(figure: FigureName, row: Figures, currency: string | null | undefined): number {
  switch (figure) {
    case 'amount':
      return currency ? toMajor(row.amount_minor ?? 0, currency) : 0
    case 'calls':
      return row.calls
    case 'time':
      return row.billable_seconds / 60
    case 'inferred':
      return row.inferred_calls
    case 'errors':
      return row.errors
  }
}

export const MONTH_SECONDS = 30 * 86_400

/** Usage as a series without gaps: the API leaves out days and months without calls. The present one is partial. */
export function usageSeries(
  usage: Usage,
  group: 'day' | 'month',
  figure: FigureName,
  now: number,
  closed: readonly MonthInstants[],
): Series {
  // While the other group is on its way, the rows are still those of the one before.
  const rows = new Map(usage.rows.flatMap((row) => (row[group] ? [[row[group], row]] : [])))
  const [from, until] = [Date.parse(usage.from), Math.min(now, Date.parse(usage.to))]
  const points = bucketNames(usage, group, rows.keys(), closed).map((name) => {
    const { start, end } =
      group === 'day' ? { start: startOfDayText(name), end: startOfDayText(name, 1) } : monthBounds(name, closed)
    const row = rows.get(name)
    // A month that was closed in another zone begins in another month of this one: its name is what labels show.
    const at = new Date(group === 'day' ? start : firstOfMonth(name)).toISOString()
    return {
      at,
      value: row ? figureOf(figure, row, usage.currency) : 0,
      previous: null,
      previousAt: null,
      end,
      isPartial: end > until || start < from,
    }
  })
  return { points, bucketSeconds: group === 'day' ? 86_400 : MONTH_SECONDS, isSum: true }
}

/** The days or months of the period, in order, and those of all rows. */
function bucketNames(
  { from, to }: Usage,
  group: 'day' | 'month',
  known: Iterable<string>,
  closed: readonly MonthInstants[],
): string[] {
  const nameAt = (at: number) => (group === 'day' ? dayText(at) : monthOf(at, closed))
  const after = (name: string) => (group === 'day' ? dayText(startOfDayText(name, 1)) : shiftMonth(name, 1))
  const names = new Set(known)
  const last = nameAt(Date.parse(to) - 1)
  for (let name = nameAt(Date.parse(from)); name <= last; name = after(name)) names.add(name)
  return [...names].sort()
}

/** "Sun 1 Nov", "November 2026": the day or month a row is about. */
export function rowName({ day, month }: Pick<UsageRow, 'day' | 'month'>): string {
  return day ? bucketLabel(new Date(startOfDayText(day)).toISOString(), 86_400) : monthName(month ?? '')
}

/** Which call session a row is about, in the address and in lists. */
export function sessionKey(row: { widget_id?: string | null; session_id?: string | null }): string {
  return `${row.widget_id ?? ''}/${row.session_id ?? ''}`
}

export function readSessionKey(key: string): { widgetId: string; sessionId: string } {
  const cut = key.indexOf('/')
  return { widgetId: key.slice(0, cut), sessionId: key.slice(cut + 1) }
}

/** How a session's calls ended, in a word. */
export function endOf(row: UsageRow): 'open' | 'inferred' | 'error' | 'real' {
  if (!row.ended_at) return 'open'
  if (row.inferred_calls > 0) return 'inferred'
  return row.errors > 0 ? 'error' : 'real'
}

export function hasAdjustments(figures: Figures): boolean {
  return (
    figures.calls !== 0 ||
    figures.billable_seconds !== 0 ||
    figures.inferred_calls !== 0 ||
    figures.errors !== 0 ||
    (figures.amount_minor ?? 0) !== 0
  )
}

const DIFFERENCES: Record<string, string> = {
  several_calls: 'Several calls: the session span includes the time between them',
  call_error: 'A call failed: the session span does not count an error as an end',
  repeated_end: 'Several ends were sent: talk time uses the first, the session span the last',
  late_heartbeat: 'A heartbeat arrived late: talk time ends there, the session span at the inferred end',
  end_before_start: 'The end is before the start: a clock was wrong',
  unknown: 'Unknown: stored by an older version',
}

/** Why a session's span is not its talk time. */
export function differenceText(reason: string): string {
  return DIFFERENCES[reason] ?? sentence(reason)
}

const REASONS: Record<string, [label: string, help: string]> = {
  late_call: ['Late call', 'The call arrived after its month was closed.'],
  late_end: ['Late end', 'The end of an open call arrived after its month was closed.'],
  real_end_supersedes_inferred: ['Real end received', 'The real end arrived and replaced the inferred end.'],
  inferred_end: ['Inferred end', 'The page sent no end. It was inferred after the month was closed.'],
  late_evidence: ['End moved', 'A late heartbeat, end or call changed the end of this call.'],
}

export function adjustmentReason(reason: string): { label: string; help: string } {
  const [label, help] = REASONS[reason] ?? [sentence(reason), '']
  return { label, help }
}

export type MonthLine = {
  month: string
  figures: Figures
  adjustments: Figures | null
  currency: string | null
  closedAt: string | null
  state: 'closed' | 'open' | 'running'
  /** From when to when it is billed, where that is not from midnight to midnight of the project's zone. */
  bounds: string | null
}

/** The months with usage and the closed ones as one list, latest first. The running month cannot be closed yet. */
export function monthLines(closed: ClosedMonth[], usage: Usage | undefined, now: number): MonthLine[] {
  const lines = new Map<string, MonthLine>()
  const running = monthOf(now, closed)
  const bounds = (month: string) => unusualBounds(month, closed)
  for (const row of usage?.rows ?? []) {
    const month = row.month ?? ''
    lines.set(month, {
      month,
      figures: row,
      adjustments: row.adjustments,
      currency: usage?.currency ?? null,
      closedAt: null,
      state: month >= running ? 'running' : 'open',
      bounds: bounds(month),
    })
  }
  for (const period of closed) {
    const known = lines.get(period.month)
    lines.set(period.month, {
      month: period.month,
      figures: period,
      adjustments: known?.adjustments ?? null,
      currency: period.currency,
      closedAt: period.closed_at,
      state: 'closed',
      bounds: bounds(period.month),
    })
  }
  return [...lines.values()].sort((a, b) => b.month.localeCompare(a.month))
}

function unusualBounds(month: string, closed: ClosedMonth[]): string | null {
  const { start, end } = monthBounds(month, closed)
  const isUsual = start === firstOfMonth(month) && end === firstOfMonth(shiftMonth(month, 1))
  return isUsual ? null : periodRange(new Date(start), new Date(end))
}

/** The months as they are downloaded. */
export function monthSheet(lines: MonthLine[]) {
  return {
    name: 'footfall-months',
    header: [
      'Month',
      'Status',
      'Closed at',
      'Calls',
      'Inferred ends',
      'Failed calls',
      'Billable seconds',
      'Amount',
      'Currency',
      'Adjustments',
    ],
    rows: lines.map(({ month, state, closedAt, figures, adjustments, currency }) => [
      month,
      state,
      closedAt && rfc3339(Date.parse(closedAt)),
      figures.calls,
      figures.inferred_calls,
      figures.errors,
      figures.billable_seconds,
      figures.amount ?? null,
      currency,
      adjustments?.amount ?? null,
    ]),
  }
}
