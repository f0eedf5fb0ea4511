// The density of events about a point, worked by hand.
import { expect, test } from 'vitest'
import { densityOf, MAX_POINTS, resolutionOf } from './density'
import { SIGMA, type Spot } from './place'

const spot = (x: number, y: number, events: number): Spot => ({ x, y, sigmaX: SIGMA, sigmaY: SIGMA, events })
const PAGE = { width: 200, height: 100 }

test('a map has a quarter as many points as the page has pixels each way, and never too many', () => {
  expect(resolutionOf(PAGE)).toBe(0.25)
  expect(densityOf([], [], PAGE)).toMatchObject({ width: 50, height: 25, max: 0 })
  // √(500,000 / (1,440 × 20,000)) = 0.1318.
  expect(resolutionOf({ width: 1_440, height: 20_000 })).toBeCloseTo(0.1318, 4)
  const { width, height } = densityOf([], [], { width: 8_192, height: 30_000 })
  expect(width * height).toBeLessThanOrEqual(MAX_POINTS)
})

test('at a spot lie all its events, and fewer with the distance', () => {
  // Points of the map are 4 px; the point 25 | 12 has its middle at 102 | 50.
  const { values, max } = densityOf([spot(102, 50, 8)], [], PAGE)
  expect(values[12 * 50 + 25]).toBeCloseTo(8, 4)
  expect(max).toBeCloseTo(8, 4)
  // 5 points = 20 px away: e^(-400 / 400) of them.
  expect(values[12 * 50 + 30]).toBeCloseTo(8 * Math.exp(-1), 4)
  expect(values[17 * 50 + 30]).toBeCloseTo(8 * Math.exp(-2), 4)
})

test('spots add up, and beyond the edge is nothing', () => {
  const { values } = densityOf(
    [spot(102, 50, 8), spot(122, 50, 4), spot(-500, 50, 1e6), spot(102, 9_000, 1e6)],
    [],
    PAGE,
  )
  expect(values[12 * 50 + 30]).toBeCloseTo(8 * Math.exp(-1) + 4, 4)
})

test('a wider brush spreads the same events more thinly', () => {
  const { values } = densityOf([{ ...spot(102, 50, 8), sigmaX: 2 * SIGMA, sigmaY: 2 * SIGMA }], [], PAGE)
  expect(values[12 * 50 + 25]).toBeCloseTo(2, 4)
})

test('events somewhere in a box lie evenly in it, and all of them within reach in a small one', () => {
  // 2 π 200 = 1,256.64 px² of 100 × 40 = 4,000: 0.31416 of 60.
  const large = densityOf([], [{ x: 20, y: 20, width: 100, height: 40, events: 60 }], PAGE)
  expect(large.values[10 * 50 + 10]).toBeCloseTo(18.85, 2)
  expect(large.values[2 * 50 + 10]).toBe(0)
  expect(large.values.filter((value) => value > 0).length).toBe(25 * 10)
  expect(densityOf([], [{ x: 20, y: 20, width: 20, height: 20, events: 60 }], PAGE).max).toBeCloseTo(60, 4)
})
