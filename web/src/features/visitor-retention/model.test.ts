// The retention page's address, the unit that goes with a period, and its question.
import { expect, test } from 'vitest'
import {
  hasFilters,
  parseRetentionSearch,
  retentionParams,
  scopeOf,
  segmentOf,
  sessionsOf,
  unitOf,
  withBy,
  withComparison,
  withGroup,
  withOption,
  withoutFilters,
  withValue,
} from './model'

test('parameters that mean nothing, and defaults, are dropped', () => {
  expect(
    parseRetentionSearch({ unit: 'week', first: 'conversion', returning: 'visit', device: 'mobile', x: 1 }),
  ).toEqual({ unit: 'week', first: 'conversion', device: 'mobile' })
  expect(parseRetentionSearch({ unit: 'year', first: 'visit' })).toEqual({})
})

test('the unit goes with the length of the period unless one is chosen', () => {
  expect(
    ([{}, { period: 'today' }, { period: '30d' }, { period: '90d' }, { period: '90d', unit: 'day' }] as const).map(
      unitOf,
    ),
  ).toEqual(['day', 'day', 'week', 'week', 'day'])
  const from = '2026-01-01T00:00:00Z'
  expect(
    ['2026-01-15T00:00:00Z', '2026-01-16T00:00:00Z', '2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z'].map((to) =>
      unitOf({ from, to }),
    ),
  ).toEqual(['day', 'week', 'week', 'month'])
})

test('the question has the filters that choose visitors, and no others', () => {
  const now = Date.parse('2026-11-24T06:00:00Z')
  const search = parseRetentionSearch({
    period: '30d',
    path: '/a',
    friction_kind: 'rage_click',
    answered: true,
    device: 'mobile',
    bots: true,
    returning: 'conversion',
  })
  expect(retentionParams(search, now)).toEqual({
    from: '2026-10-26T00:00:00Z',
    to: '2026-11-24T06:01:00Z',
    device: 'mobile',
    include_bots: true,
    unit: 'week',
    first: 'visit',
    return: 'conversion',
  })
  expect(scopeOf(search)).toEqual({ period: '30d', device: 'mobile', bots: true })
  const others = parseRetentionSearch({
    city: 'Moshi',
    utm_source: 'x',
    filters: 'session=booked;browser!=Chrome',
    vs: 'none',
    compare: 'os',
  })
  expect(retentionParams(others, now)).toMatchObject({ filters: 'browser!=Chrome;city=Moshi' })
  expect(retentionParams(others, now)).not.toHaveProperty('city')
  expect([hasFilters(others), hasFilters({ filters: 'session=booked' })]).toEqual([true, false])
  expect(withoutFilters({ city: 'Moshi', filters: 'browser!=Chrome' })).toEqual({})
})

test('an option keeps the rest, and filters are taken away together', () => {
  expect(withOption({ device: 'mobile', unit: 'day' }, { returning: 'conversion' })).toEqual({
    device: 'mobile',
    unit: 'day',
    returning: 'conversion',
  })
  expect(withOption({ first: 'conversion' }, { first: 'visit' })).toEqual({})
  expect([hasFilters({ path: '/a' }), hasFilters({ os: 'iOS' })]).toEqual([false, true])
  expect(withoutFilters({ os: 'iOS', period: '30d', unit: 'day' })).toEqual({ period: '30d', unit: 'day' })
})

test('a comparison begins with groups that are often compared, and cohorts are days', () => {
  expect(withComparison({ period: '30d', compare: 'os', a: 'x' }, 'device')).toEqual({
    period: '30d',
    compare: 'device',
    a: 'mobile',
    b: 'desktop',
  })
  expect(withComparison({ compare: 'device', a: 'mobile', b: 'desktop' }, 'cohort')).toEqual({ compare: 'cohort' })
  expect(withComparison({ compare: 'device', a: 'mobile', period: '90d' }, undefined)).toEqual({ period: '90d' })
  expect(parseRetentionSearch({ compare: 'cohort', a: '2026-11-02', b: 'mobile' })).toEqual({
    compare: 'cohort',
    a: '2026-11-02',
  })
  expect(parseRetentionSearch({ compare: 'path', a: '/x' })).toEqual({})
  expect(parseRetentionSearch({ a: 'mobile' })).toEqual({})
  expect([
    withGroup({ compare: 'os', a: 'iOS' }, 'a', 'Android'),
    withGroup({ compare: 'os', a: 'iOS' }, 'a', ''),
  ]).toEqual([{ compare: 'os', a: 'Android' }, { compare: 'os' }])
})

test('other units end what was shown of the ones before', () => {
  expect(withOption({ open: '2026-11-02.1', compare: 'cohort', a: '2026-11-02' }, { unit: 'day' })).toEqual({
    unit: 'day',
    compare: 'cohort',
  })
  expect(withOption({ compare: 'device', a: 'mobile', b: 'desktop' }, { unit: 'day' })).toEqual({
    unit: 'day',
    compare: 'device',
    a: 'mobile',
    b: 'desktop',
  })
  expect([parseRetentionSearch({ open: '2026-11-02.12' }), parseRetentionSearch({ open: 'x.1' })]).toEqual([
    { open: '2026-11-02.12' },
    {},
  ])
})

test('a segment is the same question with its filter, and a cell leads to the sessions of its time', () => {
  expect(segmentOf({ period: '30d', device: 'tablet', os: 'iOS' }, 'device', 'mobile')).toEqual({
    period: '30d',
    device: 'mobile',
    os: 'iOS',
  })
  expect(
    sessionsOf(
      { period: '30d', path: '/a', device: 'mobile', unit: 'week', compare: 'os', a: 'iOS', open: '2026-11-02.1' },
      { from: '2026-11-09T00:00:00Z', to: '2026-11-16T00:00:00Z' },
    ),
  ).toEqual({ device: 'mobile', from: '2026-11-09T00:00:00Z', to: '2026-11-16T00:00:00Z' })
})

test('groups, one of them, and the time of their comparison are in the address', () => {
  expect(parseRetentionSearch({ by: 'country', value: 'KE', at: '4' })).toEqual({ by: 'country', value: 'KE', at: 4 })
  expect(parseRetentionSearch({ by: 'utm_campaign', value: 2026, at: 0 })).toEqual({
    by: 'utm_campaign',
    value: '2026',
    at: 0,
  })
  expect(parseRetentionSearch({ by: 'referrer', value: '', at: -1 })).toEqual({ by: 'referrer', value: '' })
  expect([parseRetentionSearch({ by: 'region', value: 'x' }), parseRetentionSearch({ value: 'KE', at: 1 })]).toEqual([
    {},
    {},
  ])
  const now = Date.parse('2026-11-24T06:00:00Z')
  expect(retentionParams({ by: 'referrer', value: '' }, now)).toMatchObject({ by: 'referrer', value: '' })
  expect(retentionParams({ by: 'referrer' }, now)).not.toHaveProperty('value')
  expect(retentionParams({}, now)).not.toHaveProperty('by')
})

test('other groups begin with all visitors, and one of them counts as a filter', () => {
  const search = { period: '30d', by: 'country', value: 'KE', at: 1, open: '2026-11-02.1' } as const
  expect(withBy(search, 'city')).toEqual({ period: '30d', by: 'city', at: 1 })
  expect(withBy(search, undefined)).toEqual({ period: '30d' })
  expect(withValue(search, undefined)).toEqual({ period: '30d', by: 'country', at: 1 })
  expect(withValue({ by: 'country' }, '')).toEqual({ by: 'country', value: '' })
  expect(withOption({ by: 'country', at: 4 }, { unit: 'day' })).toEqual({ by: 'country', unit: 'day' })
  expect([hasFilters({ by: 'country', value: '' }), hasFilters({ by: 'country' })]).toEqual([true, false])
  expect(withoutFilters(search)).toEqual({ period: '30d', by: 'country', at: 1, open: '2026-11-02.1' })
  expect(segmentOf({ by: 'country' }, 'device', 'mobile')).toEqual({ device: 'mobile' })
  expect(segmentOf({ by: 'country', value: 'KE' }, 'device', 'mobile')).toEqual({
    by: 'country',
    value: 'KE',
    device: 'mobile',
  })
})
