// The density of events about a point, worked by hand.
import { expect, test } from 'vitest'
import { densityOf, MAX_POINTS, resolutionOf } from './density'
import { SIGMA, type Spot } from './place'

const spot = (x: number, y: number, events: number): Spot => ({ x, y, sigmaX: SIGMA, sigmaY: SIGMA, events })
const PAGE = { width: 200, height: 100 }

test('a map has half as many points as the page has pixels each way, and never too many', () => {
  expect(resolutionOf(PAGE)).toBe(0.5)
  expect(densityOf([], [], PAGE)).toMatchObject({ width: 100, height: 50, max: 0 })
  // √(1,000,000 / (1,440 × 20,000)) = 0.1863.
  expect(resolutionOf({ width: 1_440, height: 20_000 })).toBeCloseTo(0.1863, 4)
  const { width, height } = densityOf([], [], { width: 8_192, height: 30_000 })
  expect(width * height).toBeLessThanOrEqual(MAX_POINTS)
})

test('at a spot lie all its events, and fewer with the distance', () => {
  // Points of the map are 2 px; the point 50 | 25 has its middle at 101 | 51.
  const { values, max } = densityOf([spot(101, 51, 8)], [], PAGE)
  expect(values[25 * 100 + 50]).toBeCloseTo(8, 4)
  expect(max).toBeCloseTo(8, 4)
  // 10 points = 20 px away: e^(-400 / 400) of them.
  expect(values[25 * 100 + 60]).toBeCloseTo(8 * Math.exp(-1), 4)
  expect(values[35 * 100 + 60]).toBeCloseTo(8 * Math.exp(-2), 4)
})

test('spots add up, and beyond the edge is nothing', () => {
  const { values } = densityOf([spot(101, 51, 8), spot(121, 51, 4), spot(-500, 51, 1e6), spot(101, 9_000, 1e6)], [], PAGE)
  expect(values[25 * 100 + 60]).toBeCloseTo(8 * Math.exp(-1) + 4, 4)
})

test('a wider brush spreads the same events more thinly', () => {
  const { values } = densityOf([{ ...spot(101, 51, 8), sigmaX: 2 * SIGMA, sigmaY: 2 * SIGMA }], [], PAGE)
  expect(values[25 * 100 + 50]).toBeCloseTo(2, 4)
})

test('events somewhere in a box lie evenly in it, and all of them within reach in a small one', () => {
  // 2 π 200 = 1,256.64 px² of 100 × 40 = 4,000: 0.31416 of 60.
  const large = densityOf([], [{ x: 20, y: 20, width: 100, height: 40, events: 60 }], PAGE)
  expect(large.values[20 * 100 + 20]).toBeCloseTo(18.85, 2)
  expect(large.values[5 * 100 + 20]).toBe(0)
  expect(large.values.filter((value) => value > 0).length).toBe(50 * 20)
  expect(densityOf([], [{ x: 20, y: 20, width: 20, height: 20, events: 60 }], PAGE).max).toBeCloseTo(60, 4)
})

test('five thousand of the widest cells take a bounded number of steps', () => {
  // Each reaches at most 2 × 3 × 3 × 14.14 × 0.5 + 2 = 129 points each way.
  const spots = Array.from({ length: 5_000 }, (_, index) => ({ ...spot((index * 37) % 1_440, (index * 91) % 3_000, 1), sigmaX: 3 * SIGMA, sigmaY: 3 * SIGMA }))
  const { values, max } = densityOf(spots, [], { width: 1_440, height: 3_000 })
  expect(values.length).toBeLessThanOrEqual(MAX_POINTS)
  expect(max).toBeGreaterThan(0)
})
