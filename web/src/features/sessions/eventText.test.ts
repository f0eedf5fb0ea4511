// Events of a session in words.
import { expect, test } from 'vitest'
import type { SessionEvent } from './api'
import { amountOf, detailOf, formReportOf, groupOf, screenshotPath, toneOf } from './eventText'

const event = (category: string, name: string, rest: object = {}): SessionEvent =>
  ({ id: 'e', category, name, occurred_at: '', received_at: '', properties: {}, ...rest }) as SessionEvent

test('every category has its group, and page views, errors and clicks have theirs', () => {
  const groups = [
    ['heatmap', 'pageview'],
    ['behavior', 'page_view'],
    ['customer', 'page.viewed'],
    ['heatmap', 'click'],
    ['heatmap', 'scroll'],
    ['friction', 'rage_click'],
    ['friction', 'error_click'],
    ['friction', 'javascript_error'],
    ['performance', 'page_performance'],
    ['widget', 'call_start'],
    ['customer', 'order.placed'],
    ['behavior', 'search'],
    ['session', 'session.started'],
    ['unheard', 'of'],
  ]
  expect(groups.map(([category = '', name = '']) => groupOf({ category, name }))).toEqual([
    'pages',
    'pages',
    'pages',
    'clicks',
    'pointer',
    'friction',
    'friction',
    'errors',
    'vitals',
    'widget',
    'customer',
    'behavior',
    'other',
    'other',
  ])
})

test('friction says how much and how long', () => {
  expect(detailOf(event('friction', 'rage_click', { properties: { click_count: 6, duration_ms: 1334 } }))).toBe(
    '6 clicks in 1.3 s',
  )
  expect(detailOf(event('friction', 'slow_click', { properties: { response_ms: 4202 } }))).toBe('response after 4.2 s')
  expect(
    detailOf(event('friction', 'form_validation_error', { properties: { field: 'phone', rule: 'valueMissing' } })),
  ).toBe('field “phone” · value missing')
})

test('measurements, scroll depths, searches and orders are one line', () => {
  expect(
    detailOf(
      event('performance', 'page_performance', {
        vitals: { largest_contentful_paint: 2400, cumulative_layout_shift: 0.31, time_to_first_byte: null },
      }),
    ),
  ).toBe('LCP 2.4 s · CLS 0.31')
  expect(detailOf(event('performance', 'page_performance'))).toBe('')
  expect(detailOf(event('heatmap', 'scroll', { properties: { depth: 1 } }))).toBe('to 100% of the page')
  expect(detailOf(event('heatmap', 'scroll', { value: 0.425 }))).toBe('to 42.5% of the page')
  expect(detailOf(event('behavior', 'search', { properties: { search_query: '4x4' } }))).toBe('“4x4”')
  expect(detailOf(event('behavior', 'property_view', { properties: { property_id: 'suzuki-jimny' } }))).toBe(
    'suzuki-jimny',
  )
  expect(detailOf(event('behavior', 'contact_click', { properties: { metadata: { method: 'email' } } }))).toBe('email')
  expect(
    detailOf(
      event('customer', 'payment.failed', {
        properties: { event_data: { method: 'Airtel Money', reason: 'timed out', total_amount: 5 } },
      }),
    ),
  ).toBe('Airtel Money · timed out')
  expect(detailOf(event('session', 'session.ended', { properties: { reason: 'page_unload' } }))).toBe('Page unload')
})

test('properties of any shape are read without failing', () => {
  for (const properties of [
    { event_data: null, metadata: 7 },
    { event_data: [], query: {} },
    { click_count: '6', field: 9 },
  ]) {
    for (const [category, name] of [
      ['customer', 'order.placed'],
      ['friction', 'rage_click'],
      ['widget', 'call_end'],
      ['heatmap', 'scroll'],
      ['session', 'session.ended'],
    ] as const)
      expect(detailOf(event(category, name, { properties }))).toBe('')
  }
})

test('an amount has its currency, or is not shown', () => {
  expect(
    amountOf(
      event('customer', 'order.placed', { properties: { event_data: { total_amount: 64_000, currency: 'TZS' } } }),
    ),
  ).toMatch(/TZS\s64,000/)
  expect(amountOf(event('customer', 'order.placed', { value: 12.5, currency: 'EUR' }))).toMatch(/EUR\s12\.5/)
  expect(amountOf(event('customer', 'order.placed', { value: 64_000 }))).toBe(null)
  expect(amountOf(event('behavior', 'search', { value: 3, currency: 'EUR' }))).toBe(null)
})

test('what went wrong is bad, and what was bought is good', () => {
  expect([
    toneOf(event('friction', 'dead_click')),
    toneOf(event('customer', 'payment.failed')),
    toneOf(event('customer', 'booking.completed')),
    toneOf(event('heatmap', 'click')),
  ]).toEqual(['bad', 'bad', 'good', 'plain'])
})

test('only screenshots of this project on this server are loaded', () => {
  const path = (url: string | null) => screenshotPath({ screenshot_url: url }, 'p1')
  expect(path('/api/projects/p1/screenshots/s1')).toBe('/api/projects/p1/screenshots/s1')
  expect(path('https://footfall.example/api/projects/p1/screenshots/s1?x=1')).toBe('/api/projects/p1/screenshots/s1')
  for (const url of [
    '/api/projects/p2/screenshots/s1',
    'https://evil.example/picture.png',
    'javascript:alert(1)',
    '/api/projects/p1/screenshots/../../p2/events',
    'http://[',
    null,
  ])
    expect(path(url), String(url)).toBe(null)
})

test('a form says how far somebody came in it', () => {
  const of = (properties: object) => detailOf(event('form', 'form_progress', { properties }))
  expect(of({ form: 'booking', outcome: 'submitted', last_field: 'phone' })).toBe('booking: submitted')
  expect(of({ form: 'booking', outcome: 'abandoned', last_field: 'phone' })).toBe('booking: left at phone')
  expect(of({ form: '<img onerror=alert(1)>', outcome: 'abandoned' })).toBe('<img onerror=alert(1)>')
  expect(of({ outcome: 'abandoned', last_field: 'phone' })).toBe('left at phone')
  expect([of({}), of({ form: 7, outcome: null, last_field: {} })]).toEqual(['', ''])
  expect(groupOf({ category: 'form', name: 'form_progress' })).toBe('forms')
})

test('a report of a form names its visit and its revision, or is none', () => {
  const of = (category: string, properties: object) => formReportOf(event(category, 'form_progress', { properties }))
  expect(of('form', { form_id: 'f', revision: 2 })).toEqual({ formId: 'f', revision: 2 })
  expect([
    of('form', { form_id: 'f' }),
    of('form', { revision: 1 }),
    of('behavior', { form_id: 'f', revision: 1 }),
  ]).toEqual([null, null, null])
})
