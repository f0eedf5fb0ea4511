// Formats figures for people: abbreviated numbers, percentages, changes, durations and byte-free measures.

const NARROW_SPACE = '\u202f'
export const MINUS = '\u2212'
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** The number in full, with group separators. */
export function exactNumber(value: number): string {
  return whole.format(value)
}

/** Exact below 10,000, then abbreviated to three significant digits ("12.4 k"). */
export function shortNumber(value: number): string {
  const size = Math.abs(value)
  if (size < 10_000) return whole.format(value)
  const units: [number, string][] = [
    [1e3, 'k'],
    [1e6, 'M'],
    [1e9, 'G'],
  ]
  for (const [unit, suffix] of units) {
    const text = threeDigits(value / unit)
    if (Math.abs(Number(text)) < 1000) return `${text}${NARROW_SPACE}${suffix}`
  }
  return `${threeDigits(value / 1e9)}${NARROW_SPACE}G`
}

function threeDigits(value: number): string {
  const size = Math.abs(value)
  return value.toFixed(size >= 99.95 ? 0 : 1)
}

/** A share between 0 and 1 as a percentage with one decimal. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}

export type Change = { kind: 'none' } | { kind: 'new' } | { kind: 'change'; share: number }

/** The relative change; "new" when there was nothing before, "none" when there is nothing to compare. */
export function changeBetween(current: number, previous: number): Change {
  if (previous === 0) return current === 0 ? { kind: 'none' } : { kind: 'new' }
  return { kind: 'change', share: (current - previous) / previous }
}

/** A relative change with its sign, to one decimal below 100 %. */
export function signedPercent(share: number): string {
  const size = Math.abs(share) * 100
  const text = size >= 999.5 ? `${whole.format(size)}%` : `${size.toFixed(size >= 99.95 ? 0 : 1)}%`
  if (Number(size.toFixed(1)) === 0) return '0.0%'
  return `${share > 0 ? '+' : MINUS}${text}`
}

/** A difference of shares with its sign, in percentage points: "+2.1 points". */
export function signedPoints(difference: number): string {
  const size = (Math.abs(difference) * 100).toFixed(1)
  return `${Number(size) === 0 ? '' : difference > 0 ? '+' : MINUS}${size} points`
}

/** A duration in milliseconds: "240 ms", "2.4 s", "4 m 12 s", "2 h 05 m"; below ten seconds with `more` digits than that. */
export function duration(ms: number, more = 0): string {
  if (ms < 1000) return `${ms.toFixed(more)} ms`
  if (ms < 9_950) return `${(ms / 1000).toFixed(1 + more)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} m`
}

/** A difference of durations with its sign. */
export function signedDuration(ms: number): string {
  return ms === 0 ? duration(0) : `${ms > 0 ? '+' : MINUS}${duration(Math.abs(ms))}`
}

/** "1 session", "2 sessions"; the count abbreviated. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${shortNumber(count)} ${count === 1 ? one : many}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
