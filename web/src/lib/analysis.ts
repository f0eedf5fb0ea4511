// The state of the filter bar: what a URL's search parameters mean, and how changes to it become new parameters.
import { KIND_NAMES, type FrictionKind } from './words'
import { isInstant, PRESETS, resolvePreset, type Preset, type Range } from './period'

export const DIMENSIONS = ['path', 'selector', 'error_group', 'friction_kind', 'browser', 'os', 'device', 'country'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export const DIMENSION_LABELS: Record<Dimension, string> = {
  path: 'Page',
  selector: 'Element',
  error_group: 'Error group',
  friction_kind: 'Friction kind',
  browser: 'Browser',
  os: 'Operating system',
  device: 'Device',
  country: 'Country',
}

/** Search parameters shared by all analytic pages; a default is left out of the URL. */
export type AnalysisSearch = {
  period?: Preset
  from?: string
  to?: string
  bots?: true
  /** With rage clicks that the page answered. */
  answered?: true
} & Filters

type Filters = { [D in Exclude<Dimension, 'friction_kind'>]?: string } & { friction_kind?: FrictionKind }

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
  for (const dimension of DIMENSIONS) {
    const value = search[dimension]
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text !== 'string' || text === '') continue
    if (dimension !== 'friction_kind') parsed[dimension] = text
    else Object.assign(parsed, knownKind(text))
  }
  for (const name of ['bots', 'answered'] as const) {
    if (search[name] === true || search[name] === 'true') parsed[name] = true
  }
  return parsed
}

function knownKind(text: string): { friction_kind?: FrictionKind } {
  const kind = KIND_NAMES.find((name) => name === text)
  return kind ? { friction_kind: kind } : {}
}

/** The query parameters the API understands, with the period resolved at `now`. */
export function toQuery(search: AnalysisSearch, now: number): Range & Filters & { include_bots?: boolean; include_answered?: boolean } {
  const range =
    search.from && search.to ? { from: search.from, to: search.to } : resolvePreset(search.period ?? DEFAULT_PERIOD, now)
  const { period: _period, from: _from, to: _to, bots: _bots, answered: _answered, ...filters } = analysisOf(search)
  return { ...range, ...filters, ...(search.bots ? { include_bots: true } : {}), ...(search.answered ? { include_answered: true } : {}) }
}

export function activeFilters(search: AnalysisSearch): { dimension: Dimension; value: string }[] {
  return DIMENSIONS.flatMap((dimension) => {
    const value = search[dimension]
    return value === undefined ? [] : [{ dimension, value }]
  })
}

/** These narrow friction only; with them, other events are not asked for. */
export function narrowsFriction(search: AnalysisSearch): boolean {
  return search.selector !== undefined || search.error_group !== undefined || search.friction_kind !== undefined
}

/** Only the filter bar's part, used to carry it from page to page and as the key of a question. */
export function analysisOf(search: AnalysisSearch): AnalysisSearch {
  return parseAnalysis(search)
}

export function withFilter(search: AnalysisSearch, dimension: Dimension, value: string | undefined): AnalysisSearch {
  const { [dimension]: _old, ...rest } = analysisOf(search)
  return value ? parseAnalysis({ ...rest, [dimension]: value }) : rest
}

/** The same period, of everything. */
export function withoutFilters(search: AnalysisSearch): AnalysisSearch {
  return Object.fromEntries(Object.entries(analysisOf(search)).filter(([name]) => !(DIMENSIONS as readonly string[]).includes(name)))
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
