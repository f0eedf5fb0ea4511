// Groups: their names, shares and differences, worked by hand.
import { expect, test } from 'vitest'
import type { RetentionGroup, VisitorRetention } from './api'
import {
  breakdownIn,
  byLabel,
  comparedOffset,
  groupCurveSheet,
  groupCurves,
  groupLabel,
  groupRows,
  groupSheet,
  proportionAt,
  shownOffsets,
  valueOf,
  verdictOnGroup,
} from './groups'
import { ANSWER } from './support/answer'

/** Of 80 visitors 40 came back after a week. */
const KENYA: RetentionGroup = {
  value: 'KE',
  is_other: false,
  visitors: 150,
  average: [
    { offset: 0, share: 1, low: 0.97, high: 1, visitors: 150, returned: 150 },
    { offset: 1, share: 0.5, low: 0.39, high: 0.61, visitors: 80, returned: 40 },
  ],
}
/** Of 120 visitors 10. */
const UNKNOWN: RetentionGroup = {
  value: null,
  is_other: false,
  visitors: 140,
  average: [
    { offset: 0, share: 1, low: 0.97, high: 1, visitors: 140, returned: 140 },
    { offset: 1, share: 0.0833, low: 0.05, high: 0.15, visitors: 120, returned: 10 },
  ],
}
/** All of them new in the last week that is over. */
const OTHERS: RetentionGroup = {
  value: null,
  is_other: true,
  visitors: 10,
  average: [{ offset: 0, share: 1, low: 0.72, high: 1, visitors: 10, returned: 10 }],
}
const GROUPED: VisitorRetention = { ...ANSWER, by: 'country', groups: [KENYA, UNKNOWN, OTHERS] }

test('groups have the names that acquisition gives their values', () => {
  expect([breakdownIn(GROUPED), breakdownIn(ANSWER), breakdownIn({ by: 'x' })]).toEqual([
    'country',
    undefined,
    undefined,
  ])
  expect(['country', 'utm_campaign', 'os'].map((by) => byLabel(by as never))).toEqual([
    'By country',
    'By UTM campaign',
    'By operating system',
  ])
  expect(GROUPED.groups.map((group) => groupLabel('country', group))).toEqual(['Kenya', 'Unknown', 'All others'])
  expect(groupLabel('utm_campaign', UNKNOWN)).toBe('No campaign')
  expect(GROUPED.groups.map(valueOf)).toEqual(['KE', '', undefined])
})

/** Kenya 40 of 80 against 10 of 120: 0.5 − 0.0833. Newcombe's interval 0.2963 to 0.5280, worked with Wilson's 0.3930–0.6070 and 0.0459–0.1467. */
test('a group is compared with all other visitors, whom it is no part of', () => {
  const offsets = shownOffsets(GROUPED, 'week')
  expect(offsets).toEqual([1])
  const [kenya, unknown, others] = groupRows(GROUPED, 'country', offsets, comparedOffset(offsets, { at: 7 }))
  expect([kenya?.shares, unknown?.shares, others?.shares]).toEqual([
    [{ count: 40, total: 80 }],
    [{ count: 10, total: 120 }],
    [{ count: 0, total: 0 }],
  ])
  expect(kenya?.difference?.difference).toBeCloseTo(0.41667, 4)
  expect(kenya?.difference?.low).toBeCloseTo(0.5 - 1 / 12 - Math.hypot(0.5 - 0.39301, 0.14669 - 1 / 12), 3)
  expect(kenya?.difference?.high).toBeCloseTo(0.5 - 1 / 12 + Math.hypot(0.60699 - 0.5, 1 / 12 - 0.04591), 3)
  expect(unknown?.difference?.difference).toBeCloseTo(-0.41667, 4)
  expect([kenya, unknown, others].map((row) => verdictOnGroup(row?.difference ?? null))).toEqual([
    'Higher than others',
    'Lower than others',
    'Nothing to compare',
  ])
  expect(verdictOnGroup({ difference: 0.1, low: -0.1, high: 0.3 })).toBe('No clear difference')
})

test('the offset compared is one that is shown', () => {
  expect([comparedOffset([1, 4], { at: 4 }), comparedOffset([1, 4], { at: 2 }), comparedOffset([], {})]).toEqual([
    4,
    1,
    undefined,
  ])
  expect(proportionAt(KENYA.average, 9)).toEqual({ count: 0, total: 0 })
})

test('the six largest groups have curves, and all visitors another one', () => {
  const many = Array.from({ length: 8 }, (_, index) => ({ ...KENYA, value: `C${index}`, visitors: index }))
  const { offsets, curves } = groupCurves({ ...GROUPED, groups: [...many, OTHERS] }, 'city')
  expect(offsets).toEqual([1])
  expect(curves.map(({ name, tone }) => `${tone} ${name}`)).toEqual([
    'first All others',
    'second C7',
    'third C6',
    'fourth C5',
    'fifth C4',
    'sixth C3',
    'all All visitors',
  ])
  expect(curves.map(({ points }) => points)).toEqual([[null], ...Array(5).fill([{ value: 0.5 }]), [{ value: 0.25 }]])
})

test('both are tables', () => {
  const offsets = shownOffsets(GROUPED, 'week')
  expect(groupSheet(groupRows(GROUPED, 'country', offsets, 1), 'country', offsets, 1, 'week')).toMatchObject({
    header: ['Country', 'Visitors', 'Week 1', 'Visitors: Week 1', 'Difference: Week 1', 'From', 'To'],
    rows: [
      ['Kenya', 150, '50.0%', 80, '+41.7 points', '+29.2 points', '+53.0 points'],
      ['Unknown', 140, '8.3%', 120, '−41.7 points', '−53.0 points', '−29.2 points'],
      ['All others', 10, '–', 0, null, null, null],
    ],
  })
  expect(groupCurveSheet(groupCurves(GROUPED, 'country'), 'week')).toMatchObject({
    header: ['Week', 'Kenya', 'Unknown', 'All others', 'All visitors'],
    rows: [['Week 1', '50.0%', '8.3%', '–', '25.0%']],
  })
})
