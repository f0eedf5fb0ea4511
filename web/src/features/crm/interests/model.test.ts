// The page of interests: its address and figures.
import { expect, test } from 'vitest'
import { filtersText, parseInterestsSearch, viewsEach } from './model'

test('the address keeps a period that is not the usual one', () => {
  expect([
    parseInterestsSearch({ period: '90d' }),
    parseInterestsSearch({ period: '30d' }),
    parseInterestsSearch({ period: '24h' }),
  ]).toEqual([{ period: '90d' }, {}, {}])
})

test('views are counted by contact', () => {
  expect(viewsEach({ item: 'Prado', views: 10, contacts: 4 })).toBe('2.5')
  expect(viewsEach({ item: 'Prado', views: 0, contacts: 0 })).toBe('–')
})

test('filters used together are one text', () => {
  expect(
    filtersText([
      { name: 'min_price', value: '100' },
      { name: 'city', value: 'Arusha' },
    ]),
  ).toBe('Min price: 100, City: Arusha')
  expect(filtersText([])).toBe('')
})
