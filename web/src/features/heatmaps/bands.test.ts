// Bands of scroll depth, worked by hand.
import { expect, test } from 'vitest'
import { averageFold, bandsOf, medianDepth, quartersOf } from './bands'

/** 100 % of the sessions saw a quarter of the page, and from there on 6 % fewer with each twentieth. */
const REACHED = Array.from({ length: 21 }, (_, index) => Number((index <= 5 ? 1 : 1 - 0.06 * (index - 5)).toFixed(2)))

test('a band has the share that saw it down to its end', () => {
  const bands = bandsOf(REACHED, 2_000)
  expect(bands).toHaveLength(20)
  expect(bands[0]).toEqual({ top: 0, height: 100, share: 1 })
  expect(bands[5]).toEqual({ top: 500, height: 100, share: 0.94 })
  expect(bands[19]).toEqual({ top: 1_900, height: 100, share: 0.1 })
})

test('the quarters have the share that saw at least so much', () => {
  // The tenth step is 1 - 0.06 × 5, the fifteenth 1 - 0.06 × 10.
  expect(quartersOf(REACHED)).toEqual([
    { depth: 0.25, share: 1 },
    { depth: 0.5, share: 0.7 },
    { depth: 0.75, share: 0.4 },
    { depth: 1, share: 0.1 },
  ])
})

test('half of the sessions saw so much of the page', () => {
  // 0.52 at the 13th step and 0.46 at the 14th: (13 + 0.02 / 0.06) / 20 = 0.6667.
  expect(medianDepth(REACHED)).toBeCloseTo(0.6667, 4)
  expect(medianDepth([1, 1, 1])).toBe(1)
  expect(medianDepth([1, 0])).toBe(0.5)
  expect(medianDepth([0, 0])).toBe(0)
})

test('the first screen ends where it does on average, where that is known', () => {
  expect(averageFold([844, 667, null, undefined, 0])).toBe(756)
  expect(averageFold([null])).toBeUndefined()
})
