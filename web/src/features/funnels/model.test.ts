// The funnels page's address: what is read of it, what it is written as, and what is asked for it.
import { expect, test } from 'vitest'
import {
  droppedBody,
  funnelBody,
  funnelKey,
  isAskable,
  parseFunnelSearch,
  stepsOf,
  suggestionsOf,
  withDropped,
  withOption,
  withSteps,
} from './model'

const NOW = Date.parse('2026-11-21T09:30:15.250Z')
const STEPS = 'page:/|event:search:/routes*|order'

test('unknown and malformed parameters are dropped, and defaults are left out', () => {
  expect(
    parseFunnelSearch({ steps: 7, within: '2h', order: 'random', unit: 'person', by: 'city', dropped: 0 }),
  ).toEqual({})
  expect(parseFunnelSearch({ within: '1d', order: 'ordered', unit: 'visitor' })).toEqual({})
  expect(parseFunnelSearch({ steps: 'page:/|nonsense:/', device: 'mobile' })).toEqual({ device: 'mobile' })
})

test('what an address says is kept', () => {
  const search = {
    period: '30d',
    country: 'TZ',
    steps: STEPS,
    within: '7d',
    order: 'any',
    unit: 'session',
    by: 'utm_source',
    dropped: 1,
  }
  expect(parseFunnelSearch(search)).toEqual(search)
  expect(parseFunnelSearch({ ...search, dropped: '1' })).toEqual(search)
})

test('sessions are listed of those who dropped before the last step only', () => {
  for (const dropped of [2, 3, -1, 0.5, 'x', '10'])
    expect(parseFunnelSearch({ steps: STEPS, dropped })).toEqual({ steps: STEPS })
})

test('the body has the period, the filters and the funnel', () => {
  const body = funnelBody(
    {
      period: 'today',
      device: 'mobile',
      bots: true,
      steps: STEPS,
      within: '1h',
      order: 'strict',
      unit: 'session',
      by: 'os',
    },
    NOW,
  )
  expect(body).toEqual({
    from: '2026-11-21T00:00:00Z',
    to: '2026-11-21T09:31:15Z',
    device: 'mobile',
    include_bots: true,
    steps: [
      { page: '/', label: '/' },
      { event: 'search', path: '/routes*', label: 'Search on /routes*' },
      { outcome: 'order', label: 'Order' },
    ],
    window_seconds: 3_600,
    order: 'strict',
    unit: 'session',
    breakdown: 'os',
  })
  expect(funnelBody({ steps: STEPS }, NOW)).toMatchObject({ window_seconds: 86_400, order: 'ordered', unit: 'visitor' })
})

test('dropped sessions are asked for without a breakdown', () => {
  const body = droppedBody({ steps: STEPS, by: 'os' }, 1, 100, NOW)
  expect(body).toMatchObject({ dropped_at: 1, limit: 100 })
  expect(body).not.toHaveProperty('breakdown')
})

test('another funnel closes the list of dropped sessions, and it alone is no other funnel', () => {
  const search = parseFunnelSearch({ steps: STEPS, dropped: 1, period: '30d' })
  expect(withSteps(search, stepsOf(search).slice(0, 2))).toEqual({
    steps: 'page:/|event:search:/routes*',
    period: '30d',
  })
  expect(withOption(search, { order: 'any' })).toEqual({ steps: STEPS, order: 'any', period: '30d' })
  expect(withOption(withOption(search, { by: 'os' }), { by: '' })).toEqual({ steps: STEPS, period: '30d' })
  expect(withDropped(withDropped(search, 0), undefined)).toEqual({ steps: STEPS, period: '30d' })
  expect(funnelKey(withDropped(search, 0))).toEqual(funnelKey(search))
})

test('a funnel is asked for when every step says what it is', () => {
  expect([isAskable({ steps: STEPS }), isAskable({ steps: 'page:/|page:' }), isAskable({})]).toEqual([
    true,
    false,
    false,
  ])
})

test('the most viewed pages are suggested, with what was bought at their end', () => {
  const paths = ['/', '/rooms', '/offers', '/about']
  const shown = (outcomes: ('order' | 'booking')[], from = paths) =>
    suggestionsOf(from, outcomes).map(({ steps }) => steps.map((step) => ('value' in step ? step.value : step.kind)))
  expect(shown([])).toEqual([['/', '/rooms', '/offers']])
  expect(shown(['order', 'booking'])).toEqual([
    ['/', '/rooms', 'order'],
    ['/', '/rooms', 'booking'],
  ])
  expect(shown(['order'], ['/'])).toEqual([['/', 'order']])
  expect([shown([], ['/']), shown(['order'], [])]).toEqual([[], []])
})
