// Rating web vitals by the published limits.
import { expect, test } from 'vitest'
import { rateVital, vitalValue } from './vitals'

test('the limits themselves are good and not poor', () => {
  expect(rateVital('largest_contentful_paint', 2500)).toBe('good')
  expect(rateVital('largest_contentful_paint', 2501)).toBe('needs_improvement')
  expect(rateVital('largest_contentful_paint', 4000)).toBe('needs_improvement')
  expect(rateVital('largest_contentful_paint', 4001)).toBe('poor')
  expect(rateVital('cumulative_layout_shift', 0.1)).toBe('good')
})

test('what was not measured has no rating and no value', () => {
  expect(rateVital('interaction_to_next_paint', null)).toBeNull()
  expect(vitalValue('interaction_to_next_paint', undefined)).toBe('–')
})

test('a value just over a limit is shown as over it', () => {
  expect(vitalValue('largest_contentful_paint', 2540)).toBe('2.54 s')
  expect(vitalValue('largest_contentful_paint', 2501)).toBe('2.501 s')
  expect(vitalValue('largest_contentful_paint', 4049)).toBe('4.05 s')
  expect(vitalValue('interaction_to_next_paint', 200.4)).toBe('200.4 ms')
  expect(vitalValue('cumulative_layout_shift', 0.1004)).toBe('0.1004')
})

test('a value at a limit or not near one has no digits more', () => {
  expect(vitalValue('largest_contentful_paint', 2500)).toBe('2.5 s')
  expect(vitalValue('largest_contentful_paint', 2460)).toBe('2.5 s')
  expect(vitalValue('largest_contentful_paint', 2560)).toBe('2.6 s')
  expect(vitalValue('cumulative_layout_shift', 0.1)).toBe('0.10')
})

test('times are durations and shifts are ratios', () => {
  expect(vitalValue('largest_contentful_paint', 2310)).toBe('2.3 s')
  expect(vitalValue('cumulative_layout_shift', 0.314)).toBe('0.31')
})
