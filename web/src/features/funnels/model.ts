// The funnels page's state in the URL, and what is asked for it; pure.
import type { components } from '../../api/schema.gen'
import { type AnalysisSearch, analysisOf, parseAnalysis, toQuery } from '../../lib/analysis'
import { areComplete, type Outcome, parseSteps, type Step, stepRequest, stepsText } from './steps'

type Schemas = components['schemas']
export type FunnelRequest = Schemas['FunnelRequest']

export const WINDOWS = ['1h', '1d', '7d', '30d'] as const
export type Window = (typeof WINDOWS)[number]
const WINDOW_SECONDS: Record<Window, number> = { '1h': 3_600, '1d': 86_400, '7d': 604_800, '30d': 2_592_000 }
export const WINDOW_LABELS: Record<Window, string> = { '1h': '1 hour', '1d': '1 day', '7d': '7 days', '30d': '30 days' }

export const ORDERS = ['ordered', 'strict', 'any'] as const satisfies readonly Schemas['FunnelOrderName'][]
export type Order = (typeof ORDERS)[number]
export const ORDER_LABELS: Record<Order, string> = { ordered: 'In order', strict: 'Strictly', any: 'Any order' }
export const ORDER_HELP: Record<Order, string> = {
  ordered: 'One step after the other. What people do in between does not matter.',
  strict: 'One step directly after the other: no other page, and no other step of this funnel, in between.',
  any: 'The steps may happen in any order. It counts how many different ones somebody took.',
}

export const UNITS = ['visitor', 'session'] as const satisfies readonly Schemas['FunnelUnitName'][]
export type Unit = (typeof UNITS)[number]
export const UNIT_LABELS: Record<Unit, string> = { visitor: 'Visitors', session: 'Sessions' }
export const UNIT_HELP: Record<Unit, string> = {
  visitor: 'Each person once, also when their steps are in several visits.',
  session: 'Each visit once: all steps must happen in the same visit.',
}

export const BREAKDOWNS = [
  'device',
  'browser',
  'os',
  'country',
  'utm_source',
  'utm_campaign',
] as const satisfies readonly Schemas['FunnelBreakdownName'][]
export type Breakdown = (typeof BREAKDOWNS)[number]
export const BREAKDOWN_LABELS: Record<Breakdown, string> = {
  device: 'Device',
  browser: 'Browser',
  os: 'Operating system',
  country: 'Country',
  utm_source: 'UTM source',
  utm_campaign: 'UTM campaign',
}

export const DEFAULTS = { within: '1d', order: 'ordered', unit: 'visitor' } as const

/** Search parameters of the page; a default is left out of the URL. */
export type FunnelSearch = AnalysisSearch & {
  steps?: string
  within?: Window
  order?: Order
  unit?: Unit
  by?: Breakdown
  /** The step whose dropped sessions are listed, from 0. */
  dropped?: number
}

/** Keeps what is meaningful of untrusted search parameters and drops the rest. */
export function parseFunnelSearch(search: Record<string, unknown>): FunnelSearch {
  const parsed: FunnelSearch = parseAnalysis(search)
  const steps = parseSteps(search.steps)
  if (steps.length > 0) parsed.steps = stepsText(steps)
  const within = WINDOWS.find((name) => name === search.within)
  if (within && within !== DEFAULTS.within) parsed.within = within
  const order = ORDERS.find((name) => name === search.order)
  if (order && order !== DEFAULTS.order) parsed.order = order
  const unit = UNITS.find((name) => name === search.unit)
  if (unit && unit !== DEFAULTS.unit) parsed.unit = unit
  const by = BREAKDOWNS.find((name) => name === search.by)
  if (by) parsed.by = by
  const dropped =
    typeof search.dropped === 'string' && /^\d$/.test(search.dropped) ? Number(search.dropped) : search.dropped
  if (typeof dropped === 'number' && Number.isInteger(dropped) && dropped >= 0 && dropped + 1 < steps.length)
    parsed.dropped = dropped
  return parsed
}

export function stepsOf(search: FunnelSearch): Step[] {
  return parseSteps(search.steps)
}

/** Other steps are another funnel: a list of dropped sessions is closed. */
export function withSteps(search: FunnelSearch, steps: readonly Step[]): FunnelSearch {
  const { dropped: _dropped, ...rest } = search
  return parseFunnelSearch({ ...rest, steps: stepsText(steps) })
}

export function withOption(
  search: FunnelSearch,
  option: Partial<Record<'within' | 'order' | 'unit' | 'by', string>>,
): FunnelSearch {
  const { dropped: _dropped, ...rest } = search
  return parseFunnelSearch({ ...rest, ...option })
}

export function withDropped(search: FunnelSearch, dropped: number | undefined): FunnelSearch {
  const { dropped: _old, ...rest } = search
  return parseFunnelSearch({ ...rest, dropped })
}

export function isAskable(search: FunnelSearch): boolean {
  return areComplete(stepsOf(search))
}

/** What makes a funnel another one, besides period and filters. */
export function funnelKey({ steps, within, order, unit, by }: FunnelSearch) {
  return { steps, within, order, unit, by }
}

/** The body of the question, with the period resolved at `now`. */
export function funnelBody(search: FunnelSearch, now: number): FunnelRequest {
  return {
    ...toQuery(analysisOf(search), now),
    steps: stepsOf(search).map(stepRequest),
    window_seconds: WINDOW_SECONDS[search.within ?? DEFAULTS.within],
    order: search.order ?? DEFAULTS.order,
    unit: search.unit ?? DEFAULTS.unit,
    ...(search.by ? { breakdown: search.by } : {}),
  }
}

/** The same, with the sessions that dropped at a step; without a breakdown, which the list does not show. */
export function droppedBody(search: FunnelSearch, step: number, limit: number, now: number): FunnelRequest {
  const { by: _by, ...whole } = search
  return { ...funnelBody(whole, now), dropped_at: step, limit }
}

const PAGES_WITH_OUTCOME = 2
const PAGES_ALONE = 3

export type Suggestion = { key: string; title: string; steps: Step[] }

/** Ready-made funnels: the most viewed pages, and what was bought at their end. */
export function suggestionsOf(paths: readonly string[], outcomes: readonly Outcome[]): Suggestion[] {
  const pages = (count: number) => paths.slice(0, count).map((value): Step => ({ kind: 'page', value }))
  const titles: Record<Outcome, string> = {
    order: 'From your most viewed pages to an order',
    booking: 'From your most viewed pages to a booking',
  }
  const bought = outcomes.map(
    (kind): Suggestion => ({ key: kind, title: titles[kind], steps: [...pages(PAGES_WITH_OUTCOME), { kind }] }),
  )
  const found =
    bought.length > 0 ? bought : [{ key: 'pages', title: 'Through your most viewed pages', steps: pages(PAGES_ALONE) }]
  return found.filter(({ steps }) => areComplete(steps))
}
