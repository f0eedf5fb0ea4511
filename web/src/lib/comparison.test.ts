// When a change against the period before means something.
import { expect, test } from 'vitest'
import { beginningBefore, isCovered, isOlderThan } from './comparison'

// A week from half past nine; the week before begins on 7 November at half past nine.
const week = { from: '2026-11-14T09:30:00Z', to: '2026-11-21T09:30:00Z', previous_from: '2026-11-07T09:30:00Z' }
const days = (...events: number[]) =>
  events.map((count, index) => ({ at: `2026-11-${String(7 + index).padStart(2, '0')}T00:00:00Z`, events: count }))

test('a period is compared with whole weeks before it', () => {
  const begins = (from: string, to: string) => new Date(beginningBefore({ from, to })).toISOString()
  expect(begins(week.from, week.to)).toBe('2026-11-07T09:30:00.000Z')
  expect(begins('2026-11-17T00:00:00Z', '2026-11-17T17:00:00Z')).toBe('2026-11-10T00:00:00.000Z')
  expect(begins('2026-10-19T00:00:00Z', '2026-11-17T17:00:00Z')).toBe('2026-09-14T00:00:00.000Z')
})

test('only a project made after the beginning of the period before is in doubt', () => {
  expect(isOlderThan('2026-11-07T09:29:59Z', week)).toBe(false)
  expect(isOlderThan('2026-11-07T09:30:01Z', week)).toBe(true)
})

test('events from the first day on cover the period before', () => {
  expect(isCovered(week, days(3, 90, 80, 85, 91, 77, 60, 20))).toBe(true)
})

test('a first event in the middle, or none, leaves nothing to compare with', () => {
  expect(isCovered(week, days(0, 0, 0, 0, 0, 0, 40, 20))).toBe(false)
  expect(isCovered(week, days(0, 90, 80, 85, 91, 77, 60, 20))).toBe(false)
  expect(isCovered(week, days(0, 0))).toBe(false)
  expect(isCovered(week, [])).toBe(false)
})

test('a quiet night at the beginning is not the time before the first event', () => {
  const day = { previous_from: '2026-11-19T22:00:00Z' }
  const from = (hour: string) => [
    { at: '2026-11-19T22:00:00Z', events: 0 },
    { at: `2026-11-20T${hour}:00:00Z`, events: 5 },
  ]
  expect(isCovered(day, from('05'))).toBe(true)
  expect(isCovered(day, from('08'))).toBe(false)
})
