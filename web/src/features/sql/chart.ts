// From an answer to a drawing: which columns can be drawn, and the series they make; pure.
import { withOther, type XyDrawing, type XySeries } from '../../charts/xy'
import { dateRange } from '../../lib/time'
import { startOfDay } from '../../lib/zone'
import { isNumeric, isTime, shown, type Value } from './cells'
import { type ChartSettings, type ChartShape, MAX_Y, type SqlAnswer, type SqlColumn } from './model'

/** Names along the axis, at most: more are narrower than a pixel. */
export const MAX_POINTS = 1_000

export type ChartChoice = {
  shape: ChartShape
  x?: string | undefined
  y?: string[] | undefined
  series?: string | null | undefined
}

/** The columns that a chart of these can use; none where nothing is a number. */
export function settingsOf(
  columns: readonly SqlColumn[],
  { shape, ...chosen }: ChartChoice,
): ChartSettings | undefined {
  const has = (name: string | null | undefined) =>
    typeof name === 'string' && columns.some((column) => column.name === name)
  const numeric = columns.filter(isNumeric).map(({ name }) => name)
  const x = has(chosen.x)
    ? chosen.x
    : (columns.find(isTime) ?? columns.find((column) => !isNumeric(column)) ?? columns[0])?.name
  if (x === undefined) return undefined
  const wanted = chosen.y?.filter((name) => numeric.includes(name)) ?? []
  const y = (wanted.length > 0 ? wanted : numeric.filter((name) => name !== x)).slice(0, MAX_Y)
  if (y.length === 0) return undefined
  return { shape, x, y, ...(has(chosen.series) && chosen.series !== x ? { series: chosen.series as string } : {}) }
}

export type Drawn = XyDrawing & {
  /** Names that are left out. */
  cut: number
}

/** The series of an answer: one for each column, or for each value of `series`. Of rows with the same name and series the last counts. */
export function drawingOf(
  answer: Pick<SqlAnswer, 'columns' | 'rows'>,
  { shape, x, y, series: by }: ChartSettings,
): Drawn {
  const columns = answer.columns as SqlColumn[]
  const place = (name: string) => columns.findIndex((column) => column.name === name)
  const [xAt, byAt] = [place(x), by ? place(by) : -1]
  const rows = ordered(answer.rows as Value[][], xAt, columns[xAt])
  const nameOf = namer(
    rows.map((row) => row[xAt] ?? null),
    columns[xAt],
  )
  // By their values: two may look alike.
  const places = new Map<Value, number>()
  const series = new Map<string, Map<number, number>>()
  for (const row of rows) {
    const key = row[xAt] ?? null
    const at = places.get(key) ?? places.set(key, places.size).size - 1
    for (const name of y) {
      const value = row[place(name)]
      if (typeof value !== 'number') continue
      const split = byAt >= 0 ? labelOf(row[byAt], columns[byAt]) : undefined
      const of = split === undefined ? name : y.length > 1 ? `${split}, ${name}` : split
      const values = series.get(of) ?? series.set(of, new Map()).get(of)
      values?.set(at, value)
    }
  }
  const shownValues = [...places.keys()].slice(0, MAX_POINTS)
  const listed = [...series].map(
    ([name, values]): XySeries => ({ name, values: shownValues.map((_, index) => values.get(index) ?? null) }),
  )
  return { shape, labels: shownValues.map(nameOf), series: withOther(listed), cut: places.size - shownValues.length }
}

/** How values along the axis are named: days by their date where all of them begin one. */
function namer(values: readonly Value[], column: SqlColumn | undefined): (value: Value) => string {
  const isDays =
    column?.type === 'timestamptz' &&
    values.every((value) => value === null || startOfDay(Date.parse(String(value))) === Date.parse(String(value)))
  return (value) =>
    isDays && value !== null ? dateRange(new Date(String(value)), new Date(String(value))) : labelOf(value, column)
}

/** Along time, whichever order the statement has; else as it has it. */
function ordered(rows: Value[][], at: number, column: SqlColumn | undefined): Value[][] {
  if (!column || !isTime(column)) return rows
  return [...rows].sort((a, b) => String(a[at]).localeCompare(String(b[at])))
}

function labelOf(value: Value | undefined, column: SqlColumn | undefined): string {
  if (value === undefined || value === null) return 'NULL'
  const cell = column && shown(value, column)
  if (!cell || cell.kind === 'null') return 'NULL'
  if (cell.kind === 'empty') return '(empty)'
  return cell.text
}
