// The periods usage is asked for and compared with, in zones with and without changes of clocks.
import { afterEach, describe, expect, test } from 'vitest'
import { civil, setProjectZone, startOfDayText } from '../../lib/zone'
import type { MonthInstants } from './months'
import { type BillingPeriod, callsKnownSince, comparisonGap, periodBefore, resolvePeriod } from './periods'

const HOUR = 3_600_000
const two = (number: number) => String(number).padStart(2, '0')

/** What the project's clock shows: "2026-11-21 09:00". */
function clock(iso: string): string {
  const { year, month, day, hour, minute } = civil(Date.parse(iso))
  return `${year}-${two(month + 1)}-${two(day)} ${two(hour)}:${two(minute)}`
}

const shown = ({ from, to }: { from: string; to: string }) => [clock(from), clock(to)]

/** The instant of a whole hour, of a day that has 24. */
function local(text: string): number {
  const [day = '', hour = ''] = text.split(' ')
  return startOfDayText(day) + Number(hour.slice(0, 2)) * HOUR
}

afterEach(() => setProjectZone('UTC'))

describe.each(['UTC', 'America/New_York', 'Africa/Dar_es_Salaam'])('in %s', (zone) => {
  const resolved = (search: BillingPeriod, now: string) => (
    setProjectZone(zone), shown(resolvePeriod(search, local(now), []))
  )
  const before = (search: BillingPeriod, now: string) => (
    setProjectZone(zone), shown(periodBefore(search, local(now), []))
  )
  const NOON = '2026-11-21 12:00'

  test('periods are whole days and months', () => {
    expect(resolved({}, NOON)).toEqual(['2026-11-01 00:00', '2026-11-22 00:00'])
    expect(resolved({ span: 'last_month' }, NOON)).toEqual(['2026-10-01 00:00', '2026-11-01 00:00'])
    expect(resolved({ span: '30d' }, NOON)).toEqual(['2026-10-23 00:00', '2026-11-22 00:00'])
    expect(resolved({ span: '12m' }, NOON)).toEqual(['2025-12-01 00:00', '2026-11-22 00:00'])
  })

  test('a month is compared with the one before up to the same day and time', () => {
    expect(before({}, NOON)).toEqual(['2026-10-01 00:00', '2026-10-21 12:00'])
    expect(before({}, '2026-11-01 00:00')).toEqual(['2026-10-01 00:00', '2026-10-01 00:01'])
    expect(before({}, '2026-12-01 09:00')).toEqual(['2026-11-01 00:00', '2026-11-01 09:00'])
    expect(before({}, '2026-03-10 09:00')).toEqual(['2026-02-01 00:00', '2026-02-10 09:00'])
    expect(before({}, '2026-04-08 02:00')).toEqual([
      '2026-03-01 00:00',
      zone === 'America/New_York' ? '2026-03-08 03:00' : '2026-03-08 02:00',
    ])
  })

  test('a month is compared with all of a shorter one from where that ends', () => {
    expect(before({}, '2026-03-31 08:00')).toEqual(['2026-02-01 00:00', '2026-03-01 00:00'])
    expect(before({}, '2026-03-28 08:00')).toEqual(['2026-02-01 00:00', '2026-02-28 08:00'])
    expect(before({ span: 'last_month' }, NOON)).toEqual(['2026-09-01 00:00', '2026-10-01 00:00'])
    expect(before({ span: 'last_month' }, '2026-03-31 08:00')).toEqual(['2026-01-01 00:00', '2026-02-01 00:00'])
  })

  test('days are compared with as many whole days right before', () => {
    expect(before({ span: '30d' }, NOON)).toEqual(['2026-09-23 00:00', '2026-10-22 12:00'])
    expect(before({ span: '90d' }, '2026-03-10 09:00')).toEqual(['2025-09-12 00:00', '2025-12-10 09:00'])
    const custom = (first: string, last: string) => ({
      from: new Date(local(`${first} 00`)).toISOString(),
      to: new Date(local(`${last} 00`)).toISOString(),
    })
    setProjectZone(zone)
    expect(before(custom('2026-03-05', '2026-03-12'), NOON)).toEqual(['2026-02-26 00:00', '2026-03-05 00:00'])
    expect(before(custom('2026-10-30', '2026-11-04'), NOON)).toEqual(['2026-10-25 00:00', '2026-10-30 00:00'])
    expect(before(custom('2026-11-16', '2026-11-26'), NOON)).toEqual(['2026-11-06 00:00', '2026-11-11 12:00'])
    expect(before(custom('2026-12-01', '2026-12-03'), NOON)).toEqual(['2026-11-29 00:00', '2026-12-01 00:00'])
  })

  test('twelve months are compared with the same ones a year earlier', () => {
    expect(before({ span: '12m' }, NOON)).toEqual(['2024-12-01 00:00', '2025-11-21 12:00'])
    expect(before({ span: '12m' }, '2024-02-29 09:00')).toEqual(['2022-03-01 00:00', '2023-03-01 00:00'])
  })
})

test('the clock of New York is changed between a period and the one before', () => {
  setProjectZone('America/New_York')
  const before = (search: BillingPeriod, now: string) => periodBefore(search, Date.parse(now), [])
  // 9:00 on March 10 (UTC-4), and on February 10 (UTC-5).
  expect(before({}, '2026-03-10T13:00:00Z')).toEqual({ from: '2026-02-01T05:00:00Z', to: '2026-02-10T14:00:00Z' })
  expect(before({ span: '30d' }, '2026-03-10T13:00:00Z')).toEqual({
    from: '2026-01-10T05:00:00Z',
    to: '2026-02-08T14:00:00Z',
  })
  // 12:00 on November 21 (UTC-5), and on October 21 (UTC-4).
  expect(before({}, '2026-11-21T17:00:00Z')).toEqual({ from: '2026-10-01T04:00:00Z', to: '2026-10-21T16:00:00Z' })
  expect(before({ span: '30d' }, '2026-11-21T17:00:00Z')).toEqual({
    from: '2026-09-23T04:00:00Z',
    to: '2026-10-22T16:00:00Z',
  })
  // The day of 25 hours, against the one before.
  expect(before({ from: '2026-11-01T04:00:00Z', to: '2026-11-02T05:00:00Z' }, '2026-11-21T17:00:00Z')).toEqual({
    from: '2026-10-31T04:00:00Z',
    to: '2026-11-01T04:00:00Z',
  })
  // From 2:30 to 3:00 on March 9: on March 8 clocks showed no 2:30.
  expect(before({ from: '2026-03-09T06:30:00Z', to: '2026-03-09T07:00:00Z' }, '2026-11-21T17:00:00Z')).toEqual({
    from: '2026-03-08T07:30:00Z',
    to: '2026-03-08T08:00:00Z',
  })
})

test('the clock of Dar es Salaam is never changed', () => {
  setProjectZone('Africa/Dar_es_Salaam')
  expect(periodBefore({}, Date.parse('2026-11-21T12:00:00Z'), [])).toEqual({
    from: '2026-09-30T21:00:00Z',
    to: '2026-10-21T12:00:00Z',
  })
  expect(periodBefore({ span: '12m' }, Date.parse('2026-11-21T12:00:00Z'), [])).toEqual({
    from: '2024-11-30T21:00:00Z',
    to: '2025-11-21T12:00:00Z',
  })
})

test('months closed in another zone are compared as they were closed', () => {
  const october: MonthInstants = {
    month: '2026-10',
    starts_at: '2026-10-01T00:00:00Z',
    ends_at: '2026-11-01T00:00:00Z',
  }
  setProjectZone('America/New_York')
  expect(periodBefore({}, Date.parse('2026-11-21T17:00:00Z'), [october])).toEqual({
    from: '2026-10-01T00:00:00Z',
    to: '2026-10-21T16:00:00Z',
  })
  expect(periodBefore({ span: 'last_month' }, Date.parse('2026-11-21T17:00:00Z'), [october])).toEqual({
    from: '2026-09-01T04:00:00Z',
    to: '2026-10-01T00:00:00Z',
  })
  // November has begun, on the last evening of October by the clock.
  const evening = periodBefore({}, Date.parse('2026-11-01T01:00:00Z'), [october])
  expect(evening.from).toBe('2026-10-01T00:00:00Z')
  expect(Date.parse(evening.to)).toBeGreaterThan(Date.parse(evening.from))
})

test('a period is never compared with none', () => {
  // September was closed in Pago Pago: October begins on its second day by this clock, November on its first.
  const september: MonthInstants = {
    month: '2026-09',
    starts_at: '2026-09-01T11:00:00Z',
    ends_at: '2026-10-01T11:00:00Z',
  }
  setProjectZone('Pacific/Kiritimati')
  expect(periodBefore({}, Date.parse('2026-10-31T19:00:00Z'), [september])).toEqual({
    from: '2026-10-01T11:00:00Z',
    to: '2026-10-01T20:00:00Z',
  })
  for (const zone of ['America/New_York', 'Africa/Cairo', 'Australia/Lord_Howe', 'Pacific/Kiritimati']) {
    setProjectZone(zone)
    for (let hours = 0; hours < 400 * 24; hours += 61) {
      const now = Date.parse('2025-12-01T00:20:00Z') + hours * HOUR
      for (const search of [{}, { span: 'last_month' }, { span: '30d' }, { span: '12m' }] as const) {
        const [period, before] = [resolvePeriod(search, now, [september]), periodBefore(search, now, [september])]
        const isOne = before.from < before.to && before.to <= period.from
        if (!isOne) expect.fail(`${zone} ${new Date(now).toISOString()} ${JSON.stringify([search, period, before])}`)
      }
    }
  }
})

test('a month is compared only with one that is known completely', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const gap = (createdAt: string, firstCallAt: string | null, search = {}) =>
    comparisonGap(search, callsKnownSince(createdAt, firstCallAt), now, [])
  expect(gap('2026-03-02T08:00:00Z', '2026-10-15T08:00:00Z')).toBeNull()
  expect(gap('2026-10-15T08:00:00Z', '2026-10-16T08:00:00Z')).toBe('No comparison: calls are known since 15 Oct 2026.')
  // Senders may bring a past with them.
  expect(gap('2026-11-20T08:00:00Z', '2026-10-16T08:00:00Z')).toBe('No comparison: calls are known since 16 Oct 2026.')
  expect(gap('2026-11-20T08:00:00Z', '2026-09-30T23:00:00Z')).toBeNull()
  expect(gap('2026-10-15T08:00:00Z', null)).toBe('No comparison: calls are known since 15 Oct 2026.')
  expect(gap('2026-10-01T08:00:00Z', null, { span: '30d' })).toBe('No comparison: calls are known since 1 Oct 2026.')
  expect(gap('2026-09-23T00:00:00Z', null, { span: '30d' })).toBeNull()
  expect(comparisonGap({}, null, now, [])).toBeNull()
})
