// Notes on a time series: the bucket that each belongs to; pure.
import type { Series } from './series'

export type Note = { at: string; text: string }

/** What a bucket is marked with. */
export type Mark = { index: number; texts: string[] }

/** Notes of the same bucket share a mark; those outside the series have none. */
export function marksOf({ points }: Series, notes: readonly Note[]): Mark[] {
  const marks = new Map<number, string[]>()
  for (const { at, text } of [...notes].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))) {
    const instant = Date.parse(at)
    const index = points.findIndex((point) => instant >= Date.parse(point.at) && instant < point.end)
    if (index >= 0) marks.set(index, [...(marks.get(index) ?? []), text])
  }
  return [...marks].map(([index, texts]) => ({ index, texts })).sort((one, other) => one.index - other.index)
}
