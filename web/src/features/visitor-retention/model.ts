// The retention page's state in the URL, and what is asked for it; pure.
import {
  type AnalysisSearch,
  activeFilters,
  parseAnalysis,
  textOf,
  toQuery,
  withFilters,
  withIncluded,
} from '../../lib/analysis'
import { BREAKDOWNS, type Breakdown } from '../../lib/breakdowns'
import { DIMENSIONS, type Dimension, levelOf, writeFilters } from '../../lib/filters'

export const UNITS = ['day', 'week', 'month'] as const
export type Unit = (typeof UNITS)[number]
export const UNIT_LABELS: Record<Unit, string> = { day: 'Days', week: 'Weeks', month: 'Months' }

/** The unit of an answer, which may be an older one than the address asks for. */
export function unitIn({ unit }: { unit: string }): Unit {
  return UNITS.find((name) => name === unit) ?? 'day'
}

export const ACTIONS = ['visit', 'conversion'] as const
export type Action = (typeof ACTIONS)[number]
export const FIRST_LABELS: Record<Action, string> = { visit: 'First visit', conversion: 'First order or booking' }
export const RETURN_LABELS: Record<Action, string> = { visit: 'Visited again', conversion: 'Ordered or booked' }

/** What two groups differ in: when they came first, or a filter. */
export const COMPARISONS = ['cohort', 'device', 'browser', 'os', 'country'] as const
export type Comparison = (typeof COMPARISONS)[number]
export type SegmentDimension = Exclude<Comparison, 'cohort'>
export const COMPARISON_LABELS: Record<Comparison, string> = {
  cohort: 'Two cohorts',
  device: 'Two devices',
  browser: 'Two browsers',
  os: 'Two operating systems',
  country: 'Two countries',
}

/** Compared first where nothing is chosen. */
const USUAL: Record<Comparison, readonly [string?, string?]> = {
  cohort: [],
  device: ['mobile', 'desktop'],
  browser: ['Chrome', 'Safari'],
  os: ['Android', 'iOS'],
  country: [],
}

/** Search parameters of the page; a default is left out of the URL. */
export type RetentionSearch = AnalysisSearch & {
  /** Chosen; else it goes with the period. */
  unit?: Unit
  first?: 'conversion'
  returning?: 'conversion'
  compare?: Comparison
  /** The groups compared: cohorts by their first day, or values of the filter. */
  a?: string
  b?: string
  /** The value of their first visit that visitors are grouped by. */
  by?: Breakdown
  /** Of `by`: only visitors with this value; empty: only those without one. */
  value?: string
  /** Units after the first at which groups are compared. */
  at?: number
  /** The cell whose figures stay open: the cohort's first day and the offset, `2026-11-02.1`. */
  open?: string
}

/** Filters of all pages that are of pages, sessions or friction, and choose no visitors. */
export const UNUSED: readonly Dimension[] = DIMENSIONS.filter((name) => levelOf(name) !== 'event' || name === 'path')

/** Keeps what is meaningful of untrusted search parameters and drops the rest. */
export function parseRetentionSearch(search: Record<string, unknown>): RetentionSearch {
  const parsed: RetentionSearch = parseAnalysis(search)
  const unit = UNITS.find((name) => name === search.unit)
  if (unit) parsed.unit = unit
  if (search.first === 'conversion') parsed.first = 'conversion'
  if (search.returning === 'conversion') parsed.returning = 'conversion'
  const compare = COMPARISONS.find((name) => name === search.compare)
  if (compare) {
    parsed.compare = compare
    for (const name of ['a', 'b'] as const) {
      const value = search[name]
      if (typeof value === 'string' && value.trim() !== '' && (compare !== 'cohort' || isDay(value)))
        parsed[name] = value.trim()
    }
  }
  const by = BREAKDOWNS.find((name) => name === search.by)
  if (by) {
    parsed.by = by
    const value = search.value === '' ? '' : textOf(search.value)
    if (value !== undefined) parsed.value = value
    const at = Number(search.at ?? Number.NaN)
    if (Number.isInteger(at) && at >= 0) parsed.at = at
  }
  if (typeof search.open === 'string' && /^\d{4}-\d\d-\d\d\.\d{1,3}$/.test(search.open)) parsed.open = search.open
  return parsed
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text)
}

/** A cell, cohorts or a time of other units mean nothing; what is compared stays where it is a filter. */
export function withOption(
  search: RetentionSearch,
  option: { [K in 'unit' | 'first' | 'returning']?: string },
): RetentionSearch {
  const { open: _open, at: _at, ...rest } = search
  const changed = { ...rest, ...option }
  return parseRetentionSearch(search.compare === 'cohort' ? { ...changed, a: undefined, b: undefined } : changed)
}

/** Another comparison, of groups that are often compared; or none. */
export function withComparison(search: RetentionSearch, compare: Comparison | undefined): RetentionSearch {
  const { compare: _compare, a: _a, b: _b, ...rest } = search
  if (!compare) return rest
  const [a, b] = USUAL[compare]
  return { ...rest, compare, ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) }
}

/** Other groups, of all visitors; or none. */
export function withBy(search: RetentionSearch, by: Breakdown | undefined): RetentionSearch {
  const { by: _by, value: _value, at, open: _open, ...rest } = search
  return by ? { ...rest, by, ...(at === undefined ? {} : { at }) } : rest
}

/** Only the visitors of one group; or of all. */
export function withValue(search: RetentionSearch, value: string | undefined): RetentionSearch {
  const { value: _value, open: _open, ...rest } = search
  return value === undefined ? rest : { ...rest, value }
}

export function withGroup(search: RetentionSearch, name: 'a' | 'b', value: string): RetentionSearch {
  const { [name]: _old, ...rest } = search
  return value === '' ? rest : { ...rest, [name]: value }
}

export function withOpen(search: RetentionSearch, open: string | undefined): RetentionSearch {
  const { open: _old, ...rest } = search
  return open === undefined ? rest : { ...rest, open }
}

const DAY = 86_400_000

/** The unit that makes a readable number of cohorts of a period. */
export function unitOf(search: RetentionSearch): Unit {
  if (search.unit) return search.unit
  const { from, to, period } = search
  if (from && to) {
    const days = (Date.parse(to) - Date.parse(from)) / DAY
    return days <= 14 ? 'day' : days <= 120 ? 'week' : 'month'
  }
  return period === '30d' || period === '90d' ? 'week' : 'day'
}

function usableOf(search: RetentionSearch) {
  return activeFilters(search).filter(({ dimension }) => !UNUSED.includes(dimension))
}

/** What narrows it: the key of the question. */
export function scopeOf(search: RetentionSearch): AnalysisSearch {
  const { vs: _vs, ...scope } = withFilters(withIncluded(search, 'answered', false), usableOf(search))
  return scope
}

export function optionsOf(search: RetentionSearch) {
  const { first = 'visit', returning = 'visit', by, value } = search
  return { unit: unitOf(search), first, returning, by, value } as const
}

/** The question of one of two segments: the same with its filter, and without groups, which take longer. */
export function segmentOf(search: RetentionSearch, dimension: SegmentDimension, value: string): RetentionSearch {
  const segment = parseRetentionSearch({ ...search, [dimension]: value })
  return segment.value === undefined ? withBy(segment, undefined) : segment
}

/** The parameters of the question, with the period resolved at `now`. */
export function retentionParams(search: RetentionSearch, now: number) {
  const { unit, first, returning, by, value } = optionsOf(search)
  // The question has no parameter for a city.
  const { city, filters, ...scope } = toQuery(scopeOf(search), now)
  const others = [filters, city && writeFilters([{ dimension: 'city', operator: 'is', values: [city] }])]
    .filter(Boolean)
    .join(';')
  return {
    ...scope,
    ...(others ? { filters: others } : {}),
    unit,
    first,
    return: returning,
    ...(by ? { by } : {}),
    ...(value === undefined ? {} : { value }),
  }
}

export function hasFilters(search: RetentionSearch): boolean {
  return search.value !== undefined || usableOf(search).length > 0
}

export function withoutFilters(search: RetentionSearch): RetentionSearch {
  const {
    browser: _browser,
    os: _os,
    device: _device,
    country: _country,
    city: _city,
    filters: _filters,
    value: _value,
    ...rest
  } = search
  return rest
}

/** The search of the sessions page for all sessions of a unit of time, of the same segment. */
export function sessionsOf(search: RetentionSearch, { from, to }: { from: string; to: string }): AnalysisSearch {
  const { period: _period, ...scope } = scopeOf(search)
  return { ...scope, from, to }
}
