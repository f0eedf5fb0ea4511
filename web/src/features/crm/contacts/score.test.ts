// A lead score taken apart.
import { expect, test } from 'vitest'
import type { LeadScoreExplained } from '../../../api/types'
import { ageText, filled, partsOf } from './score'

const weights = {
  views: { weight: 2, cap: 20 },
  searches: { weight: 2, cap: 10 },
  fit: { known_email: 5, known_phone: 5, returning: 5 },
}
const score: LeadScoreExplained = {
  user_id: '42',
  score: 37,
  engagement: 26.8,
  fit: 10,
  as_of: '2026-11-21T10:00:00Z',
  contributions: [],
  groups: [
    { group: 'views', events: 16, sum: 27.8, points: 20 },
    { group: 'searches', events: 4, sum: 6.8, points: 6.8 },
    { group: 'gifts', events: 1, sum: 1, points: 1 },
  ],
}

test('every group stands against what it can give', () => {
  const parts = partsOf(score, weights)
  expect(parts.map(({ label, points, cap, isCapped }) => [label, points, cap, isCapped])).toEqual([
    ['Views', 20, 20, true],
    ['Searches', 6.8, 10, false],
    ['gifts', 1, null, false],
    ['Fit', 10, 15, false],
  ])
  expect(parts.map((part) => Math.round(filled(part) * 100))).toEqual([100, 68, 1, 67])
})

test('weights we cannot read leave the caps unknown', () => {
  expect(partsOf(score, undefined).map(({ cap }) => cap)).toEqual([null, null, null, null])
  expect(partsOf(score, { views: 3, fit: { known_email: 'much' } }).map(({ cap }) => cap)).toEqual([
    null,
    null,
    null,
    null,
  ])
})

test('ages are in days', () => {
  expect([0.9, 1.2, 12.7].map(ageText)).toEqual(['today', 'yesterday', '12 days ago'])
})
