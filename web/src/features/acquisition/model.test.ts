// The acquisition page's address: its parameters, values as filters, and the sessions a row leads to.
import { expect, test } from 'vitest'
import {
  acquisitionParams,
  filterValue,
  hasFilters,
  isChosen,
  parseAcquisitionSearch,
  scopeOf,
  sessionsOf,
  withOpen,
  withoutAllFilters,
  withTab,
  withValue,
} from './model'

test('parameters that mean nothing, and the first tab of a card, are dropped', () => {
  expect(
    parseAcquisitionSearch({
      by: 'city',
      places: 'country',
      technology: 'viewport',
      campaigns: 'city',
      device: 'mobile',
      utm_source: 2026,
      sort: 'x',
    }),
  ).toEqual({ by: 'city', technology: 'viewport', device: 'mobile', utm_source: '2026' })
})

test('a value becomes a filter; the same value again takes it away, another one replaces it', () => {
  const one = withValue({ period: '30d', by: 'country' }, 'country', 'KE')
  expect(one).toEqual({ period: '30d', by: 'country', country: 'KE' })
  expect(withValue(one, 'country', 'TZ')).toEqual({ period: '30d', by: 'country', country: 'TZ' })
  expect(withValue(one, 'country', 'KE')).toEqual({ period: '30d', by: 'country' })
  expect(withValue(one, 'country', undefined)).toEqual({ period: '30d', by: 'country' })
})

test('every breakdown filters, and sessions without a value where filters can choose them', () => {
  expect(withValue({ places: 'city' }, 'channel', 'paid')).toEqual({ places: 'city', filters: 'channel=paid' })
  expect(withValue({}, 'viewport', '1440+')).toEqual({ filters: 'viewport=1440+' })
  expect([filterValue('utm_source', null), filterValue('city', null), filterValue('city', 'Moshi')]).toEqual([
    '',
    undefined,
    'Moshi',
  ])
  const none = withValue({}, 'utm_source', '')
  expect(none).toEqual({ filters: 'utm_source=' })
  expect([isChosen(none, 'utm_source', ''), isChosen(none, 'utm_source', 'x')]).toEqual([true, false])
  expect(withValue(none, 'utm_source', '')).toEqual({})
})

test('a value replaces whatever was filtered by its breakdown', () => {
  expect(withValue({ filters: 'city!=Moshi;session=booked' }, 'city', 'Arusha')).toEqual({
    city: 'Arusha',
    filters: 'session=booked',
  })
})

test('a row leads to its sessions with all filters, but without the view of this page', () => {
  const search = parseAcquisitionSearch({
    by: 'city',
    places: 'city',
    device: 'mobile',
    city: 'Zanzibar',
    period: '30d',
  })
  expect(sessionsOf(search, 'city', 'Nairobi')).toEqual({ device: 'mobile', city: 'Nairobi', period: '30d' })
  expect(sessionsOf(search, 'channel', 'search')).toEqual({
    device: 'mobile',
    city: 'Zanzibar',
    period: '30d',
    filters: 'channel=search',
  })
  expect(sessionsOf(search, 'city', null)).toBeUndefined()
})

test('the question has the filters and not the view', () => {
  const search = parseAcquisitionSearch({ by: 'city', technology: 'os', referrer: 'a.example', bots: true })
  const now = Date.parse('2026-11-24T06:00:00Z')
  expect(acquisitionParams(search, 'os', now)).toEqual({
    from: '2026-11-18T00:00:00Z',
    to: '2026-11-24T06:01:00Z',
    include_bots: true,
    referrer: 'a.example',
    by: 'os',
  })
  expect(scopeOf(search)).toEqual({ bots: true, referrer: 'a.example' })
})

test('tabs and the opened table keep everything else', () => {
  expect(withTab({ device: 'mobile' }, 'places', 'city')).toEqual({ device: 'mobile', places: 'city' })
  expect(withTab({ places: 'city' }, 'places', 'country')).toEqual({})
  expect(withOpen({ places: 'city' }, 'channel')).toEqual({ places: 'city', by: 'channel' })
  expect(withOpen({ by: 'channel' }, undefined)).toEqual({})
})

test('without filters the period stays', () => {
  expect(withoutAllFilters({ period: '30d', city: 'Zanzibar', browser: 'Chrome', by: 'os' })).toEqual({
    period: '30d',
    by: 'os',
  })
  expect([
    hasFilters({ period: '30d', bots: true, by: 'os', places: 'city' }),
    hasFilters({ city: 'Zanzibar' }),
    hasFilters({ path: '/' }),
  ]).toEqual([false, true, true])
})
