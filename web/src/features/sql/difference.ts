// How an answer differs from the one before: rows that were added, removed or changed, known by their first column; pure.
import type { Value } from './cells'
import type { SqlAnswer, SqlColumn } from './model'

export type Mark = 'added' | 'removed' | 'changed' | 'same'

/** A row of either answer; of a changed one also what it was. */
export type ComparedRow = { mark: Mark; values: readonly Value[]; before?: readonly Value[] }

/** Why two answers cannot be compared: the rows have no names, some rows are left out, or the columns are others. */
export type Obstacle = 'unnamed' | 'cut' | 'columns'

export type Difference = { rows: ComparedRow[]; counts: Record<Mark, number> }

type Part = Pick<SqlAnswer, 'columns' | 'rows' | 'truncated'>

/** What keeps an answer from being compared with any other. Of an answer that was cut, a row that is missing may only lie behind the cut. */
export function obstacleOf(answer: Part): Obstacle | null {
  if (answer.truncated) return 'cut'
  return answer.rows.length === 1 || namesOf(answer) !== null ? null : 'unnamed'
}

/** The rows of an answer with those that it no longer has, each where it stood; or why there is no comparison. */
export function differenceOf(before: Part, after: Part): Difference | Obstacle {
  const obstacle = obstacleOf(after) ?? obstacleOf(before)
  if (obstacle) return obstacle
  if (!haveSameColumns(before, after)) return 'columns'
  const [earlier, later] = [rowsOf(before), rowsOf(after)]
  // A single row, such as one count, is the same row each time.
  const isSingle = earlier.length === 1 && later.length === 1
  const [names, laterNames] = isSingle ? [[''], ['']] : [namesOf(before), namesOf(after)]
  if (!names || !laterNames) return 'unnamed'

  const known = new Map(names.map((name, index) => [name, earlier[index] ?? []]))
  const removed = removedAfter(names, earlier, new Set(laterNames))
  const rows = [...(removed.get(null) ?? [])]
  later.forEach((values, index) => {
    const name = laterNames[index] ?? ''
    rows.push(compared(known.get(name), values), ...(removed.get(name) ?? []))
  })
  const counts: Record<Mark, number> = { added: 0, removed: 0, changed: 0, same: 0 }
  for (const { mark } of rows) counts[mark]++
  return { rows, counts }
}

function compared(before: readonly Value[] | undefined, values: readonly Value[]): ComparedRow {
  if (!before) return { mark: 'added', values }
  return values.every((value, index) => value === before[index])
    ? { mark: 'same', values }
    : { mark: 'changed', values, before }
}

/** Rows that are gone, by the last row before them that is still there. */
function removedAfter(names: readonly string[], rows: readonly Value[][], still: ReadonlySet<string>) {
  const removed = new Map<string | null, ComparedRow[]>()
  let last: string | null = null
  names.forEach((name, index) => {
    if (still.has(name)) {
      last = name
      return
    }
    removed.set(last, [...(removed.get(last) ?? []), { mark: 'removed', values: rows[index] ?? [] }])
  })
  return removed
}

/** The first value of each row; none where two are alike or one is missing. */
function namesOf(answer: Part): string[] | null {
  const values = rowsOf(answer).map(([first]) => first)
  if (values.some((value) => value === undefined || value === null)) return null
  const names = values.map((value) => JSON.stringify(value))
  return new Set(names).size === names.length ? names : null
}

function haveSameColumns(before: Part, after: Part): boolean {
  const written = ({ columns }: Part) => JSON.stringify((columns as SqlColumn[]).map(({ name, type }) => [name, type]))
  return written(before) === written(after)
}

function rowsOf({ rows }: Part): Value[][] {
  return rows as Value[][]
}
