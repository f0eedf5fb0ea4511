// Days kept, what becomes of a change, and its words.
import { expect, test } from 'vitest'
import {
  dayError,
  daysOf,
  isValid,
  NOTHING_SET,
  type Preview,
  removalsOf,
  rowsText,
  type Status,
  shortened,
  utcDay,
} from './model'

const status = {
  max_days: 761,
  kinds: [
    { kind: 'events', setting: 'event_days', default_days: 761 },
    { kind: 'sessions', setting: 'session_days', default_days: 90 },
    { kind: 'recordings', setting: 'recording_days', default_days: 30 },
    { kind: 'activities', setting: 'activity_days', default_days: 761 },
  ],
} as Status

test('what is not set has the days of the server', () => {
  expect(daysOf(NOTHING_SET, 'session_days', status)).toBe(90)
  expect(daysOf({ ...NOTHING_SET, session_days: 7 }, 'session_days', status)).toBe(7)
})

test('days are 1 to the most, or empty', () => {
  for (const days of [null, undefined, 1, 761]) expect(dayError(days, 761)).toBeUndefined()
  for (const days of [0, 762, 1.5]) expect(dayError(days, 761)).toBe('Enter 1 to 761 days.')
  expect(isValid({ ...NOTHING_SET, event_days: 0 }, status)).toBe(false)
})

test('only fewer days remove something', () => {
  const saved = { ...NOTHING_SET, event_days: 100 }
  expect(shortened(saved, { ...saved, event_days: 200, session_days: 90 }, status)).toEqual([])
  expect(shortened(saved, { ...saved, event_days: 99, session_days: 89, recording_days: 31 }, status)).toEqual([
    'event_days',
    'session_days',
  ])
  expect(shortened({ ...NOTHING_SET, recording_days: 60 }, NOTHING_SET, status)).toEqual(['recording_days'])
})

test('removals are named by what shrank and has rows', () => {
  const kind = (name: string, setting: string, rows: number) => ({ kind: name, setting, rows })
  const preview = {
    kinds: [kind('events', 'event_days', 3), kind('signals', 'event_days', 0), kind('sessions', 'session_days', 9)],
  } as Preview
  expect(removalsOf(preview, ['event_days']).map((found) => found.kind)).toEqual(['events'])
  expect(removalsOf(preview, [])).toEqual([])
})

test('rows and days are written out', () => {
  expect(rowsText('events', 12_345)).toBe('12,345 events')
  expect(rowsText('sessions', 1)).toBe('1 session')
  expect(utcDay('2026-11-22T00:00:00.000Z', 'en')).toBe('Nov 22, 2026 (UTC)')
})
