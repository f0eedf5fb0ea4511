// The value of a filter, however it was typed.
import { expect, test } from 'vitest'
import { storedValue, USUAL } from './filterValues'

test('what is suggested is what is stored', () => {
  for (const dimension of ['browser', 'os'] as const) {
    expect(USUAL[dimension]?.map((name) => storedValue(dimension, name))).toEqual(USUAL[dimension])
  }
})

test('a browser is stored without its phone, in its own capitals', () => {
  const typed = ['chrome', 'Chrome Mobile', 'Mobile Safari', 'firefox ios', 'Edge Mobile', ' samsung internet ']
  expect(typed.map((name) => storedValue('browser', name))).toEqual([
    'Chrome',
    'Chrome',
    'Safari',
    'Firefox',
    'Edge',
    'Samsung Internet',
  ])
})

test('a system is stored by the name people know', () => {
  expect(['Mac OS X', 'macos', 'mac', 'IOS', 'ubuntu'].map((name) => storedValue('os', name))).toEqual([
    'macOS',
    'macOS',
    'macOS',
    'iOS',
    'ubuntu',
  ])
})

test('a country is two capitals, and a page is left as it is', () => {
  expect(storedValue('country', 'tz')).toBe('TZ')
  expect(storedValue('path', ' /Mobile ')).toBe('/Mobile')
})

test('of an address the host or the path is stored', () => {
  expect(storedValue('referrer', 'https://News.Example:8443/a?b')).toBe('news.example:8443')
  expect(storedValue('referrer', 'L.Instagram.com')).toBe('l.instagram.com')
  expect(storedValue('entry_path', 'https://shop.example/pricing?x=1')).toBe('/pricing')
  expect(storedValue('exit_path', 'checkout')).toBe('/checkout')
  expect(storedValue('utm_source', ' News ')).toBe('News')
})
