// The journeys page's state in the URL, and what is asked for it; pure.
import {
  type AnalysisSearch,
  activeFilters,
  analysisOf,
  parseAnalysis,
  textOf,
  toQuery,
  withFilter,
} from '../../lib/analysis'

export const DIRECTIONS = ['forward', 'back'] as const
export type Direction = (typeof DIRECTIONS)[number]
export const DIRECTION_LABELS: Record<Direction, string> = { forward: 'What comes after', back: 'What comes before' }

export const BYS = ['page', 'kind'] as const
export const BY_LABELS: Record<(typeof BYS)[number], string> = { page: 'Single pages', kind: 'Sections of the site' }

export const STEP_COUNTS = [2, 3, 4, 5, 6, 7, 8] as const
export const TOP_COUNTS = [3, 5, 8, 12, 20] as const
export const DEFAULTS = { direction: 'forward', steps: 5, top: 8 } as const

/** Search parameters of the page; a default is left out of the URL. */
export type JourneySearch = AnalysisSearch & {
  direction?: 'back' /** Pages by the first part of their path. */
  by?: 'kind' /** The page that journeys start from, or lead to. */
  start?: string
  steps?: number
  top?: number
}

/** Keeps what is meaningful of untrusted search parameters and drops the rest. */
export function parseJourneySearch(search: Record<string, unknown>): JourneySearch {
  const parsed: JourneySearch = parseAnalysis(search)
  if (search.direction === 'back') parsed.direction = 'back'
  if (search.by === 'kind') parsed.by = 'kind'
  const start = textOf(search.start)
  if (start) parsed.start = start
  const steps = STEP_COUNTS.find((count) => count === Number(search.steps))
  if (steps && steps !== DEFAULTS.steps) parsed.steps = steps
  const top = TOP_COUNTS.find((count) => count === Number(search.top))
  if (top && top !== DEFAULTS.top) parsed.top = top
  return parsed
}

export function withJourney(
  search: JourneySearch,
  change: { [K in 'direction' | 'by' | 'start' | 'steps' | 'top']?: string | number | undefined },
): JourneySearch {
  return parseJourneySearch({ ...search, ...change })
}

/** What makes it another question, besides period and filters. */
export function journeyKey({ direction, by, start, steps, top }: JourneySearch) {
  return { direction, by, start, steps, top }
}

export function scopeOf(search: JourneySearch): AnalysisSearch {
  return analysisOf(search)
}

export function hasFilters(search: JourneySearch): boolean {
  return activeFilters(search).length > 0
}

/** The same period and journeys, of all sessions. */
export function withoutAllFilters({ period, from, to, bots, ...search }: JourneySearch): JourneySearch {
  return parseJourneySearch({ period, from, to, bots, ...journeyKey(search) })
}

/** The parameters of the question, with the period resolved at `now`. */
export function journeyParams(search: JourneySearch, now: number) {
  return {
    ...toQuery(search, now),
    direction: search.direction ?? DEFAULTS.direction,
    ...(search.by === undefined ? {} : { by: search.by }),
    ...(search.start === undefined ? {} : { start: search.start }),
    steps: search.steps ?? DEFAULTS.steps,
    top: search.top ?? DEFAULTS.top,
  }
}

/** The search of the sessions page for a page of a journey: sessions that began or ended there, or that saw it; none for several pages together. */
export function sessionsOf(search: JourneySearch, step: number, path: string): AnalysisSearch | undefined {
  if (search.by === 'kind' && path.endsWith('/*')) return undefined
  const isEdge = step === 0 && search.start === undefined
  const edge = search.direction === 'back' ? 'exit_path' : 'entry_path'
  return withFilter(search, isEdge ? edge : 'path', path)
}
