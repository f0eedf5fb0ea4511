// Buckets as drawable series.
import { expect, test } from 'vitest'
import { setProjectZone } from '../lib/zone'
import { completeValues, rangeOf, toSeries, withoutPartialStart } from './series'

const DAY = 86_400
const value = (bucket: { n: number }) => bucket.n

// Three days, from noon to noon: the first and last buckets are covered by half.
const period = { from: '2026-11-18T12:00:00Z', to: '2026-11-21T12:00:00Z', bucket_seconds: DAY }
const current = [18, 19, 20, 21].map((day) => ({ at: `2026-11-${day}T00:00:00Z`, n: day }))
const previous = [11, 12, 13, 14].map((day) => ({ at: `2026-11-${day}T00:00:00Z`, n: day * 10 }))

test('each bucket stands beside the one the server compares it with', () => {
  const { points } = toSeries(period, current, previous, value)
  expect(points.map((point) => point.previous)).toEqual([110, 120, 130, 140])
  expect(points[0]?.previousAt).toBe('2026-11-11T00:00:00Z')
})

test('an hour that no clock showed in the period before stays a gap', () => {
  const { points } = toSeries(period, current, [...previous.slice(0, 2), null, ...previous.slice(3)], value)
  expect(points.map((point) => point.previous)).toEqual([110, 120, null, 140])
})

test('buckets the period covers only in part are marked', () => {
  const { points } = toSeries(period, current, [], value)
  expect(points.map((point) => point.isPartial)).toEqual([true, false, false, true])
})

test('whole days have no partial bucket', () => {
  const whole = { from: '2026-11-18T00:00:00Z', to: '2026-11-22T00:00:00Z', bucket_seconds: DAY }
  expect(toSeries(whole, current, [], value).points.some((point) => point.isPartial)).toBe(false)
})

test('a drawing leaves out a partial first bucket but keeps the last', () => {
  const series = withoutPartialStart(toSeries(period, current, [], value))
  expect(series.points.map((point) => point.value)).toEqual([19, 20, 21])
})

test('a sparkline is made of complete buckets unless there are too few', () => {
  expect(completeValues(toSeries(period, current, [], value))).toEqual([18, 19, 20, 21])
  const five = [...current, { at: '2026-11-22T00:00:00Z', n: 22 }]
  expect(completeValues(toSeries({ ...period, to: '2026-11-22T12:00:00Z' }, five, [], value))).toEqual([19, 20, 21])
})

test('a drag in either direction is a range of whole buckets', () => {
  const series = toSeries(period, current, [], value)
  const range = { from: '2026-11-19T00:00:00Z', to: '2026-11-21T00:00:00Z' }
  expect(rangeOf(series, 1, 2)).toEqual(range)
  expect(rangeOf(series, 2, 1)).toEqual(range)
  expect(rangeOf(series, -3, 99)).toEqual({ from: '2026-11-18T00:00:00Z', to: '2026-11-22T00:00:00Z' })
  expect(rangeOf({ points: [], bucketSeconds: DAY }, 0, 0)).toBeNull()
})

test('a day on which the clock was put back ends after 25 hours', () => {
  setProjectZone('Europe/Berlin')
  const berlin = { from: '2026-10-23T22:00:00Z', to: '2026-10-25T23:00:00Z', bucket_seconds: DAY }
  const days = [24, 25].map((day) => ({ at: `2026-10-${day - 1}T22:00:00Z`, n: day }))
  const series = toSeries(berlin, days, [], value)
  expect(series.points.map((point) => point.isPartial)).toEqual([false, false])
  expect(rangeOf(series, 1, 1)).toEqual({ from: '2026-10-24T22:00:00Z', to: '2026-10-25T23:00:00Z' })
  setProjectZone('UTC')
})
