// Two groups side by side, worked by hand; the interval is Newcombe's published one of 56 of 70 and 48 of 80.
import { expect, test } from 'vitest'
import type { Cohort, VisitorRetention } from './api'
import {
  cohortGroup,
  comparedCohorts,
  comparisonSheet,
  curvesOf,
  rangeText,
  rowsOf,
  segmentGroup,
  verdictOf,
} from './comparison'
import { ANSWER, FIRST, SECOND } from './support/answer'

const cohort = (day: string, visitors: number, returned: number[]): Cohort => ({
  from: `2026-10-${day}T00:00:00Z`,
  to: `2026-10-${day}T23:59:59Z`,
  visitors,
  returned,
  is_last_partial: true,
})
const [A, B, C] = [cohort('05', 70, [70, 56, 7]), cohort('12', 80, [80, 48]), cohort('19', 10, [10])]
const [SEVENTY, EIGHTY] = [
  { ...A, is_last_partial: false },
  { ...B, is_last_partial: false },
]
const WEEKS: VisitorRetention = { ...ANSWER, cohorts: [A, B, C] }

test('cohorts are compared as chosen, else the latest two with a time that is over', () => {
  const days: VisitorRetention = { ...ANSWER, cohorts: [SEVENTY, EIGHTY, FIRST, SECOND] }
  expect(comparedCohorts(days, {})).toEqual([EIGHTY, FIRST])
  expect(comparedCohorts(days, { a: '2026-10-05' })).toEqual([SEVENTY, FIRST])
  expect(comparedCohorts(days, { b: '2026-10-05' })).toEqual([FIRST, SEVENTY])
  expect(comparedCohorts(days, { a: '2026-11-02', b: '2026-11-09' })).toEqual([FIRST, SECOND])
  expect(comparedCohorts(days, { a: '2026-11-02', b: '1999-01-01' })).toEqual([FIRST, EIGHTY])
  expect(comparedCohorts(WEEKS, {})).toBeNull()
})

test('rows are of times that are over for both, with the interval of their difference', () => {
  const [one, other] = [cohortGroup(SEVENTY, 'week'), cohortGroup(EIGHTY, 'week')]
  const rows = rowsOf(one, other, [1, 2])
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ offset: 1, a: { count: 56, total: 70 }, b: { count: 48, total: 80 } })
  expect([
    rows[0]?.difference.difference.toFixed(4),
    rows[0]?.difference.low.toFixed(4),
    rows[0]?.difference.high.toFixed(4),
  ]).toEqual(['0.2000', '0.0524', '0.3339'])
  expect(rows[0] && rangeText(rows[0].difference)).toBe('+5.2 to +33.4')
  expect([rangeText({ low: -0.068, high: -0.0002 }), rangeText({ low: 0.0002, high: 0 })]).toEqual([
    '−6.8 to just below 0',
    'just above 0 to 0.0',
  ])
  expect(rows[0] && verdictOf(one, other, rows[0])).toBe(`Higher: ${one.name}`)
  expect(rowsOf(other, one, [1]).map((row) => verdictOf(other, one, row))).toEqual([`Higher: ${one.name}`])
  expect(rowsOf(one, one, [1]).map((row) => verdictOf(one, one, row))).toEqual(['No clear difference'])
  expect(comparisonSheet(one, other, rows, 'week').rows).toEqual([
    ['Week 1', '80.0%', 70, '60.0%', 80, '+20.0 points', '+5.2 points', '+33.4 points'],
  ])
})

test('a segment is all its cohorts together, without the time that goes on', () => {
  const mobile = segmentGroup('mobile', WEEKS)
  expect([mobile.visitors, mobile.at(1), mobile.at(2)]).toEqual([160, { count: 56, total: 70 }, { count: 0, total: 0 }])
})

test('the curves are the average over each cohort, or the two groups', () => {
  const { offsets, curves } = curvesOf({ ...ANSWER, returning: 'conversion' }, null)
  expect(offsets).toEqual([0, 1])
  expect(curves.map(({ name, tone, points }) => [name, tone, points.map((point) => point?.value ?? null)])).toEqual([
    ['2026-11-02', 'faint', [1, 0.25]],
    ['2026-11-09', 'faint', [1, null]],
    ['All cohorts', 'first', [1, 0.25]],
  ])
  const compared = curvesOf(WEEKS, [cohortGroup(SEVENTY, 'week'), cohortGroup(EIGHTY, 'week')])
  expect([
    compared.offsets,
    compared.curves.map(({ tone, points }) => [tone, points.map((point) => point?.value ?? null)]),
  ]).toEqual([
    [1, 2],
    [
      ['first', [0.8, 0.1]],
      ['second', [0.6, null]],
    ],
  ])
})
