// Entries of the friction list.
import { expect, test } from 'vitest'
import type { FrictionItem } from '../../api/types'
import { isNarrow, itemFilter, itemPlace, parseFrictionSearch, topKinds } from './model'

const base: FrictionItem = {
  kinds: [
    { kind: 'dead_click', count: 2 },
    { kind: 'rage_click', count: 5 },
  ],
  count: 7,
  previous_count: 0,
  sessions: 4,
  visitors: 4,
  pages: 1,
  severity: 'high',
  score: 12.34,
  first_seen: '2026-11-20T00:00:00Z',
  last_seen: '2026-11-21T00:00:00Z',
  trend: [1, 2],
}
const element: FrictionItem = { ...base, element_selector: '#pay', element_text: ' Pay now ' }
const error: FrictionItem = {
  ...base,
  kinds: [{ kind: 'javascript_error', count: 7 }],
  error_group: 'v1:ab',
  error_message: 'x is undefined',
  top_page: '/book',
}

test('a second line tells where: the selector once, else the page', () => {
  const wordless = { ...element, element_text: null, top_page: '/cars' }
  expect([element, wordless, error, base].map(itemPlace)).toEqual([
    { selector: '#pay' },
    { page: '/cars' },
    { page: '/book' },
    {},
  ])
})

test('an element is asked for by itself, an error by its kind and page', () => {
  expect(itemFilter(element)).toEqual({ selector: '#pay' })
  expect(itemFilter(error)).toEqual({ error_group: 'v1:ab' })
  expect(itemFilter({ ...base, top_page: '/book' })).toEqual({ friction_kind: 'rage_click', path: '/book' })
})

test('elements and errors can be asked for by themselves', () => {
  expect([element, error, base].map(isNarrow)).toEqual([true, true, false])
})

test('the most frequent kinds come first', () => {
  expect(topKinds(element, 1)).toEqual({ kinds: [{ kind: 'rage_click', count: 5 }], left: 1 })
})

test('the default sort and tab are left out of the address', () => {
  expect(parseFrictionSearch({ sort: 'score', tab: 'items', open: '' })).toEqual({})
  expect(parseFrictionSearch({ sort: 'last_seen', tab: 'pages', open: '#pay' })).toEqual({
    sort: 'last_seen',
    tab: 'pages',
    open: '#pay',
  })
})
