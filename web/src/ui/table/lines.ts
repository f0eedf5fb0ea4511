// The lines of a table's body: its rows, and the headings of their groups.
import type { ReactNode } from 'react'

export type Group = { key: string; heading: ReactNode }
export type Line<Row> =
  | { key: string; row: Row; heading?: undefined }
  | { key: string; row?: undefined; heading: ReactNode }

/** Rows of one group follow each other. */
export function linesOf<Row>(rows: Row[], keyOf: (row: Row) => string, groupOf?: (row: Row) => Group): Line<Row>[] {
  let last: string | undefined
  return rows.flatMap((row) => {
    const group = groupOf?.(row)
    const line = { key: keyOf(row), row }
    if (!group || group.key === last) return line
    last = group.key
    return [{ key: `group ${group.key}`, heading: group.heading }, line]
  })
}

/** The line with the next row that opens, in this direction; beyond the ends when there is none. */
export function nextRow<Row>(lines: Line<Row>[], at: number, step: number, opens = (_: Row) => true): number {
  const isStop = (line: Line<Row> | undefined) => line === undefined || (line.row !== undefined && opens(line.row))
  let next = at + step
  while (!isStop(lines[next])) next += step
  return next
}
