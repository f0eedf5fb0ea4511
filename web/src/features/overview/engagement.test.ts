// What visits are worth, as it is shown.
import { expect, test } from 'vitest'
import type { Bucket, Overview, Totals } from '../../api/types'
import { drawnMetric, rowValue } from './drawnMetric'
import { type Engagement, engagementFigures, engagementSeries, readEngagementMetric } from './engagement'

const [FIRST, SECOND] = ['2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z']
const period = {
  from: FIRST,
  to: '2026-11-22T00:00:00Z',
  bucket_seconds: 86_400,
  time_zone: 'UTC',
  previous_from: '2026-11-13T00:00:00Z',
  previous_to: '2026-11-15T00:00:00Z',
}
const sum = (currency: string, amount: number) => ({ currency, amount: String(amount), text: '', minor: amount * 100 })
const counts = (
  sessions: number,
  engaged: number,
  converting: number,
  conversions: number,
  revenue: Engagement['totals']['revenue'] = [],
) => ({
  sessions,
  engaged_sessions: engaged,
  converting_sessions: converting,
  conversions,
  revenue,
})
const engagement: Engagement = {
  period,
  totals: counts(40, 30, 4, 5, [sum('TZS', 500), sum('USD', 20)]),
  previous: counts(0, 0, 0, 0),
  series: [
    { at: FIRST, ...counts(10, 6, 0, 0) },
    { at: SECOND, ...counts(30, 24, 4, 5, [sum('TZS', 500), sum('USD', 20)]) },
  ],
  previous_series: [null, { at: '2026-11-14T00:00:00Z', ...counts(0, 0, 0, 0) }],
  unattributed_conversions: 0,
}
const totals = (sessions: number, friction: number): Totals => ({
  events: 0,
  page_views: 0,
  visitors: 0,
  sessions,
  friction,
  friction_sessions: 0,
})
const bucket = (at: string, sessions: number, friction: number): Bucket => ({ at, ...totals(sessions, friction) })
const overview: Overview = {
  period,
  totals: totals(40, 10),
  previous: totals(20, 10),
  series: [bucket(FIRST, 10, 1), bucket(SECOND, 0, 9)],
  distinct_error: 0,
  previous_series: [null, null],
}

test('shares are of sessions, and of none there is none to compare with', () => {
  const [engaged, conversions, rate] = engagementFigures(overview, engagement)
  expect(engaged).toMatchObject({ metric: 'engaged', value: 0.75, previous: null, good: 'up' })
  expect(conversions).toMatchObject({ value: 5, previous: 0, spark: [0, 5] })
  expect(rate).toMatchObject({ value: 0.1, previous: null })
})

test('each currency has its figure; one alone needs no name', () => {
  const names = (of: Engagement) => engagementFigures(overview, of).map(({ name }) => name)
  expect(names(engagement).slice(3)).toEqual(['Revenue in TZS', 'Revenue in USD', 'Friction per 100 sessions'])
  expect(names({ ...engagement, totals: counts(40, 30, 4, 5, [sum('TZS', 500)]) })[3]).toBe('Revenue')
  expect(names({ ...engagement, totals: counts(40, 30, 0, 0) })).toHaveLength(4)
})

test('friction is counted for every 100 sessions; without sessions there is none', () => {
  const friction = (of: Overview) => engagementFigures(of, engagement).at(-1)
  expect(friction(overview)).toMatchObject({ value: 25, previous: 50, spark: [10, 0], good: 'down' })
  expect(friction({ ...overview, totals: totals(0, 0) })?.value).toBeNull()
})

test('orders without a session are named, and counted nowhere', () => {
  const help = (missing: number) =>
    engagementFigures(overview, { ...engagement, unattributed_conversions: missing })[1]?.help
  expect(help(0)).toBe('Orders and bookings in sessions, each counted once.')
  expect(help(7)).toContain('7 more name no session')
})

test('shares are drawn in percent, revenue in its currency', () => {
  const values = (metric: Parameters<typeof engagementSeries>[2]) =>
    engagementSeries(overview, engagement, metric).points.map(({ value }) => value)
  expect(values('engaged')).toEqual([60, 80])
  expect(values('revenue-USD')).toEqual([0, 20])
  expect(values('revenue-EUR')).toEqual([0, 0])
  const drawn = drawnMetric(overview, engagement, 'engaged')
  expect(drawn).toMatchObject({ unit: '%', series: { isRate: true } })
  expect(drawn && [rowValue(drawn, 100 / 3), rowValue(drawn, null), drawn.format?.(12.34)]).toEqual([
    33.3,
    null,
    '12.3%',
  ])
  expect(drawnMetric(overview, undefined, 'engaged')).toBeNull()
  expect(drawnMetric(overview, undefined, 'friction')?.name).toBe('Friction')
})

test('only metrics that there are are read from the address', () => {
  expect(['engaged', 'revenue-TZS', 'revenue-tzs', 'revenue-', 'luck', 7, undefined].map(readEngagementMetric)).toEqual(
    ['engaged', 'revenue-TZS', undefined, undefined, undefined, undefined, undefined],
  )
})
