// The SQL page's state in the URL, and the statements it begins with; pure.
import type { components } from '../../api/schema.gen'
import type { TypedValues } from './parameters'

type Schemas = components['schemas']
export type SqlAnswer = Schemas['SqlAnswer']
export type SqlColumn = Schemas['SqlColumn']
export type SqlSchema = Schemas['SqlSchema']
export type SavedQuestion = Schemas['SavedQuestion']
export type ChartShape = Schemas['SavedQuestionChartShape']
export type ChartSettings = Schemas['SavedQuestionChart']

/** A longer statement stays on this device: addresses are cut by what passes them on. */
export const MAX_IN_ADDRESS = 1_500

export const LIMITS = [100, 1_000, 10_000] as const
export type Limit = (typeof LIMITS)[number]
export const DEFAULT_LIMIT: Limit = 1_000
/** Rows of a CSV file: the most that the server answers. */
export const CSV_ROWS = 100_000

const SHAPES = ['line', 'bar'] as const satisfies readonly ChartShape[]
export const MAX_Y = 6

/** Search parameters of the page; a default is left out of the URL. */
export type SqlSearch = {
  /** The id of a saved question. */
  q?: string
  /** The statement, where it is short and not the saved one. */
  sql?: string
  /** The statement is remembered on this device. */
  draft?: true
  /** Values of parameters, as "type:text". */
  p?: TypedValues
  limit?: Limit
  /** The answer is drawn; columns that are left out are chosen by the answer. */
  chart?: ChartShape
  x?: string
  y?: string[]
  series?: string
  /** A table, although the question was saved with a chart. */
  table?: true
  /** The run of the saved question whose answer is shown. */
  run?: string
  /** That answer is compared with the one before. */
  compare?: true
}

const ID = /^[0-9a-f-]{36}$/i

/** Keeps what is meaningful of untrusted search parameters and drops the rest. */
export function parseSqlSearch(search: Record<string, unknown>): SqlSearch {
  const parsed: SqlSearch = {}
  const [q, sql, x, series] = [textOf(search.q), textOf(search.sql), textOf(search.x), textOf(search.series)]
  if (q && ID.test(q)) parsed.q = q
  if (sql) parsed.sql = sql
  if (search.draft === true || search.draft === 'true') parsed.draft = true
  const typed = typedOf(search.p)
  if (Object.keys(typed).length > 0) parsed.p = typed
  const limit = LIMITS.find((known) => known === Number(search.limit))
  if (limit && limit !== DEFAULT_LIMIT) parsed.limit = limit
  const chart = SHAPES.find((shape) => shape === search.chart)
  if (chart) parsed.chart = chart
  if (x) parsed.x = x
  const y = (Array.isArray(search.y) ? search.y : [search.y]).map(textOf).filter((name) => name !== undefined)
  if (y.length > 0) parsed.y = y.slice(0, MAX_Y)
  if (series) parsed.series = series
  if (!chart && (search.table === true || search.table === 'true')) parsed.table = true
  const run = textOf(search.run)
  if (parsed.q && run && ID.test(run)) parsed.run = run
  if (parsed.run && (search.compare === true || search.compare === 'true')) parsed.compare = true
  return parsed
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function typedOf(value: unknown): TypedValues {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** The search with another statement: in the address if it is short, nowhere if it is the saved one, else on this device. */
export function withStatement(search: SqlSearch, statement: string, saved: string | undefined): SqlSearch {
  const { sql: _sql, draft: _draft, ...rest } = search
  if (statement === (saved ?? '')) return rest
  if (statement !== '' && statement.length <= MAX_IN_ADDRESS) return { ...rest, sql: statement }
  return { ...rest, draft: true }
}

/** The search that shows the answer of a run; none: that of the statement. */
export function withRun({ run: _run, compare: _compare, ...rest }: SqlSearch, run?: string): SqlSearch {
  return run === undefined ? rest : { ...rest, run }
}

/** The chart that is drawn: of the address, else the one that was saved. */
export function chosenChart(
  search: SqlSearch,
  saved: ChartSettings | null | undefined,
): (Partial<ChartSettings> & { shape: ChartShape }) | undefined {
  if (search.table) return undefined
  if (!search.chart) return saved ?? undefined
  return {
    shape: search.chart,
    ...(search.x ? { x: search.x } : {}),
    ...(search.y ? { y: search.y } : {}),
    ...(search.series ? { series: search.series } : {}),
  }
}

/** The search with another chart; none: a table, which is said only where a chart was saved. */
export function withChart(
  search: SqlSearch,
  settings: ChartSettings | undefined,
  saved: ChartSettings | null | undefined,
): SqlSearch {
  const { chart: _chart, x: _x, y: _y, series: _series, table: _table, ...rest } = search
  if (!settings) return saved ? { ...rest, table: true } : rest
  return {
    ...rest,
    chart: settings.shape,
    x: settings.x,
    y: settings.y,
    ...(settings.series ? { series: settings.series } : {}),
  }
}
