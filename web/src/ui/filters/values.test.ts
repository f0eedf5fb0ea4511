// The value of a filter, however it was typed.
import { expect, test } from 'vitest'
import { storedValue, USUAL } from './values'

test('what is suggested is what is stored', () => {
  for (const dimension of ['browser', 'os'] as const) {
    expect(USUAL[dimension]?.map((name) => storedValue(dimension, name))).toEqual(USUAL[dimension])
  }
})

test('a browser is stored without its phone, in its own capitals', () => {
  const typed = ['chrome', 'Chrome Mobile', 'Mobile Safari', 'firefox ios', 'Edge Mobile', ' samsung internet ']
  expect(typed.map((name) => storedValue('browser', name))).toEqual(['Chrome', 'Chrome', 'Safari', 'Firefox', 'Edge', 'Samsung Internet'])
})

test('a system is stored by the name people know', () => {
  expect(['Mac OS X', 'macos', 'mac', 'IOS', 'ubuntu'].map((name) => storedValue('os', name))).toEqual(['macOS', 'macOS', 'macOS', 'iOS', 'ubuntu'])
})

test('a country is two capitals, and a page is left as it is', () => {
  expect(storedValue('country', 'tz')).toBe('TZ')
  expect(storedValue('path', ' /Mobile ')).toBe('/Mobile')
})
