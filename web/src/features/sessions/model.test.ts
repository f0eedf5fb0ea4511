// The list of sessions: what an address means, how filters are typed, and how sessions are named.
import { expect, test } from 'vitest'
import {
  durationText,
  filtersOf,
  hasFilters,
  lengthText,
  parseSessionsSearch,
  placeText,
  sessionsParams,
  shortPath,
  sourceOf,
  stripOf,
  whoText,
  withDuration,
  withFlag,
  withoutAllFilters,
  withSort,
  withText,
} from './model'

const NOW = Date.parse('2026-11-21T09:30:15.250Z')

test('unknown and malformed parameters are dropped', () => {
  expect(
    parseSessionsSearch({
      entry_path: '  ',
      city: ['Arusha'],
      referrer: { host: 'x' },
      has_friction: 'yes',
      has_error: false,
      min_seconds: 'long',
      max_seconds: -1,
      sort: 'latest',
      nonsense: 1,
    }),
  ).toEqual({})
  expect(parseSessionsSearch({ min_seconds: 1.5, max_seconds: 86_401, sort: 'oldest', period: 'forever' })).toEqual({})
})

test('what an address says is kept, with numbers as the texts they were', () => {
  const search = {
    period: '30d',
    country: 'TZ',
    entry_path: '/',
    user_id: 1042,
    has_recording: 'true',
    has_error: true,
    min_seconds: '60',
    max_seconds: 300,
    sort: 'longest',
  }
  expect(parseSessionsSearch(search)).toEqual({
    period: '30d',
    country: 'TZ',
    entry_path: '/',
    user_id: '1042',
    has_recording: true,
    has_error: true,
    min_seconds: 60,
    max_seconds: 300,
    sort: 'longest',
  })
})

test('a duration that no session can have filters nothing', () => {
  expect(parseSessionsSearch({ min_seconds: 300, max_seconds: 60 })).toEqual({})
  expect(parseSessionsSearch({ min_seconds: 60, max_seconds: 60 })).toEqual({ min_seconds: 60, max_seconds: 60 })
  expect(parseSessionsSearch({ min_seconds: 0 })).toEqual({})
  expect(parseSessionsSearch({ max_seconds: 0 })).toEqual({ max_seconds: 0 })
})

test('the server is asked with the period, the shared filters, those of sessions, and the order', () => {
  const params = sessionsParams(
    {
      period: 'today',
      device: 'mobile',
      bots: true,
      utm_source: 'newsletter',
      has_friction: true,
      min_seconds: 10,
      filters: 'session=booked',
    },
    NOW,
  )
  expect(params).toEqual({
    from: '2026-11-21T00:00:00Z',
    to: '2026-11-21T09:31:15Z',
    device: 'mobile',
    include_bots: true,
    utm_source: 'newsletter',
    filters: 'session=booked',
    has_friction: true,
    min_seconds: 10,
    sort: 'latest',
  })
  expect(sessionsParams({ sort: 'pages' }, NOW)).toMatchObject({ sort: 'pages' })
})

test('filters are added, replaced and removed, and all of them at once', () => {
  const search = withFlag(
    withText(withText({ period: '30d', path: '/a', sort: 'friction' }, 'user_id', 'u1'), 'user_id', ' u2 '),
    'has_error',
    true,
  )
  expect(filtersOf(search)).toEqual({ user_id: 'u2', has_error: true })
  expect(withFlag(withText(search, 'user_id', undefined), 'has_error', false)).toEqual({
    period: '30d',
    path: '/a',
    sort: 'friction',
  })
  expect(withDuration(withDuration(search, 10, 60), undefined, 30)).toEqual({ ...search, max_seconds: 30 })
  expect(withoutAllFilters(search)).toEqual({ period: '30d', sort: 'friction' })
  expect([hasFilters(search), hasFilters({ path: '/a' })]).toEqual([true, false])
  expect(withSort(withSort({}, 'longest'), 'latest')).toEqual({})
})

test('durations are written as people say them', () => {
  expect([lengthText(0), lengthText(0.4), lengthText(252)]).toEqual(['0 s', '400 ms', '4 m 12 s'])
  expect([durationText(10, 60), durationText(1800, undefined), durationText(undefined, 10)]).toEqual([
    '10 s – 1 m 00 s',
    'at least 30 m 00 s',
    'at most 10 s',
  ])
})

test('a session is named by its customer, else by the end of the visitor’s id', () => {
  expect(whoText({ user_id: 'passenger-1001', visitor_id: 'v' })).toBe('passenger-1001')
  expect(whoText({ user_id: null, visitor_id: '01a209c5-c132-774c-baa4-ad9652520644' })).toBe('Visitor …520644')
  expect(whoText({})).toBe('Unknown visitor')
  expect([placeText({ city: 'Arusha', country: 'TZ' }), placeText({ country: 'TZ' }), placeText({})]).toEqual([
    'Arusha, TZ',
    'TZ',
    '',
  ])
})

test('the source is the campaign, else the linking site, else direct', () => {
  expect(
    sourceOf({ utm_source: 'newsletter', utm_medium: 'email', utm_campaign: 'easter', referrer: 'mail.example' }),
  ).toEqual({ name: 'newsletter', detail: 'email · easter' })
  expect(sourceOf({ referrer: 'www.google.com' })).toEqual({ name: 'www.google.com', detail: '' })
  expect(sourceOf({ utm_campaign: 'easter' })).toEqual({ name: 'easter', detail: '' })
  expect(sourceOf({})).toEqual({ name: 'Direct', detail: '' })
})

test('the strip shows a few pages, or the entry, how many more, and the exit', () => {
  expect(stripOf({ paths: [], exit_path: null })).toEqual({ before: [], hidden: [], isMore: false, last: null })
  expect(stripOf({ paths: ['/a'], exit_path: '/a' })).toEqual({ before: [], hidden: [], isMore: false, last: '/a' })
  expect(stripOf({ paths: ['/a', '/b', '/c'], exit_path: '/c' })).toEqual({
    before: ['/a', '/b'],
    hidden: [],
    isMore: false,
    last: '/c',
  })
  expect(stripOf({ paths: ['/a', '/b', '/c', '/d', '/e'], exit_path: '/e' })).toEqual({
    before: ['/a'],
    hidden: ['/b', '/c', '/d'],
    isMore: false,
    last: '/e',
  })
})

test('a long path is shown by its last part', () => {
  expect([
    shortPath('/'),
    shortPath('/book/seats'),
    shortPath('/vehicles/toyota-noah'),
    shortPath('/a-very-long-folder/'),
    shortPath('////////////////////'),
  ]).toEqual(['/', '/book/seats', '…/toyota-noah', '…/a-very-long-folder', '////////////////////'])
})

test('of more pages than the server names, the exit is still the last', () => {
  const paths = Array.from({ length: 12 }, (_, index) => `/day-${index + 1}`)
  const { hidden, isMore, last } = stripOf({ paths, exit_path: '/checkout' })
  expect([hidden.length, isMore, last]).toEqual([11, true, '/checkout'])
  expect(stripOf({ paths, exit_path: '/day-12' })).toMatchObject({ isMore: false, last: '/day-12' })
})
