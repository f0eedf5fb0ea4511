// The measurements of a page.
import { expect, test } from 'vitest'
import type { VitalMetric } from '../../api/types'
import { groupingsLeft, groupName, p75Of, samplesOf } from './groups'
import { pageVitals, parsePerformanceSearch, valueBefore } from './model'

test('the measurements stand in the usual order, the missing ones empty', () => {
  const rows = pageVitals({
    path: '/',
    samples: 3,
    largest_contentful_paint: 4200,
    cumulative_layout_shift: 0.05,
    time_to_interactive: 7301,
    load_time: 9000,
  })
  expect(rows).toEqual([
    { metric: 'largest_contentful_paint', value: 4200, rating: 'poor' },
    { metric: 'interaction_to_next_paint', value: null, rating: null },
    { metric: 'cumulative_layout_shift', value: 0.05, rating: 'good' },
    { metric: 'first_contentful_paint', value: null, rating: null },
    { metric: 'time_to_first_byte', value: null, rating: null },
    { metric: 'time_to_interactive', value: 7301, rating: 'poor' },
    { metric: 'load_time', value: 9000, rating: null },
  ])
})

test('what a value was before is worth a remark when it changed clearly and is rated otherwise', () => {
  expect(valueBefore('largest_contentful_paint', 2300, 6000)).toBe(6000)
  expect(valueBefore('largest_contentful_paint', 2300, 2400)).toBeNull()
  expect(valueBefore('largest_contentful_paint', 2450, 2600)).toBeNull()
  expect(valueBefore('largest_contentful_paint', 5000, 9000)).toBeNull()
  expect(valueBefore('largest_contentful_paint', 2300, undefined)).toBeNull()
  expect(valueBefore('largest_contentful_paint', null, 6000)).toBeNull()
})

test('the grouping lives in the address, country is left out of it', () => {
  expect(parsePerformanceSearch({ by: 'browser', period: '30d' })).toEqual({ by: 'browser', period: '30d' })
  expect(parsePerformanceSearch({ by: 'country' })).toEqual({})
  expect(parsePerformanceSearch({ by: 'shoe_size' })).toEqual({})
})

test('what is filtered by is not compared', () => {
  expect(groupingsLeft({})).toEqual(['country', 'device', 'browser'])
  expect(groupingsLeft({ country: 'KE', path: '/' })).toEqual(['device', 'browser'])
  expect(groupingsLeft({ country: 'KE', device: 'mobile', browser: 'Chrome' })).toEqual([])
})

test('a group has its name, its measurements and its figures', () => {
  const metric = (name: VitalMetric['metric'], samples: number, p75: number | null) => ({
    metric: name,
    samples,
    p75,
    good: 0,
    poor: 0,
  })
  const group = {
    metrics: [metric('largest_contentful_paint', 40, 9300), metric('interaction_to_next_paint', 31, null)],
  }
  expect([
    samplesOf(group),
    p75Of(group, 'largest_contentful_paint'),
    p75Of(group, 'interaction_to_next_paint'),
    p75Of(group, 'load_time'),
  ]).toEqual([40, 9300, null, null])
  expect(samplesOf({ metrics: [] })).toBe(0)
  expect([groupName('country', 'KE'), groupName('device', 'tablet'), groupName('browser', 'Edge')]).toEqual([
    'Kenya',
    'Tablet',
    'Edge',
  ])
})
