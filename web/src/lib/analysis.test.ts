// The filter bar's state: what a URL means and how changes to it look.
import { expect, test } from 'vitest'
import {
  activeFilters,
  narrowsFriction,
  parseAnalysis,
  toQuery,
  valuesOf,
  withComparison,
  withFilter,
  withFilters,
  withIncluded,
  withoutFilters,
  withPreset,
  withRange,
} from './analysis'
import { wholeDays } from './period'
import { setProjectZone } from './zone'

const NOW = Date.parse('2026-11-21T09:30:15.250Z')

test('unknown and malformed parameters are dropped', () => {
  expect(
    parseAnalysis({ period: 'forever', from: 'yesterday', to: 3, friction_kind: 'sneeze', nonsense: 1, path: '' }),
  ).toEqual({})
})

test('a custom range wins over a preset and must run forwards', () => {
  const range = { from: '2026-11-01T00:00:00Z', to: '2026-11-08T00:00:00Z' }
  expect(parseAnalysis({ ...range, period: '30d' })).toEqual(range)
  expect(parseAnalysis({ from: range.to, to: range.from, period: '30d' })).toEqual({ period: '30d' })
})

test('the default period is left out of the address', () => {
  expect(parseAnalysis({ period: '7d' })).toEqual({})
  expect(withPreset({ period: '30d', path: '/a' }, '7d')).toEqual({ path: '/a' })
})

test('values a router reads as numbers are texts again', () => {
  expect(parseAnalysis({ path: 404 })).toEqual({ path: '404' })
})

test('presets are resolved when asked', () => {
  expect(toQuery({}, NOW)).toEqual({ from: '2026-11-15T00:00:00Z', to: '2026-11-21T09:31:15Z' })
  expect(toQuery({ period: 'today' }, NOW)).toEqual({ from: '2026-11-21T00:00:00Z', to: '2026-11-21T09:31:15Z' })
  expect(toQuery({ period: '30d' }, NOW).from).toBe('2026-10-23T00:00:00Z')
  expect(toQuery({ period: '90d' }, NOW).from).toBe('2026-08-24T00:00:00Z')
  expect(toQuery({ period: '24h', device: 'mobile', bots: true }, NOW)).toEqual({
    from: '2026-11-20T10:00:00Z',
    to: '2026-11-21T09:31:15Z',
    device: 'mobile',
    include_bots: true,
  })
})

test('presets are days and hours of the project’s clock, and end with them', () => {
  setProjectZone('Africa/Dar_es_Salaam')
  expect(toQuery({ period: 'today' }, NOW).from).toBe('2026-11-20T21:00:00Z')
  expect(toQuery({}, NOW).from).toBe('2026-11-14T21:00:00Z')
  expect(toQuery({}, Date.parse('2026-11-21T20:59:30Z')).to).toBe('2026-11-21T21:00:00Z')
  expect(wholeDays('2026-11-01', '2026-11-07')).toEqual({ from: '2026-10-31T21:00:00Z', to: '2026-11-07T21:00:00Z' })
  setProjectZone('UTC')
})

test('answered rage clicks are left out unless they are asked for', () => {
  expect(parseAnalysis({ answered: 'true' })).toEqual({ answered: true })
  expect(parseAnalysis({ answered: 'no' })).toEqual({})
  expect(toQuery({}, NOW)).not.toHaveProperty('include_answered')
  expect(toQuery({ answered: true }, NOW)).toMatchObject({ include_answered: true })
  expect(withIncluded(withIncluded({ path: '/a' }, 'answered', true), 'bots', true)).toEqual({
    path: '/a',
    answered: true,
    bots: true,
  })
  expect(withIncluded({ path: '/a', answered: true }, 'answered', false)).toEqual({ path: '/a' })
})

test('filters are added, replaced and removed', () => {
  const search = withFilter(withFilter({}, 'path', '/a'), 'path', '/b')
  expect(activeFilters(search)).toEqual([{ dimension: 'path', operator: 'is', values: ['/b'] }])
  expect(withFilter(search, 'path', undefined)).toEqual({})
})

test('without its filters a search keeps its period and its bots', () => {
  expect(withoutFilters({ period: '30d', bots: true, path: '/a', friction_kind: 'rage_click' })).toEqual({
    period: '30d',
    bots: true,
  })
})

test('a range of days includes its last day', () => {
  const range = wholeDays('2026-11-01', '2026-11-07')
  expect(range).toEqual({ from: '2026-11-01T00:00:00Z', to: '2026-11-08T00:00:00Z' })
  expect(withRange({ period: '30d', country: 'TZ' }, range)).toEqual({ ...range, country: 'TZ' })
})

test('one value that a filter names has its own parameter, everything else stands in one text', () => {
  const parsed = parseAnalysis({
    filters: 'browser=Chrome;browser!=Safari;path=/a,/b;session=booked;colour=red',
    device: 'mobile',
  })
  expect(parsed).toEqual({ browser: 'Chrome', device: 'mobile', filters: 'browser!=Safari;path=/a,/b;session=booked' })
  expect(parseAnalysis(parsed)).toEqual(parsed)
  expect(activeFilters(parsed).map(({ dimension, operator }) => `${dimension} ${operator}`)).toEqual([
    'browser is',
    'device is',
    'browser is_not',
    'path is',
    'session is',
  ])
  expect(parseAnalysis({ browser: 'Chrome', filters: 'browser=Safari' })).toEqual({
    browser: 'Chrome',
    filters: 'browser=Safari',
  })
  expect(parseAnalysis({ utm_source: '', filters: 'utm_source=' })).toEqual({ filters: 'utm_source=' })
})

test('a value replaces every filter of its dimension', () => {
  const search = { period: '30d', browser: 'Chrome', filters: 'path!=/a;session=booked' } as const
  expect(withFilter(search, 'path', '/b')).toEqual({
    period: '30d',
    browser: 'Chrome',
    path: '/b',
    filters: 'session=booked',
  })
  expect(withFilters(search, [])).toEqual({ period: '30d' })
  expect([valuesOf(search, 'browser'), valuesOf(search, 'path')]).toEqual([['Chrome'], []])
  expect([narrowsFriction(search), narrowsFriction({ filters: 'selector~pay' })]).toEqual([false, true])
})

test('a comparison is nothing, all, or a segment; the period before is the default', () => {
  expect(parseAnalysis({ vs: 'none' })).toEqual({ vs: 'none' })
  expect(parseAnalysis({ vs: 'all' })).toEqual({ vs: 'all' })
  expect(parseAnalysis({ vs: 'device=mobile;colour=red' })).toEqual({ vs: 'device=mobile' })
  expect(parseAnalysis({ vs: 'last year' })).toEqual({})
  expect(withComparison({ vs: 'none', path: '/a' }, undefined)).toEqual({ path: '/a' })
  expect(toQuery({ vs: 'none' }, NOW)).not.toHaveProperty('vs')
})
