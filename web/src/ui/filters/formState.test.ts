// The filter form's options, and what a typed text means.
import { expect, test } from 'vitest'
import { optionsOf, toggled, typedValue } from './formState'

const SUGGESTED = [
  { value: 'Chrome', sessions: 40 },
  { value: 'Firefox', sessions: 7 },
]
const browser = (values: string[]) => ({ dimension: 'browser', operator: 'is', values }) as const

test('chosen values come first, then the suggested ones with their sessions', () => {
  expect(optionsOf(browser(['Firefox', 'Lynx']), '', SUGGESTED)).toEqual([
    { value: 'Firefox', label: 'Firefox', sessions: 7, isChosen: true },
    { value: 'Lynx', label: 'Lynx', sessions: undefined, isChosen: true },
    { value: 'Chrome', label: 'Chrome', sessions: 40, isChosen: false },
  ])
})

test('without a suggestion the usual values are offered, where there are any', () => {
  expect(optionsOf(browser([]), 'fire', []).map(({ value }) => value)).toEqual(['Firefox'])
  expect(optionsOf({ dimension: 'city', operator: 'is', values: [] }, '', [])).toEqual([])
})

test('known values are all offered, those of most sessions first, and found by their words', () => {
  const options = optionsOf({ dimension: 'session', operator: 'is_not', values: [] }, 'click', [
    { value: 'dead_click', sessions: 3 },
  ])
  expect(options.map(({ value }) => value)).toEqual(['dead_click', 'rage_click', 'slow_click', 'error_click'])
  expect(options[1]).toEqual({ value: 'rage_click', label: 'had a rage click', sessions: undefined, isChosen: false })
})

test('sessions without a value are None', () => {
  expect(optionsOf({ dimension: 'utm_source', operator: 'is', values: [] }, '', [{ value: '', sessions: 9 }])).toEqual([
    { value: '', label: 'None', sessions: 9, isChosen: false },
  ])
})

test('parts of values are typed and not chosen from a list', () => {
  expect(optionsOf({ dimension: 'browser', operator: 'contains', values: ['fox'] }, '', SUGGESTED)).toEqual([
    { value: 'fox', label: 'fox', sessions: undefined, isChosen: true },
  ])
  expect(typedValue('browser', 'contains', ' chrome mobile ', [])).toBe('chrome mobile')
})

test('a typed text is an option, or the value as it is stored', () => {
  const options = optionsOf(browser([]), '', SUGGESTED)
  expect(typedValue('browser', 'is', 'firefox', options)).toBe('Firefox')
  expect(typedValue('browser', 'is', 'Mobile Safari', options)).toBe('Safari')
  expect(typedValue('country', 'is', 'tz', [])).toBe('TZ')
  expect(typedValue('path', 'is', '  ', [])).toBeUndefined()
  const behaviors = optionsOf({ dimension: 'session', operator: 'is', values: [] }, 'book', [])
  expect(typedValue('session', 'is', 'book', behaviors)).toBe('converted')
  expect(typedValue('session', 'is', 'booked', behaviors)).toBe('booked')
  expect(typedValue('session', 'is', 'cried', [])).toBeUndefined()
})

test('a value is chosen and taken back', () => {
  expect(toggled(toggled(['a'], 'b'), 'a')).toEqual(['b'])
})
