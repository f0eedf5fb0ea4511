// The page of lead scores: its state in the URL; pure.

export const TABS = [
  { value: 'scores', label: 'Scores' },
  { value: 'weights', label: 'Weights' },
] as const

export type Tab = (typeof TABS)[number]['value']
export type ScoresSearch = { tab?: Exclude<Tab, 'scores'>; open?: string }

export function parseScoresSearch({ tab, open }: Record<string, unknown>): ScoresSearch {
  const id = typeof open === 'number' ? String(open) : open
  return { ...(tab === 'weights' ? { tab } : {}), ...(typeof id === 'string' && id !== '' ? { open: id } : {}) }
}

export type BarShare = {
  from: number
  label: string
  before: number
  after: number /** Of the longest bar. */
  beforeShare: number
  afterShare: number
}

/** Bars of ten points, highest scores first, without empty ones at either end. */
export function barShares(bars: readonly { from: number; before: number; after: number }[]): BarShare[] {
  const isFull = ({ before, after }: { before: number; after: number }) => before + after > 0
  const first = bars.findIndex(isFull)
  const last = bars.findLastIndex(isFull)
  if (first < 0) return []
  const longest = Math.max(...bars.flatMap(({ before, after }) => [before, after]), 1)
  return bars
    .slice(first, last + 1)
    .map(({ from, before, after }) => ({
      from,
      label: from === 90 ? '90–100' : `${from}–${from + 9}`,
      before,
      after,
      beforeShare: before / longest,
      afterShare: after / longest,
    }))
    .reverse()
}
