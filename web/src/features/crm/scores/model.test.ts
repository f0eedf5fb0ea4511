// The bars of a dry run.
import { expect, test } from 'vitest'
import { barShares } from './model'

test('bars are shares of the longest, highest scores first, without empty ends', () => {
  const bars = Array.from({ length: 10 }, (_, index) => ({ from: index * 10, before: 0, after: 0 }))
  Object.assign(bars[2] as object, { before: 4, after: 1 })
  Object.assign(bars[4] as object, { before: 0, after: 2 })
  expect(barShares(bars).map(({ label, beforeShare, afterShare }) => [label, beforeShare, afterShare])).toEqual([
    ['40–49', 0, 0.5],
    ['30–39', 0, 0],
    ['20–29', 1, 0.25],
  ])
  expect(barShares([{ from: 90, before: 1, after: 1 }])[0]?.label).toBe('90–100')
  expect(barShares(bars.slice(0, 2))).toEqual([])
})
