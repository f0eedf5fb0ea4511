// The figures of retention, worked by hand.
import { afterEach, expect, test } from 'vitest'
import { setProjectZone } from '../../lib/zone'
import {
  averagesOf,
  cellOf,
  cellText,
  cohortName,
  curveSheet,
  gridSheet,
  headlinesOf,
  intervalText,
  largestShare,
  laterText,
  levelOf,
  offsetName,
  offsetsOf,
  togetherAt,
  visitorsOf,
} from './figures'
import { ANSWER, FIRST, LAST, SECOND } from './support/answer'

afterEach(() => setProjectZone('UTC'))

test('a cell is the share of its cohort, and partial while its time goes on', () => {
  expect(cellOf(FIRST, 1)).toEqual({ returned: 50, share: 0.25, isPartial: false })
  expect(cellOf(SECOND, 1)).toEqual({ returned: 30, share: 0.3, isPartial: true })
  expect([cellOf(SECOND, 2), cellOf(LAST, 0)]).toEqual([null, null])
})

test('the unit of the first is shown only where the return is another action', () => {
  expect(offsetsOf(ANSWER)).toEqual([1, 2])
  expect(offsetsOf({ ...ANSWER, returning: 'conversion' })).toEqual([0, 1, 2])
  expect(offsetsOf({ ...ANSWER, cohorts: [] })).toEqual([])
  expect(averagesOf(ANSWER).map(({ offset }) => offset)).toEqual([1])
  expect(averagesOf({ ...ANSWER, returning: 'conversion' }).map(({ offset }) => offset)).toEqual([0, 1])
})

test('shades reach to the largest share of a time that is over', () => {
  expect(largestShare(ANSWER)).toBe(0.25)
  expect(largestShare({ ...ANSWER, returning: 'conversion' })).toBe(1)
  expect([0, 0.001, 0.25, 0.2501, 0.9, 1, 1.7].map((share) => levelOf(share * 0.4, 0.4))).toEqual([0, 1, 2, 2, 6, 6, 6])
  expect(levelOf(0.2, 0)).toBe(0)
})

test('cohorts are named by their days in the project’s zone', () => {
  expect(cohortName(FIRST, 'week')).toBe('2 – 8 Nov 2026')
  setProjectZone('Africa/Dar_es_Salaam')
  expect(cohortName({ from: '2026-10-25T21:00:00Z', to: '2026-11-01T21:00:00Z' }, 'week')).toBe('26 Oct – 1 Nov 2026')
  expect(cohortName({ from: '2026-10-31T21:00:00Z', to: '2026-11-30T21:00:00Z' }, 'month')).toBe('Nov 2026')
  expect(cohortName({ from: '2026-11-15T21:00:00Z', to: '2026-11-16T21:00:00Z' }, 'day')).toBe('Mon 16 Nov 2026')
})

test('the time since is named, and a cell in words', () => {
  expect([offsetName(0, 'day'), offsetName(3, 'month')]).toEqual(['Day 0', 'Month 3'])
  expect([laterText(0, 'week'), laterText(1, 'week'), laterText(2, 'day')]).toEqual([
    'in the same week',
    '1 week later',
    '2 days later',
  ])
  expect(intervalText({ low: 0.1951, high: 0.3145 })).toBe('19.5–31.4%')
  expect(cellText({ returned: 30, isPartial: true }, 100, 1, ANSWER)).toBe('30 of 100 came back 1 week later so far')
  expect(cellText({ returned: 1, isPartial: false }, 1_200, 2, { unit: 'day', returning: 'conversion' })).toBe(
    '1 of 1,200 ordered or booked 2 days later',
  )
})

test('cohorts together leave out the time that is not over, as the server’s average does', () => {
  expect(visitorsOf(ANSWER)).toBe(300)
  expect([togetherAt(ANSWER.cohorts, 0), togetherAt(ANSWER.cohorts, 1), togetherAt(ANSWER.cohorts, 2)]).toEqual([
    { count: 300, total: 300 },
    { count: 50, total: 200 },
    { count: 0, total: 0 },
  ])
  for (const { offset, share, visitors } of ANSWER.average)
    expect(togetherAt(ANSWER.cohorts, offset)).toEqual({ count: share * visitors, total: visitors })
})

test('the headlines are a few usual times', () => {
  const average = Array.from({ length: 20 }, (_, offset) => ({
    offset,
    share: 0.1,
    low: 0,
    high: 1,
    visitors: 9,
    returned: 1,
  }))
  expect(headlinesOf({ ...ANSWER, average }, 'day').map(({ offset }) => offset)).toEqual([1, 3, 7, 14])
  expect(headlinesOf(ANSWER, 'week').map(({ offset }) => offset)).toEqual([1])
})

test('both are tables', () => {
  expect(gridSheet(ANSWER)).toEqual({
    name: 'visitor-retention',
    header: ['cohort', 'visitors', 'week_1', 'week_2'],
    rows: [
      ['2026-11-02', 200, 50, 80],
      ['2026-11-09', 100, 30, null],
      ['2026-11-16', 0, null, null],
    ],
  })
  expect(curveSheet(ANSWER, 'week').rows).toEqual([['Week 1', '25.0%', '19.5%', '31.4%', 200]])
})
