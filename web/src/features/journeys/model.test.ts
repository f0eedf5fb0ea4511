// The journeys page's address, its question, and the sessions a page leads to.
import { expect, test } from 'vitest'
import { hasFilters, journeyParams, parseJourneySearch, sessionsOf, withJourney, withoutAllFilters } from './model'

test('parameters that mean nothing, and defaults, are dropped', () => {
  expect(
    parseJourneySearch({
      direction: 'back',
      start: ' /checkout ',
      by: 'kind',
      steps: '8',
      top: 12,
      device: 'mobile',
      city: 'Zanzibar',
    }),
  ).toEqual({
    direction: 'back',
    by: 'kind',
    start: '/checkout',
    steps: 8,
    top: 12,
    device: 'mobile',
    city: 'Zanzibar',
  })
  expect(parseJourneySearch({ direction: 'forward', start: '', steps: 5, top: '8', sort: 'x' })).toEqual({})
  expect(parseJourneySearch({ direction: 'up', steps: 9, top: 1 })).toEqual({})
})

test('the question names everything that is asked', () => {
  const now = Date.parse('2026-11-24T06:00:00Z')
  expect(journeyParams({}, now)).toEqual({
    from: '2026-11-18T00:00:00Z',
    to: '2026-11-24T06:01:00Z',
    direction: 'forward',
    steps: 5,
    top: 8,
  })
  expect(
    journeyParams({ direction: 'back', start: '/checkout', steps: 3, top: 20, utm_source: 'news' }, now),
  ).toMatchObject({ direction: 'back', start: '/checkout', steps: 3, top: 20, utm_source: 'news' })
})

test('a change keeps the rest, and nothing takes a page away', () => {
  expect(withJourney({ device: 'mobile', start: '/a' }, { direction: 'back', steps: 3 })).toEqual({
    device: 'mobile',
    start: '/a',
    direction: 'back',
    steps: 3,
  })
  expect(withJourney({ start: '/a', top: 12 }, { start: undefined })).toEqual({ top: 12 })
  expect(withoutAllFilters({ start: '/a', city: 'Zanzibar', device: 'mobile', period: '30d' })).toEqual({
    start: '/a',
    period: '30d',
  })
  expect([hasFilters({ start: '/a', period: '30d' }), hasFilters({ city: 'Zanzibar' })]).toEqual([false, true])
})

test('a page leads to the sessions that began or ended there, or that saw it', () => {
  expect(sessionsOf({ device: 'mobile' }, 0, '/')).toEqual({ device: 'mobile', entry_path: '/' })
  expect(sessionsOf({ direction: 'back' }, 0, '/thanks')).toEqual({ exit_path: '/thanks' })
  expect(sessionsOf({ start: '/a' }, 0, '/a')).toEqual({ path: '/a' })
  expect([sessionsOf({ by: 'kind' }, 1, '/rooms/*'), sessionsOf({ by: 'kind' }, 1, '/rooms')]).toEqual([
    undefined,
    { path: '/rooms' },
  ])
  expect(sessionsOf({ steps: 3, path: '/x' }, 1, '/b')).toEqual({ path: '/b' })
})
