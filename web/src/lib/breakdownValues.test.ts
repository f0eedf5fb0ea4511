// Names of values.
import { expect, test } from 'vitest'
import { valueHelp, valueLabel } from './breakdownValues'

test('values have names, and none is named by what is missing', () => {
  expect(valueLabel('country', 'TZ')).toBe('Tanzania')
  expect(valueLabel('channel', 'campaign')).toBe('Other campaigns')
  expect(valueLabel('viewport', '0-479')).toBe('0–479 px')
  expect(valueLabel('viewport', '1440+')).toBe('1440 px and wider')
  expect(valueLabel('referrer', null)).toBe('No referrer')
  expect(valueLabel('city', null)).toBe('Unknown')
  expect(valueLabel('utm_source', 'null')).toBe('null')
  expect([valueHelp('country', 'TZ'), valueHelp('channel', null), valueHelp('city', 'Zanzibar')]).toEqual([
    'TZ',
    undefined,
    undefined,
  ])
})
