// Intervals of shares and of their differences, against published values.
import { expect, test } from 'vitest'
import { differenceOf, isClear, wilson } from './proportions'

const four = (value: number) => Number(value.toFixed(4))

// Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('the interval of %i of %i is Wilson’s', (count, total, low, high) => {
  const found = wilson({ count, total })
  expect([four(found.low), four(found.high)]).toEqual([low, high])
})

// Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10.
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
  [10, 10, 0, 10, 0.6075, 1],
])('the difference of %i of %i and %i of %i has Newcombe’s interval', (a, ofA, b, ofB, low, high) => {
  const found = differenceOf({ count: a, total: ofA }, { count: b, total: ofB })
  expect([four(found?.low ?? NaN), four(found?.high ?? NaN)]).toEqual([low, high])
  expect(found?.difference).toBeCloseTo(a / ofA - b / ofB, 12)
})

test('turned round, it has the other sign', () => {
  const [one, other] = [
    differenceOf({ count: 56, total: 70 }, { count: 48, total: 80 }),
    differenceOf({ count: 48, total: 80 }, { count: 56, total: 70 }),
  ]
  expect([other?.low, other?.high]).toEqual([-(one?.high ?? NaN), -(one?.low ?? NaN)])
})

test('of nobody there is no share, and no difference', () => {
  expect(wilson({ count: 0, total: 0 })).toEqual({ low: 0, high: 1 })
  expect(differenceOf({ count: 0, total: 0 }, { count: 1, total: 2 })).toBeNull()
})

test('a difference is clear when its interval leaves out none', () => {
  expect(
    [
      { low: 0.01, high: 0.2 },
      { low: -0.2, high: -0.01 },
      { low: -0.1, high: 0.1 },
      { low: 0, high: 0.1 },
    ].map(isClear),
  ).toEqual([true, true, false, false])
})
