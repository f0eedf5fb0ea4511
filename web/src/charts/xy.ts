// A drawing of several series over one axis of names: what is drawn of it, and what becomes "other"; pure.

export type XySeries = { name: string; values: (number | null)[] }

export type XyDrawing = {
  shape: 'line' | 'bar'
  /** What stands along the horizontal axis, one for each value. */
  labels: string[]
  series: XySeries[]
}

/** More are added up: colours beyond cannot be distinguished. */
export const MAX_SERIES = 6
export const OTHER = 'Other'

/** The series with the largest sums, in the order they had; the others as one. */
export function withOther(series: readonly XySeries[], most = MAX_SERIES): XySeries[] {
  if (series.length <= most) return [...series]
  const sum = ({ values }: XySeries) => values.reduce<number>((total, value) => total + Math.abs(value ?? 0), 0)
  const largest = new Set([...series].sort((a, b) => sum(b) - sum(a)).slice(0, most))
  const rest = series.filter((one) => !largest.has(one))
  const values = (rest[0]?.values ?? []).map((_, index) =>
    rest.reduce<number | null>((total, one) => added(total, one.values[index] ?? null), null),
  )
  return [...series.filter((one) => largest.has(one)), { name: OTHER, values }]
}

function added(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : a + b
}
