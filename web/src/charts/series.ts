// Shapes buckets into drawable series: each beside the one it is compared with, those that the period covers only in part marked; pure.
import { endOfHour, startOfDay } from '../lib/zone'

export type Period = { from: string; to: string; bucket_seconds: number }

export type Point = {
  at: string
  /** The first instant after the bucket. */
  end: number
  value: number
  /** The value of the bucket it is compared with; null where there is none. */
  previous: number | null
  /** When that bucket began. */
  previousAt: string | null
  isPartial: boolean
}

export type Series = {
  points: Point[]
  bucketSeconds: number
  /** What it is compared with, where that is not the period before. */
  previousName?: string
  /** Its buckets are read as a sum: none is left out, also one that the period only touches. */
  isSum?: true
  /** Its buckets are shares or rates, which do not add up. */
  isRate?: true
}

type Timed = { at: string }

/** `previous` has for each bucket the one it is compared with; none where nothing is compared. */
export function toSeries<B extends Timed>(
  period: Period,
  current: B[],
  previous: (B | null)[],
  pick: (bucket: B) => number,
): Series {
  const [from, to] = [Date.parse(period.from), Date.parse(period.to)]
  const points = current.map((bucket, index) => {
    const start = Date.parse(bucket.at)
    const next = current[index + 1]
    const end = next ? Date.parse(next.at) : endOf(start, period.bucket_seconds)
    const before = previous[index] ?? null
    return {
      at: bucket.at,
      end,
      value: pick(bucket),
      previous: before && pick(before),
      previousAt: before && before.at,
      isPartial: start < from || end > to,
    }
  })
  return { points, bucketSeconds: period.bucket_seconds }
}

/** Days and hours in which the clock is changed are shorter or longer. */
function endOf(start: number, bucketSeconds: number): number {
  return bucketSeconds < 86_400 ? endOfHour(start) : startOfDay(start, 1)
}

/** Without a first bucket that the period only touches: drawn, it would look like a dip. */
export function withoutPartialStart(series: Series): Series {
  const [first, ...rest] = series.points
  return first?.isPartial && rest.length >= 3 && !series.isSum ? { ...series, points: rest } : series
}

/** The values of the buckets that are complete, for a sparkline; all of them when too few are. */
export function completeValues({ points }: Series): number[] {
  const complete = points.filter((point) => !point.isPartial)
  return (complete.length >= 3 ? complete : points).map((point) => point.value)
}

/** The range of time from the bucket at index `a` to the end of the one at `b`, in either order. */
export function rangeOf({ points }: Series, a: number, b: number): { from: string; to: string } | null {
  const first = points[Math.max(0, Math.min(a, b))]
  const last = points[Math.min(points.length - 1, Math.max(a, b))]
  if (!first || !last) return null
  return { from: first.at, to: new Date(last.end).toISOString().replace('.000Z', 'Z') }
}
