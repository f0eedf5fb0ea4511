// What clocks show in zones with and without changes.
import { expect, test } from 'vitest'
import {
  civil,
  daysEarlier,
  dayText,
  endOfHour,
  instantOf,
  isShownTwice,
  monthsEarlier,
  rfc3339,
  setProjectZone,
  startOfDay,
  startOfDayText,
  startOfHour,
  startOfMonth,
  unknownZone,
  zoneLabel,
  zoneName,
  zoneOffset,
} from './zone'

const at = (iso: string) => Date.parse(iso)
const iso = (ms: number) => new Date(ms).toISOString()

test('a day begins when its date does', () => {
  expect(iso(startOfDay(at('2026-11-21T20:59:59Z'), 0, 'Africa/Dar_es_Salaam'))).toBe('2026-11-20T21:00:00.000Z')
  expect(iso(startOfDay(at('2026-11-21T21:00:00Z'), 0, 'Africa/Dar_es_Salaam'))).toBe('2026-11-21T21:00:00.000Z')
  expect(iso(startOfDay(at('2026-11-21T21:00:00Z'), -6, 'Africa/Dar_es_Salaam'))).toBe('2026-11-15T21:00:00.000Z')
  expect(dayText(at('2026-11-21T21:00:00Z'), 'Africa/Dar_es_Salaam')).toBe('2026-11-22')
})

test('days on which the clock is changed have 23 or 25 hours', () => {
  const hours = (day: string, zone: string) => (startOfDayText(day, 1, zone) - startOfDayText(day, 0, zone)) / 3_600_000
  expect(['2026-03-28', '2026-03-29', '2026-10-25', '2026-10-26'].map((day) => hours(day, 'Europe/Berlin'))).toEqual([
    24, 23, 25, 24,
  ])
  expect(['2026-03-08', '2026-11-01'].map((day) => hours(day, 'America/New_York'))).toEqual([23, 25])
  // Cairo's clocks go from midnight to one o'clock: the day begins at one.
  expect(iso(startOfDayText('2026-04-24', 0, 'Africa/Cairo'))).toBe('2026-04-23T22:00:00.000Z')
  expect(hours('2026-04-24', 'Africa/Cairo')).toBe(23)
})

test('months and hours are those of the clock', () => {
  expect(iso(startOfMonth(at('2026-10-31T22:00:00Z'), 0, 'Africa/Dar_es_Salaam'))).toBe('2026-10-31T21:00:00.000Z')
  expect(iso(startOfMonth(at('2026-10-31T22:00:00Z'), -1, 'Africa/Dar_es_Salaam'))).toBe('2026-09-30T21:00:00.000Z')
  expect(iso(startOfHour(at('2026-11-21T09:45:10Z'), 'Asia/Kolkata'))).toBe('2026-11-21T09:30:00.000Z')
  expect(civil(at('2026-11-21T09:45:10Z'), 'Asia/Kolkata')).toMatchObject({ hour: 15, minute: 15, weekday: 6 })
  expect(civil(at('2026-11-21T18:30:00Z'), 'Asia/Kolkata')).toMatchObject({ day: 22, hour: 0 })
})

test('an hour begins when clocks show a whole one, or are changed', () => {
  const hoursFrom = (first: string, zone: string) => {
    const starts = [startOfHour(at(first), zone)]
    while (starts.length < 4) starts.push(endOfHour(starts.at(-1) as number, zone))
    return starts.map((start) => `${iso(start).slice(11, 16)} ${civil(start, zone).hour}:${civil(start, zone).minute}`)
  }
  // Lord Howe's clocks go back from 2:00 to 1:30, and forward from 2:00 to 2:30.
  expect(iso(startOfHour(at('2026-04-04T15:10:00Z'), 'Australia/Lord_Howe'))).toBe('2026-04-04T15:00:00.000Z')
  expect(hoursFrom('2026-04-04T14:20:00Z', 'Australia/Lord_Howe')).toEqual([
    '14:00 1:0',
    '15:00 1:30',
    '15:30 2:0',
    '16:30 3:0',
  ])
  expect(hoursFrom('2026-10-03T14:40:00Z', 'Australia/Lord_Howe')).toEqual([
    '14:30 1:0',
    '15:30 2:30',
    '16:00 3:0',
    '17:00 4:0',
  ])
  expect(hoursFrom('2026-11-01T04:10:00Z', 'America/New_York')).toEqual([
    '04:00 0:0',
    '05:00 1:0',
    '06:00 1:0',
    '07:00 2:0',
  ])
  expect(hoursFrom('2026-11-01T04:10:00Z', 'Asia/Kolkata')).toEqual([
    '03:30 9:0',
    '04:30 10:0',
    '05:30 11:0',
    '06:30 12:0',
  ])
})

test('the same time of day is found on another day or month, whatever the clocks did between', () => {
  const zone = 'America/New_York'
  const days = (from: string, count: number) => iso(daysEarlier(at(from), count, zone))
  // 9:30 on March 8, after clocks went forward at 2:00, and the day before.
  expect(days('2026-03-08T13:30:00Z', 1)).toBe('2026-03-07T14:30:00.000Z')
  expect(days('2026-11-02T14:30:00Z', 2)).toBe('2026-10-31T13:30:00.000Z')
  // 2:30 was not shown on March 8, 1:30 twice on November 1.
  expect(days('2026-03-09T06:30:00Z', 1)).toBe('2026-03-08T07:30:00.000Z')
  expect(days('2026-11-02T06:30:00Z', 1)).toBe('2026-11-01T05:30:00.000Z')
  const months = (from: string, count: number, place = zone) => iso(monthsEarlier(at(from), count, place))
  expect(months('2026-03-10T13:00:00.250Z', 1)).toBe('2026-02-10T14:00:00.250Z')
  expect(months('2026-03-31T12:00:00Z', 1)).toBe('2026-03-01T05:00:00.000Z')
  expect(months('2024-02-29T12:00:00Z', 12, 'UTC')).toBe('2023-03-01T00:00:00.000Z')
  expect(months('2026-01-15T12:00:00Z', 1, 'Africa/Dar_es_Salaam')).toBe('2025-12-15T12:00:00.000Z')
  // The day that begins at one o'clock, and the midnight before a month.
  expect(iso(daysEarlier(at('2026-04-23T22:00:00Z'), 1, 'Africa/Cairo'))).toBe('2026-04-22T22:00:00.000Z')
})

test('times that clocks show twice are known, and have their offset', () => {
  const twice = (zone: string, ...instants: string[]) => instants.map((text) => isShownTwice(at(text), zone))
  expect(
    twice(
      'America/New_York',
      '2026-11-01T04:30:00Z',
      '2026-11-01T05:00:00Z',
      '2026-11-01T06:59:00Z',
      '2026-11-01T07:00:00Z',
    ),
  ).toEqual([false, true, true, false])
  expect(twice('America/New_York', '2026-03-08T06:30:00Z', '2026-03-08T07:30:00Z')).toEqual([false, false])
  expect(
    twice(
      'Australia/Lord_Howe',
      '2026-04-04T14:20:00Z',
      '2026-04-04T14:30:00Z',
      '2026-04-04T15:00:00Z',
      '2026-04-04T15:30:00Z',
    ),
  ).toEqual([false, true, true, false])
  expect(twice('UTC', '2026-11-01T05:00:00Z')).toEqual([false])
  expect(rfc3339(at('2026-11-01T05:30:00Z'), 'America/New_York')).toBe('2026-11-01T01:30:00-04:00')
  expect(rfc3339(at('2026-11-01T06:30:00.750Z'), 'America/New_York')).toBe('2026-11-01T01:30:00-05:00')
  expect(rfc3339(at('2026-11-21T14:05:09Z'), 'Africa/Dar_es_Salaam')).toBe('2026-11-21T17:05:09+03:00')
  expect([rfc3339(at('2026-11-21T14:05:09Z'), 'Asia/Kolkata'), rfc3339(at('2026-11-21T14:05:09Z'), 'UTC')]).toEqual([
    '2026-11-21T19:35:09+05:30',
    '2026-11-21T14:05:09+00:00',
  ])
})

test('of a zone that the browser does not know, the times of UTC are shown', () => {
  setProjectZone('Mars/Olympus_Mons')
  expect([zoneName(), unknownZone(), zoneLabel()]).toEqual(['UTC', 'Mars/Olympus_Mons', 'UTC'])
  expect(dayText(startOfDay(at('2026-11-21T12:00:00Z')))).toBe('2026-11-21')
  setProjectZone('Africa/Dar_es_Salaam')
  expect([zoneName(), unknownZone()]).toEqual(['Africa/Dar_es_Salaam', null])
  setProjectZone('UTC')
})

test('a zone is named by its place, and an instant by its offset', () => {
  expect([zoneLabel('UTC'), zoneLabel('Africa/Dar_es_Salaam'), zoneLabel('America/Argentina/Buenos_Aires')]).toEqual([
    'UTC',
    'Dar es Salaam',
    'Buenos Aires',
  ])
  expect(zoneOffset(at('2026-07-01T00:00:00Z'), 'Europe/Berlin')).toBe('GMT+2')
  expect(zoneOffset(at('2026-07-01T00:00:00Z'), 'UTC')).toBe('UTC')
})

test('a day and a time name an instant of the zone, the first where clocks show it twice', () => {
  const at = (day: string, time: string, zone: string) => {
    const found = instantOf(day, time, zone)
    return found === null ? null : new Date(found).toISOString()
  }
  expect(at('2026-11-21', '09:30', 'Africa/Dar_es_Salaam')).toBe('2026-11-21T06:30:00.000Z')
  expect(at('2026-11-01', '01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z')
  expect(at('', '09:30', 'UTC')).toBeNull()
  expect(at('2026-11-21', '', 'UTC')).toBeNull()
})
