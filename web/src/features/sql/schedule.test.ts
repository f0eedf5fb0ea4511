// Schedules in words, and their next runs in zones whose clocks change.
import { afterEach, expect, test } from 'vitest'
import { setProjectZone } from '../../lib/zone'
import type { QuestionSchedule } from './runsApi'
import { formOf, missingDefaultText, nextRunAt, nextRuns, nextText, runName, runsText, scheduleOf } from './schedule'

const DAR = 'Africa/Dar_es_Salaam'
const at = (iso: string) => Date.parse(iso)
const runs = (schedule: QuestionSchedule, after: string, zone: string, count = 3) =>
  nextRuns(schedule, at(after), count, zone).map((run) => new Date(run).toISOString().slice(0, 16))

afterEach(() => setProjectZone('UTC'))

test('a schedule is read as a sentence that names the zone of its time', () => {
  const texts = (
    [
      { every: 'hour' },
      { every: 'day', at: '07:00' },
      { every: 'week', weekday: 'monday', at: '07:30' },
      { every: 'month', day: 28, at: '00:00' },
    ] as const
  ).map((schedule) => runsText(schedule, DAR))
  expect(texts).toEqual([
    'Runs every hour',
    'Runs every day at 07:00 (Africa/Dar_es_Salaam)',
    'Runs every Monday at 07:30 (Africa/Dar_es_Salaam)',
    'Runs on day 28 of every month at 00:00 (Africa/Dar_es_Salaam)',
  ])
})

test('runs follow each other by the clock of the zone', () => {
  // Wednesday 25 November 2026, 13:22 in Dar es Salaam.
  const now = '2026-11-25T10:22:00Z'
  expect(runs({ every: 'hour' }, now, DAR)).toEqual(['2026-11-25T11:00', '2026-11-25T12:00', '2026-11-25T13:00'])
  expect(runs({ every: 'day', at: '07:00' }, now, DAR)).toEqual([
    '2026-11-26T04:00',
    '2026-11-27T04:00',
    '2026-11-28T04:00',
  ])
  expect(runs({ every: 'day', at: '13:23' }, now, DAR, 1)).toEqual(['2026-11-25T10:23'])
  expect(runs({ every: 'week', weekday: 'wednesday', at: '07:00' }, now, DAR, 2)).toEqual([
    '2026-12-02T04:00',
    '2026-12-09T04:00',
  ])
  expect(runs({ every: 'week', weekday: 'sunday', at: '02:00' }, now, DAR, 1)).toEqual(['2026-11-28T23:00'])
  expect(runs({ every: 'month', day: 1, at: '07:00' }, now, DAR)).toEqual([
    '2026-12-01T04:00',
    '2027-01-01T04:00',
    '2027-02-01T04:00',
  ])
  expect(runs({ every: 'month', day: 25, at: '13:22' }, now, DAR, 1)).toEqual(['2026-12-25T10:22'])
})

test('a time that clocks skip comes after the change, and one that they show twice comes once', () => {
  const halfPastTwo: QuestionSchedule = { every: 'day', at: '02:30' }
  // Berlin: 02:30 does not exist on 29 March, and comes twice on 25 October.
  expect(runs(halfPastTwo, '2026-03-27T12:00:00Z', 'Europe/Berlin')).toEqual([
    '2026-03-28T01:30',
    '2026-03-29T01:30',
    '2026-03-30T00:30',
  ])
  expect(runs(halfPastTwo, '2026-10-24T12:00:00Z', 'Europe/Berlin')).toEqual([
    '2026-10-25T00:30',
    '2026-10-26T01:30',
    '2026-10-27T01:30',
  ])
  // Between the two the day has had its run.
  expect(runs(halfPastTwo, '2026-10-25T01:00:00Z', 'Europe/Berlin', 1)).toEqual(['2026-10-26T01:30'])
  // Cairo has no midnight on 24 April.
  expect(runs({ every: 'week', weekday: 'friday', at: '00:00' }, '2026-04-20T00:00:00Z', 'Africa/Cairo', 2)).toEqual([
    '2026-04-23T22:00',
    '2026-04-30T21:00',
  ])
  // In New York it is the 1st when clocks are put back, and 07:00 stays 07:00.
  expect(runs({ every: 'month', day: 1, at: '07:00' }, '2026-10-15T00:00:00Z', 'America/New_York', 2)).toEqual([
    '2026-11-01T12:00',
    '2026-12-01T12:00',
  ])
})

test('every hour that passes has one run, also where a zone or its change is no whole hour', () => {
  expect(runs({ every: 'hour' }, '2026-11-25T10:22:00Z', 'Asia/Kathmandu', 2)).toEqual([
    '2026-11-25T11:15',
    '2026-11-25T12:15',
  ])
  expect(runs({ every: 'hour' }, '2026-10-25T00:10:00Z', 'Europe/Berlin')).toEqual([
    '2026-10-25T01:00',
    '2026-10-25T02:00',
    '2026-10-25T03:00',
  ])
  expect(runs({ every: 'hour' }, '2026-04-04T14:20:00Z', 'Australia/Lord_Howe')).toEqual([
    '2026-04-04T15:00',
    '2026-04-04T15:30',
    '2026-04-04T16:30',
  ])
})

test('without a time there are no runs', () => {
  expect(runs({ every: 'day', at: '' }, '2026-11-25T10:22:00Z', DAR)).toEqual([])
  expect(nextRunAt({ every: 'day', at: '' }, null, at('2026-11-25T10:22:00Z'))).toBeUndefined()
})

test('the next run is the one the server has set, until it has passed', () => {
  const now = at('2026-11-25T04:10:00Z')
  const daily: QuestionSchedule = { every: 'day', at: '07:00' }
  const next = (set: string | null) => nextText(nextRunAt(daily, set, now) ?? 0, now)
  expect([next('2026-11-25T06:10:00Z'), next('2026-11-25T04:00:00Z'), next(null)]).toEqual([
    'Next in 2 h',
    'Next in 2 h',
    'Next in 2 h',
  ])
  setProjectZone(DAR)
  expect(next('2026-11-25T04:00:00Z')).toBe('Next in 23 h')
})

test('a run is named by its weekday, day and time in the zone of the project', () => {
  const now = at('2026-11-25T10:22:00Z')
  setProjectZone(DAR)
  expect(runName(at('2026-11-23T04:00:00Z'), now)).toBe('Monday 23 Nov, 07:00')
  expect(runName(at('2026-11-22T21:30:00Z'), now)).toBe('Monday 23 Nov, 00:30')
  expect(runName(at('2027-01-03T04:00:00Z'), now)).toBe('Sunday 3 Jan 2027, 07:00')
  setProjectZone('America/New_York')
  expect(['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'].map((iso) => runName(at(iso), now))).toEqual([
    'Sunday 1 Nov, 01:30 GMT-4',
    'Sunday 1 Nov, 01:30 GMT-5',
  ])
})

test('the form keeps what another interval would need, and sends only what its own has', () => {
  const form = formOf({ every: 'week', weekday: 'friday', at: '18:15' })
  expect(scheduleOf(form)).toEqual({ every: 'week', weekday: 'friday', at: '18:15' })
  expect(scheduleOf({ ...form, every: 'month' })).toEqual({ every: 'month', day: 1, at: '18:15' })
  expect(scheduleOf({ ...form, every: 'day' })).toEqual({ every: 'day', at: '18:15' })
  expect(scheduleOf({ ...form, every: 'hour' })).toEqual({ every: 'hour' })
  expect(scheduleOf(formOf(null))).toEqual({ every: 'day', at: '07:00' })
})

test('parameters without a value are named', () => {
  const parameter = (name: string, value?: unknown) => ({ name, type: 'text' as const, default: value })
  expect(missingDefaultText([parameter('country', 'TZ'), parameter('active', false), parameter('least', 0)])).toBeNull()
  expect(missingDefaultText([parameter('country'), parameter('least', 0)])).toBe(
    'Runs use the saved values of the parameters, and $country has none.',
  )
  expect(missingDefaultText([parameter('a'), parameter('b', null), parameter('c')])).toBe(
    'Runs use the saved values of the parameters, and $a, $b and $c have none.',
  )
})
