// What a dialog says of a list before it is exported: how many rows the file will have, and whether that is all.
import { exactNumber } from './format'

export type RowCount = { rows: number; is_more: boolean; row_limit: number }

/** The label of the button: `Export 12,345 customers`. */
export function exportLabel(count: RowCount | undefined, what: string, one: string): string {
  if (count === undefined) return `Export ${what}`
  if (count.is_more) return `Export more than ${exactNumber(count.rows)} ${what}`
  if (count.rows > count.row_limit) return `Export the first ${exactNumber(count.row_limit)} ${what}`
  return `Export ${exactNumber(count.rows)} ${count.rows === 1 ? one : what}`
}

/** Why the file may not have all rows; none when it has. */
export function cutNote(count: RowCount | undefined, what: string): string | null {
  if (count === undefined) return null
  const limit = exactNumber(count.row_limit)
  if (count.is_more) return `A file has at most ${limit} rows. If there are more ${what}, its last line says so.`
  if (count.rows > count.row_limit)
    return `There are ${exactNumber(count.rows)} ${what}. The file ends after ${limit} rows, and its last line says so. Use filters to export fewer.`
  return null
}
