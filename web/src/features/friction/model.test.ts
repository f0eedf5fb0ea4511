// Entries of the friction list.
import { expect, test } from 'vitest'
import type { EventRow, FrictionItem } from '../../api/types'
import { belongsTo, itemFilter, itemKey, itemPlace, itemTitle, parseFrictionSearch, topKinds } from './model'

const base: FrictionItem = {
  kinds: [{ kind: 'dead_click', count: 2 }, { kind: 'rage_click', count: 5 }], count: 7, previous_count: 0, sessions: 4, visitors: 4,
  pages: 1, severity: 'high', score: 12.34, first_seen: '2026-11-20T00:00:00Z', last_seen: '2026-11-21T00:00:00Z', trend: [1, 2],
}
const element: FrictionItem = { ...base, element_selector: '#pay', element_text: ' Pay now ' }
const error: FrictionItem = { ...base, kinds: [{ kind: 'javascript_error', count: 7 }], error_group: 'v1:ab', error_message: 'x is undefined', top_page: '/book' }

test('an entry is known by its element or its error group', () => {
  expect([element, error, base].map(itemKey)).toEqual(['#pay', 'v1:ab', 'none'])
})

test('an entry is called by what people see', () => {
  expect([element, { ...element, element_text: '  ' }, error, base].map(itemTitle)).toEqual(['Pay now', '#pay', 'x is undefined', 'No particular element'])
})

test('a second line tells where: the selector once, else the page', () => {
  const wordless = { ...element, element_text: null, top_page: '/cars' }
  expect([element, wordless, error, base].map(itemPlace)).toEqual([{ selector: '#pay' }, { page: '/cars' }, { page: '/book' }, {}])
})

test('an element is asked for by itself, an error by its kind and page', () => {
  expect(itemFilter(element)).toEqual({ selector: '#pay' })
  expect(itemFilter(error)).toEqual({ friction_kind: 'javascript_error', path: '/book' })
})

test("an error's events are those with its message", () => {
  const event = (message: string) => ({ error_message: message }) as EventRow
  expect(belongsTo(error, event('x is undefined'))).toBe(true)
  expect(belongsTo(error, event('something else'))).toBe(false)
  expect(belongsTo(element, event('something else'))).toBe(true)
})

test('the most frequent kinds come first', () => {
  expect(topKinds(element, 1)).toEqual({ kinds: [{ kind: 'rage_click', count: 5 }], left: 1 })
})

test('the default sort and tab are left out of the address', () => {
  expect(parseFrictionSearch({ sort: 'score', tab: 'items', open: '' })).toEqual({})
  expect(parseFrictionSearch({ sort: 'last_seen', tab: 'pages', open: '#pay' })).toEqual({ sort: 'last_seen', tab: 'pages', open: '#pay' })
})
