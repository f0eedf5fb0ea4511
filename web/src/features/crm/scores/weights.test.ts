// The sum of the weights, and the example by hand.
import { expect, test } from 'vitest'
import { parseScoresSearch } from './model'
import { exampleScore, highestSum, type Weights, weightLabel } from './weights'

/** The server's defaults. */
const DEFAULT: Weights = {
  half_life_days: 30,
  views: { weight: 2, cap: 20 },
  searches: { weight: 2, cap: 10 },
  contact_clicks: { weight: 10, cap: 20 },
  bookings: { weight: 12, cap: 25 },
  recency: { weight: 10, cap: 10 },
  fit: { known_email: 5, known_phone: 5, returning: 5 },
}

test('the defaults reach 100', () => {
  expect(highestSum(DEFAULT)).toBe(100)
  expect(highestSum({ ...DEFAULT, views: { weight: 2, cap: 30 } })).toBe(110)
})

test('the example fades by its three days: (12 + 4 + 10 + 12 + 10) × 2^-0.1 + 5 = 49.8', () => {
  expect(exampleScore(DEFAULT)).toBe(50)
})

test('a group of the example gives its limit at most: 20 instead of 6 × 10 × 0.93', () => {
  expect(exampleScore({ ...DEFAULT, views: { weight: 10, cap: 20 } })).toBe(59)
  expect(exampleScore({ ...DEFAULT, half_life_days: 3 })).toBe(29)
})

test('a refused field has the label of the form', () => {
  expect(
    ['half_life_days', 'views.cap', 'contact_clicks.weight', 'fit.known_email', 'other', 'views.other'].map(
      weightLabel,
    ),
  ).toEqual([
    'Points halve every',
    'Views, maximum',
    'Contact, points per event',
    'E-mail address',
    undefined,
    undefined,
  ])
})

test('the address keeps the tab and the customer', () => {
  expect(parseScoresSearch({ tab: 'weights' })).toEqual({ tab: 'weights' })
  expect(parseScoresSearch({ tab: 'scores', open: 42 })).toEqual({ open: '42' })
  expect(parseScoresSearch({ open: '' })).toEqual({})
})
