// The state of the filter bar: what a URL's search parameters mean, and how changes to it become new parameters.
import { type Dimension, type Filter, filterOf, levelOf, parseFilters, writeFilters } from './filters'
import { isInstant, PRESETS, type Preset, type Range, resolvePreset } from './period'
import type { FrictionKind } from './words'

/** Dimensions with a parameter of their own: one value that a filter names is written there, everything else in `filters`. */
export const OWN_PARAMETERS = [
  'path',
  'selector',
  'error_group',
  'friction_kind',
  'browser',
  'os',
  'device',
  'country',
  'city',
  'entry_path',
  'exit_path',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
] as const satisfies readonly Dimension[]
type OwnParameter = (typeof OWN_PARAMETERS)[number]

/** Search parameters shared by all analytic pages; a default is left out of the URL. */
export type AnalysisSearch = {
  period?: Preset
  from?: string
  to?: string
  bots?: true
  /** With rage clicks that the page answered. */
  answered?: true
  /** What figures are compared with, instead of the period before: nothing, all sessions, or a segment by its filters. */
  vs?: string
} & FilterParameters

type FilterParameters = { [D in Exclude<OwnParameter, 'friction_kind'>]?: string } & {
  friction_kind?: FrictionKind /** All other filters, as `writeFilters` has them. */
  filters?: string
}

/** Of `vs`: no comparison at all; all sessions, whatever their filters. */
export const NO_COMPARISON = 'none'
export const ALL_SESSIONS = 'all'

export const DEFAULT_PERIOD: Preset = '7d'

/** Keeps what is meaningful of untrusted search parameters and drops the rest. */
export function parseAnalysis(search: Record<string, unknown>): AnalysisSearch {
  const parsed: AnalysisSearch = {}
  if (isInstant(search.from) && isInstant(search.to) && Date.parse(search.from) < Date.parse(search.to)) {
    parsed.from = search.from
    parsed.to = search.to
  } else {
    const preset = PRESETS.find((name) => name === search.period)
    if (preset && preset !== DEFAULT_PERIOD) parsed.period = preset
  }
  Object.assign(parsed, filterParameters([...ownFilters(search), ...parseFilters(textOf(search.filters) ?? '')]))
  const vs = textOf(search.vs)
  const others = vs === NO_COMPARISON || vs === ALL_SESSIONS ? vs : writeFilters(parseFilters(vs ?? ''))
  if (others) parsed.vs = others
  for (const name of ['bots', 'answered'] as const) {
    if (search[name] === true || search[name] === 'true') parsed[name] = true
  }
  return parsed
}

/** A text without spaces around it; of a number, as routers read them, its digits. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return String(value).trim() || undefined
}

function ownFilters(search: Record<string, unknown>): Filter[] {
  return OWN_PARAMETERS.flatMap((dimension) => {
    const value = textOf(search[dimension])
    return value === undefined ? [] : (filterOf(dimension, 'is', [value]) ?? [])
  })
}

/** The parameters of filters: the first that names one value of a dimension has its own. */
function filterParameters(filters: readonly Filter[]): FilterParameters {
  const own: { [D in OwnParameter]?: string } = {}
  const others = filters.filter(({ dimension, operator, values: [value, ...more] }) => {
    const name = OWN_PARAMETERS.find((parameter) => parameter === dimension)
    const isOwn =
      name !== undefined && operator === 'is' && more.length === 0 && value !== '' && own[name] === undefined
    if (isOwn && value !== undefined) own[name] = value
    return !isOwn
  })
  return { ...(own as FilterParameters), ...(others.length > 0 ? { filters: writeFilters(others) } : {}) }
}

/** The query parameters the API understands, with the period resolved at `now`. */
export function toQuery(
  search: AnalysisSearch,
  now: number,
): Range & FilterParameters & { include_bots?: boolean; include_answered?: boolean } {
  const range =
    search.from && search.to
      ? { from: search.from, to: search.to }
      : resolvePreset(search.period ?? DEFAULT_PERIOD, now)
  const {
    period: _period,
    from: _from,
    to: _to,
    bots: _bots,
    answered: _answered,
    vs: _vs,
    ...filters
  } = analysisOf(search)
  return {
    ...range,
    ...filters,
    ...(search.bots ? { include_bots: true } : {}),
    ...(search.answered ? { include_answered: true } : {}),
  }
}

/** All filters: those with a parameter of their own first. */
export function activeFilters(search: AnalysisSearch): Filter[] {
  return [...ownFilters(search), ...parseFilters(search.filters ?? '')]
}

/** The values that a filter on the dimension names, where one `is` them. */
export function valuesOf(search: AnalysisSearch, dimension: Dimension): string[] {
  return (
    activeFilters(search).find((filter) => filter.dimension === dimension && filter.operator === 'is')?.values ?? []
  )
}

/** These narrow friction only; with them, other events are not asked for. */
export function narrowsFriction(search: AnalysisSearch): boolean {
  return activeFilters(search).some(({ dimension }) => levelOf(dimension) === 'friction')
}

/** Only the filter bar's part, used to carry it from page to page and as the key of a question. */
export function analysisOf(search: AnalysisSearch): AnalysisSearch {
  return parseAnalysis(search)
}

/** With these filters and no others. */
export function withFilters(search: AnalysisSearch, filters: readonly Filter[]): AnalysisSearch {
  const rest = Object.fromEntries(
    Object.entries(analysisOf(search)).filter(
      ([name]) => name !== 'filters' && !(OWN_PARAMETERS as readonly string[]).includes(name),
    ),
  )
  return parseAnalysis({ ...rest, ...filterParameters(filters) })
}

/** With one value of a dimension, or none, instead of its filters. */
export function withFilter(search: AnalysisSearch, dimension: Dimension, value: string | undefined): AnalysisSearch {
  const others = activeFilters(search).filter((filter) => filter.dimension !== dimension)
  const filter = value === undefined ? undefined : filterOf(dimension, 'is', [value])
  return withFilters(search, filter ? [...others, filter] : others)
}

/** The same period, of everything. */
export function withoutFilters(search: AnalysisSearch): AnalysisSearch {
  return withFilters(search, [])
}

export function withComparison(search: AnalysisSearch, vs: string | undefined): AnalysisSearch {
  return parseAnalysis({ ...analysisOf(search), vs })
}

/** With or without what figures leave out unless it is asked for. */
export function withIncluded(search: AnalysisSearch, name: 'bots' | 'answered', isIncluded: boolean): AnalysisSearch {
  const { [name]: _old, ...rest } = analysisOf(search)
  return isIncluded ? { ...rest, [name]: true } : rest
}

export function withPreset(search: AnalysisSearch, preset: Preset): AnalysisSearch {
  const { from: _from, to: _to, period: _period, ...rest } = analysisOf(search)
  return preset === DEFAULT_PERIOD ? rest : { ...rest, period: preset }
}

export function withRange(search: AnalysisSearch, range: Range): AnalysisSearch {
  const { period: _period, ...rest } = analysisOf(search)
  return { ...rest, ...range }
}
