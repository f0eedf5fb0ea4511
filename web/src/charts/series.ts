// Shapes buckets into drawable series: aligns the previous period and marks buckets the period covers only in part; pure.

export type Period = { from: string; to: string; bucket_seconds: number }

export type Point = {
  at: string
  value: number
  /** The value of the same bucket one period earlier; null where there is none. */
  previous: number | null
  isPartial: boolean
}

export type Series = { points: Point[]; bucketSeconds: number }

type Timed = { at: string }

export function toSeries<B extends Timed>(period: Period, current: B[], previous: B[], pick: (bucket: B) => number): Series {
  const width = period.bucket_seconds * 1000
  const from = Date.parse(period.from)
  const to = Date.parse(period.to)
  const earlier = new Map(previous.map((bucket) => [Date.parse(bucket.at), pick(bucket)]))
  const points = current.map((bucket) => {
    const start = Date.parse(bucket.at)
    const counterpart = Math.floor((start - (to - from)) / width) * width
    return {
      at: bucket.at,
      value: pick(bucket),
      previous: earlier.get(counterpart) ?? null,
      isPartial: start < from || start + width > to,
    }
  })
  return { points, bucketSeconds: period.bucket_seconds }
}

/** Without a first bucket that the period only touches: drawn, it would look like a dip. */
export function withoutPartialStart(series: Series): Series {
  const [first, ...rest] = series.points
  return first?.isPartial && rest.length >= 3 ? { ...series, points: rest } : series
}

/** The values of the buckets that are complete, for a sparkline; all of them when too few are. */
export function completeValues({ points }: Series): number[] {
  const complete = points.filter((point) => !point.isPartial)
  return (complete.length >= 3 ? complete : points).map((point) => point.value)
}

/** The range of time from the bucket at index `a` to the end of the one at `b`, in either order. */
export function rangeOf({ points, bucketSeconds }: Series, a: number, b: number): { from: string; to: string } | null {
  const first = points[Math.max(0, Math.min(a, b))]
  const last = points[Math.min(points.length - 1, Math.max(a, b))]
  if (!first || !last) return null
  const end = new Date(Date.parse(last.at) + bucketSeconds * 1000).toISOString().replace('.000Z', 'Z')
  return { from: first.at, to: end }
}
