// The key figures of the overview.
import { expect, test } from 'vitest'
import type { Overview, Totals } from '../../api/types'
import { comparedWith, keyFigures, metricSeries, parseOverviewSearch, segmentOf } from './model'

const totals = (sessions: number, frictionSessions: number): Totals => ({
  events: 100,
  page_views: 50,
  visitors: 20,
  sessions,
  friction: 9,
  friction_sessions: frictionSessions,
})
const overview: Overview = {
  period: {
    from: '2026-11-20T00:00:00Z',
    to: '2026-11-22T00:00:00Z',
    bucket_seconds: 86_400,
    time_zone: 'UTC',
    previous_from: '2026-11-13T00:00:00Z',
    previous_to: '2026-11-15T00:00:00Z',
  },
  totals: totals(40, 10),
  previous: totals(0, 0),
  series: [
    { at: '2026-11-20T00:00:00Z', ...totals(10, 1) },
    { at: '2026-11-21T00:00:00Z', ...totals(30, 9) },
  ],
  distinct_error: 0,
  previous_series: [],
}

test('the share of sessions with friction is of sessions; of none there was none to compare with', () => {
  const share = (of: Overview) => keyFigures(of).find(({ metric }) => metric === 'friction_share')
  expect(share(overview)).toMatchObject({ value: 0.25, previous: null, spark: [0.1, 0.3], good: 'down' })
  expect(share({ ...overview, previous: totals(10, 0) })?.previous).toBe(0)
})

test('estimated counts of visitors and sessions say how good they are', () => {
  const help = (of: Overview, name: string) => keyFigures(of).find(({ metric }) => metric === name)?.help
  const estimated = { ...overview, distinct_error: 0.0217 }
  for (const name of ['visitors', 'sessions', 'friction_share']) {
    expect(help(estimated, name)).toMatch(/within ±2\.2% of the exact number\.$/)
    expect(help(overview, name)).not.toContain('Estimated')
  }
  expect(help(estimated, 'events')).not.toContain('Estimated')
})

test('the share is drawn as the sessions behind it', () => {
  expect(metricSeries(overview, 'friction_share').points.map(({ value }) => value)).toEqual([1, 9])
  expect(metricSeries(overview, 'sessions').points.map(({ value }) => value)).toEqual([10, 30])
})

test('an unknown or default figure is left out of the address', () => {
  expect(parseOverviewSearch({ metric: 'luck' })).toEqual({})
  expect(parseOverviewSearch({ metric: 'visitors' })).toEqual({})
  expect(parseOverviewSearch({ metric: 'friction', period: '30d' })).toEqual({ metric: 'friction', period: '30d' })
})

test('the kind of the live stream stays in the address', () => {
  expect(parseOverviewSearch({ stream: 'friction', metric: 'revenue-TZS' })).toEqual({
    stream: 'friction',
    metric: 'revenue-TZS',
  })
  expect(parseOverviewSearch({ stream: 'gossip' })).toEqual({})
})

test('a segment stands in place of the period before, bucket by bucket', () => {
  const segment = {
    ...overview,
    totals: totals(8, 4),
    series: [
      { at: '2026-11-20T00:00:00Z', ...totals(5, 1) },
      { at: '2026-11-21T00:00:00Z', ...totals(3, 3) },
    ],
    distinct_error: 0.02,
  }
  const compared = comparedWith(overview, segment)
  expect(keyFigures(compared).find(({ metric }) => metric === 'sessions')).toMatchObject({ value: 40, previous: 8 })
  expect(metricSeries(compared, 'sessions').points.map(({ value, previous }) => [value, previous])).toEqual([
    [10, 5],
    [30, 3],
  ])
  expect(compared.distinct_error).toBe(0.02)
})

test('a segment is asked of the same period with its own filters, all sessions with none', () => {
  const search = { period: '30d', device: 'mobile', bots: true } as const
  expect(segmentOf({ ...search, vs: 'country=KE;session!=booked' })).toEqual({
    period: '30d',
    bots: true,
    country: 'KE',
    filters: 'session!=booked',
  })
  expect(segmentOf({ ...search, vs: 'all' })).toEqual({ period: '30d', bots: true })
  expect([segmentOf(search), segmentOf({ ...search, vs: 'none' })]).toEqual([undefined, undefined])
})
