// Instants as people read them.
import { expect, test } from 'vitest'
import { absoluteTime, bucketLabel, bucketName, dateRange, periodRange, relativeTime, untilText } from './time'
import { setProjectZone } from './zone'

const NOW = Date.parse('2026-11-21T12:00:00Z')

test('times are relative within a day and absolute before', () => {
  expect(relativeTime('2026-11-21T11:59:59Z', NOW)).toBe('just now')
  expect(relativeTime('2026-11-21T11:59:57Z', NOW)).toBe('3 s ago')
  expect(relativeTime('2026-11-21T11:45:00Z', NOW)).toBe('15 min ago')
  expect(relativeTime('2026-11-20T12:00:01Z', NOW)).toBe('23 h ago')
  expect(relativeTime('2026-11-20T12:00:00Z', NOW)).toBe('20 Nov, 12:00')
  expect(relativeTime('2025-11-20T12:00:00Z', NOW)).toBe('20 Nov 2025, 12:00')
})

test('a clock slightly ahead of ours reads as now', () => {
  expect(relativeTime('2026-11-21T12:00:05Z', NOW)).toBe('just now')
})

test('absolute times name the zone', () => {
  expect(absoluteTime('2026-11-21T09:05:07Z')).toBe('21 Nov 2026, 09:05:07 UTC')
  expect(absoluteTime('nonsense')).toBe('nonsense')
})

test('buckets are labelled by hour, by day or by month', () => {
  expect(bucketLabel('2026-11-21T09:00:00Z', 3600)).toBe('21 Nov, 09:00')
  expect(bucketLabel('2026-11-21T00:00:00Z', 86_400)).toBe('Sat 21 Nov')
  expect(bucketLabel('2026-11-01T00:00:00Z', 30 * 86_400)).toBe('Nov 2026')
})

test('tables have the year of their buckets', () => {
  expect(bucketName('2026-11-21T09:00:00Z', 3600)).toBe('21 Nov 2026, 09:00')
  expect(bucketName('2026-11-21T00:00:00Z', 86_400)).toBe('Sat 21 Nov 2026')
  expect(bucketName('2026-11-01T00:00:00Z', 30 * 86_400)).toBe('Nov 2026')
})

test('two hours of one name differ by their offsets', () => {
  setProjectZone('America/New_York')
  expect(['04', '05', '06', '07'].map((hour) => bucketLabel(`2026-11-01T${hour}:00:00Z`, 3600))).toEqual([
    '1 Nov, 00:00',
    '1 Nov, 01:00 GMT-4',
    '1 Nov, 01:00 GMT-5',
    '1 Nov, 02:00',
  ])
  expect(bucketName('2026-11-01T06:00:00Z', 3600)).toBe('1 Nov 2026, 01:00 GMT-5')
  setProjectZone('UTC')
})

test('ranges repeat only what differs', () => {
  expect(dateRange(new Date('2026-11-15'), new Date('2026-11-21'))).toBe('15 – 21 Nov 2026')
  expect(dateRange(new Date('2026-10-30'), new Date('2026-11-02'))).toBe('30 Oct – 2 Nov 2026')
  expect(dateRange(new Date('2025-12-30'), new Date('2026-01-02'))).toBe('30 Dec 2025 – 2 Jan 2026')
  expect(dateRange(new Date('2026-11-21'), new Date('2026-11-21'))).toBe('21 Nov 2026')
})

test('what is to come is as long as its greatest unit', () => {
  expect(
    ['2026-11-28T11:00:00Z', '2026-11-21T15:30:00Z', '2026-11-21T12:00:20Z', '2026-11-21T12:00:00Z'].map((at) =>
      untilText(at, NOW),
    ),
  ).toEqual(['in 6 d', 'in 3 h', 'in 1 min', 'ended'])
})

test('a period of less than whole days is named with its hours', () => {
  const range = (from: string, to: string) => periodRange(new Date(from), new Date(to))
  expect(range('2026-11-21T14:00:00Z', '2026-11-21T15:00:00Z')).toBe('21 Nov 2026, 14:00 – 15:00')
  expect(range('2026-11-21T22:00:00Z', '2026-11-22T00:00:00Z')).toBe('21 Nov 2026, 22:00 – 24:00')
  expect(range('2026-11-21T22:00:00Z', '2026-11-22T02:00:00Z')).toBe('21 Nov, 22:00 – 22 Nov 2026, 02:00')
  expect(range('2025-12-31T22:00:00Z', '2026-01-01T02:00:00Z')).toBe('31 Dec 2025, 22:00 – 1 Jan 2026, 02:00')
  expect(range('2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z')).toBe('21 Nov 2026')
  expect(range('2026-11-15T00:00:00Z', '2026-11-22T00:00:00Z')).toBe('15 – 21 Nov 2026')
})
