// The filters that choose sessions: what is read from an address, and the stored value of a typed one.
import { expect, test } from 'vitest'
import { parseSessionFilters, storedFilterText } from './sessionFilters'

test('unknown names, empty texts and other types are dropped, numbers are texts', () => {
  expect(parseSessionFilters({ city: ' Zanzibar ', referrer: '', utm_campaign: 2026, entry_path: ['/'], exit_path: null, browser: 'Chrome' })).toEqual({ city: 'Zanzibar', utm_campaign: '2026' })
})

test('of an address the host or the path is stored', () => {
  expect(storedFilterText('referrer', 'https://News.Example:8443/a?b')).toBe('news.example:8443')
  expect(storedFilterText('entry_path', 'https://shop.example/pricing?x=1')).toBe('/pricing')
  expect(storedFilterText('exit_path', 'checkout')).toBe('/checkout')
  expect(storedFilterText('utm_source', ' News ')).toBe('News')
})
