// Months as they are billed, also those that were closed in another time zone.
import { afterEach, expect, test } from 'vitest'
import { setProjectZone } from '../../lib/zone'
import { type MonthInstants, monthBounds, monthOf, shiftMonth } from './months'

const at = (iso: string) => Date.parse(iso)
const bounds = (month: string, closed: MonthInstants[] = []) => {
  const { start, end } = monthBounds(month, closed)
  return [start, end].map((ms) => new Date(ms).toISOString().replace('.000Z', 'Z'))
}
/** Closed while the project's zone was UTC. */
const OCTOBER: MonthInstants = { month: '2026-10', starts_at: '2026-10-01T00:00:00Z', ends_at: '2026-11-01T00:00:00Z' }

afterEach(() => setProjectZone('UTC'))

test('open months begin by the project’s clock', () => {
  setProjectZone('Africa/Dar_es_Salaam')
  expect(bounds('2026-11')).toEqual(['2026-10-31T21:00:00Z', '2026-11-30T21:00:00Z'])
  expect([monthOf(at('2026-10-31T20:59:59Z'), []), monthOf(at('2026-10-31T21:00:00Z'), [])]).toEqual([
    '2026-10',
    '2026-11',
  ])
})

test.each([
  ['Africa/Dar_es_Salaam', '2026-11-30T21:00:00Z', '2026-08-31T21:00:00Z'],
  ['America/New_York', '2026-12-01T05:00:00Z', '2026-09-01T04:00:00Z'],
])(
  'a closed month keeps its instants, and its neighbours reach up to it in %s',
  (zone, endOfNovember, startOfSeptember) => {
    setProjectZone(zone)
    expect(bounds('2026-10', [OCTOBER])).toEqual(['2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'])
    expect(bounds('2026-11', [OCTOBER])).toEqual(['2026-11-01T00:00:00Z', endOfNovember])
    expect(bounds('2026-09', [OCTOBER])).toEqual([startOfSeptember, '2026-10-01T00:00:00Z'])
    expect(
      ['2026-09-30T23:59:59Z', '2026-10-01T00:00:00Z', '2026-10-31T23:59:59Z', '2026-11-01T00:00:00Z'].map((iso) =>
        monthOf(at(iso), [OCTOBER]),
      ),
    ).toEqual(['2026-09', '2026-10', '2026-10', '2026-11'])
  },
)

test('every instant is billed in one month', () => {
  const closed: MonthInstants[] = []
  for (const [month, zone] of [
    ['2026-03', 'Pacific/Kiritimati'],
    ['2026-04', 'Pacific/Pago_Pago'],
    ['2026-06', 'America/New_York'],
    ['2026-05', 'UTC'],
  ] as const) {
    setProjectZone(zone)
    const [starts_at = '', ends_at = ''] = bounds(month, closed)
    closed.push({ month, starts_at, ends_at })
  }
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin']) {
    setProjectZone(zone)
    for (let hour = 0; hour < 24 * 200; hour += 1) {
      const instant = at('2026-01-15T00:30:00Z') + hour * 3_600_000
      const { start, end } = monthBounds(monthOf(instant, closed), closed)
      if (instant < start || instant >= end)
        expect.fail(`${zone} ${new Date(instant).toISOString()} ${monthOf(instant, closed)}`)
    }
  }
})

test('months follow each other over the turn of years', () => {
  expect([shiftMonth('2026-11', 2), shiftMonth('2026-01', -1), shiftMonth('2026-11', -23)]).toEqual([
    '2027-01',
    '2025-12',
    '2024-12',
  ])
})
