// Usage as series and lists.
import { afterEach, expect, test } from 'vitest'
import { withoutPartialStart } from '../../charts/series'
import { dayText, setProjectZone } from '../../lib/zone'
import {
  adjustmentReason,
  endOf,
  monthLines,
  monthSheet,
  NO_FIGURES,
  parseBillingSearch,
  readSessionKey,
  rowName,
  sessionKey,
  type Usage,
  type UsageRow,
  usageSeries,
} from './model'
import { firstOfMonth } from './months'
import { lastMonths, monthName, parsePeriod, periodBefore, resolvePeriod } from './periods'

const NO_TIMES = { talk_seconds: 0, span_seconds: 0, differing_sessions: 0 }
const NOW = Date.parse('2026-11-21T12:00:00Z')

function row(fields: Partial<UsageRow>): UsageRow {
  return {
    ...NO_FIGURES,
    ...NO_TIMES,
    started_at: '2026-11-19T08:00:00Z',
    ended_at: '2026-11-19T08:05:00Z',
    adjustments: NO_FIGURES,
    ...fields,
  }
}

function usage(rows: UsageRow[], from = '2026-11-18T00:00:00Z', to = '2026-11-22T00:00:00Z'): Usage {
  return {
    from,
    to,
    time_zone: 'UTC',
    currency: 'TZS',
    rows,
    basis: 'talk_time',
    total: NO_FIGURES,
    total_times: NO_TIMES,
    total_adjustments: NO_FIGURES,
    first_call_at: null,
    next_cursor: null,
  }
}

afterEach(() => setProjectZone('UTC'))

test.each(['America/New_York', 'UTC', 'Africa/Dar_es_Salaam'])(
  'a row has the name of its day or month in %s',
  (zone) => {
    setProjectZone(zone)
    expect(rowName({ day: '2026-11-01' })).toBe('Sun 1 Nov')
    expect(rowName({ month: '2026-11' })).toBe('November 2026')
  },
)

test('days without calls are zero, and today is in part', () => {
  const series = usageSeries(usage([row({ day: '2026-11-19', calls: 4 })]), 'day', 'calls', NOW, [])
  expect(series.points.map((point) => point.value)).toEqual([0, 4, 0, 0])
  expect(series.points.map((point) => point.isPartial)).toEqual([false, false, false, true])
})

test('months follow each other whatever their length', () => {
  const asked = usage([row({ month: '2026-10', amount_minor: 75_000 })], '2026-09-01T00:00:00Z', '2026-11-22T00:00:00Z')
  const { points } = usageSeries(asked, 'month', 'amount', NOW, [])
  expect(points.map((point) => point.at.slice(0, 7))).toEqual(['2026-09', '2026-10', '2026-11'])
  expect(points.map((point) => point.value)).toEqual([0, 750, 0])
})

/** October, closed while the project's zone was UTC. */
const OCTOBER = {
  ...NO_FIGURES,
  month: '2026-10',
  starts_at: '2026-10-01T00:00:00Z',
  ends_at: '2026-11-01T00:00:00Z',
  closed_at: '2026-11-02T00:00:00Z',
  currency: 'TZS',
}

test.each(['America/New_York', 'Africa/Dar_es_Salaam'])(
  'in %s, a month closed in UTC is the same in the headline, the chart and the list',
  (zone) => {
    setProjectZone(zone)
    const last = resolvePeriod({ span: 'last_month' }, NOW, [OCTOBER])
    expect(last).toEqual({ from: OCTOBER.starts_at, to: OCTOBER.ends_at })
    expect(resolvePeriod({}, NOW, [OCTOBER]).from).toBe(OCTOBER.ends_at)
    expect(periodBefore({}, NOW, [OCTOBER]).from).toBe(OCTOBER.starts_at)

    const answer = usage([row({ month: '2026-10', calls: 7 })], last.from, last.to)
    const { points } = usageSeries(answer, 'month', 'calls', NOW, [OCTOBER])
    expect(
      points.map(({ at, value, isPartial }) => [
        rowName({ month: dayText(Date.parse(at)).slice(0, 7) }),
        value,
        isPartial,
      ]),
    ).toEqual([['October 2026', 7, false]])
    const months = lastMonths(24, NOW, [OCTOBER])
    expect([months.from, months.to]).toEqual([
      new Date(firstOfMonth('2024-12')).toISOString().replace('.000', ''),
      resolvePeriod({}, NOW, [OCTOBER]).to,
    ])
  },
)

test('no row is left out of the chart, also one of a month whose instants are not known yet', () => {
  setProjectZone('America/New_York')
  // By this zone alone, October ends at four o'clock in the morning of November 1 in UTC.
  const answer = usage(
    [row({ month: '2026-10', calls: 7 }), row({ month: '2026-11', calls: 2 })],
    '2026-10-02T00:00:00Z',
    '2026-11-01T02:00:00Z',
  )
  const { points } = usageSeries(answer, 'month', 'calls', NOW, [])
  expect(points.map(({ value }) => value)).toEqual([7, 2])
})

test('the chart draws the evening with which a month closed in UTC begins in New York', () => {
  setProjectZone('America/New_York')
  const rows = ['2026-09-30', '2026-10-01', '2026-10-02', '2026-10-31'].map((day) => row({ day, calls: 2 }))
  const drawn = withoutPartialStart(
    usageSeries(usage(rows, OCTOBER.starts_at, OCTOBER.ends_at), 'day', 'calls', NOW, [OCTOBER]),
  )
  expect(drawn.points.reduce((sum, { value }) => sum + value, 0)).toBe(8)
  expect(drawn.points.map(({ isPartial }) => isPartial)).toEqual([
    true,
    ...Array.from({ length: 30 }, () => false),
    true,
  ])
})

test('the rows of days are no months, while those are on their way', () => {
  expect(
    usageSeries(usage([row({ day: '2026-11-19', calls: 4 })]), 'month', 'calls', NOW, []).points.map(
      ({ at, value }) => [at.slice(0, 7), value],
    ),
  ).toEqual([['2026-11', 0]])
})

test('in the hours between two midnights, the present month is the one that is billed', () => {
  setProjectZone('America/New_York')
  const evening = Date.parse('2026-11-01T01:00:00Z')
  expect(resolvePeriod({}, evening, [OCTOBER])).toEqual({ from: '2026-11-01T00:00:00Z', to: '2026-11-01T04:00:00Z' })
  expect(
    monthLines([OCTOBER], usage([row({ month: '2026-11' })]), evening).map(({ month, state }) => [month, state]),
  ).toEqual([
    ['2026-11', 'running'],
    ['2026-10', 'closed'],
  ])
})

test('an end is real, of an error, inferred, or not there yet', () => {
  expect(endOf(row({}))).toBe('real')
  expect(endOf(row({ errors: 1 }))).toBe('error')
  expect(endOf(row({ inferred_calls: 1, errors: 1 }))).toBe('inferred')
  expect(endOf(row({ ended_at: null }))).toBe('open')
})

test('a session is found again, also one with a stroke in its id', () => {
  expect(readSessionKey(sessionKey({ widget_id: 'w1', session_id: 'a/b' }))).toEqual({
    widgetId: 'w1',
    sessionId: 'a/b',
  })
})

test('closed and open months make one list, and the running one cannot be closed', () => {
  const closed = {
    ...NO_FIGURES,
    month: '2026-09',
    starts_at: '2026-09-01T00:00:00Z',
    ends_at: '2026-10-01T00:00:00Z',
    closed_at: '2026-10-02T00:00:00Z',
    currency: 'TZS',
    calls: 9,
  }
  const lines = monthLines(
    [closed],
    usage([row({ month: '2026-09', calls: 9 }), row({ month: '2026-10' }), row({ month: '2026-11' })]),
    NOW,
  )
  expect(lines.map(({ month, state }) => [month, state])).toEqual([
    ['2026-11', 'running'],
    ['2026-10', 'open'],
    ['2026-09', 'closed'],
  ])
})

test('a month that was closed in another zone says from when to when it is billed', () => {
  setProjectZone('Africa/Dar_es_Salaam')
  const open = usage([row({ month: '2026-08' }), row({ month: '2026-09' }), row({ month: '2026-11' })])
  expect(monthLines([OCTOBER], open, NOW).map(({ month, bounds }) => [month, bounds])).toEqual([
    ['2026-11', '1 Nov, 03:00 – 1 Dec 2026, 00:00'],
    ['2026-10', '1 Oct, 03:00 – 1 Nov 2026, 03:00'],
    ['2026-09', '1 Sep, 00:00 – 1 Oct 2026, 03:00'],
    ['2026-08', null],
  ])
})

test('the file of months has instants by the project’s clock', () => {
  setProjectZone('Africa/Dar_es_Salaam')
  expect(monthSheet(monthLines([OCTOBER], undefined, NOW)).rows[0]?.slice(0, 3)).toEqual([
    '2026-10',
    'closed',
    '2026-11-02T03:00:00+03:00',
  ])
})

test('a viewer, who does not see usage, sees the closed months', () => {
  const closed = {
    ...NO_FIGURES,
    month: '2026-09',
    starts_at: '2026-09-01T00:00:00Z',
    ends_at: '2026-10-01T00:00:00Z',
    closed_at: '2026-10-02T00:00:00Z',
    currency: 'TZS',
  }
  expect(monthLines([closed], undefined, NOW)).toHaveLength(1)
})

test('an unknown reason is shown as a sentence', () => {
  expect(adjustmentReason('late_end').label).toBe('Late end')
  expect(adjustmentReason('new_reason').label).toBe('New reason')
})

test('nonsense in the address is dropped', () => {
  expect(parseBillingSearch({ tab: 'x', group: 'hour', span: 'this_month', from: '2026-11-02', widget: 7 })).toEqual({})
  expect(parsePeriod({ from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' })).toEqual({})
  expect(monthName('2026-11')).toBe('November 2026')
})
