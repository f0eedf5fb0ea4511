// Where entries are in a recording, which are shown, in what words, and what the bar marks of them.
import { expect, test } from 'vitest'
import type { ConsoleEntry, RequestEntry } from './entries'
import {
  addressOf,
  barMarks,
  isLineShown,
  isRequestShown,
  outcomeOf,
  placed,
  preciseClock,
  rowAt,
  statusText,
} from './entryView'
import type { Moment } from './model'

const line = (id: string, at: number, more: Partial<ConsoleEntry> = {}): ConsoleEntry => ({
  kind: 'console',
  id,
  at,
  level: 'error',
  text: `text of ${id}`,
  stack: '',
  count: 1,
  isLimit: false,
  ...more,
})
const request = (id: string, at: number, more: Partial<RequestEntry> = {}): RequestEntry => ({
  kind: 'request',
  id,
  at,
  method: 'GET',
  url: 'https://shop.example/api/seats',
  status: 503,
  durationMs: 100,
  via: 'fetch',
  failure: undefined,
  sizeBytes: undefined,
  ...more,
})
const moment = (ms: number, name: string): Moment<{ id: string; name: string }> => ({
  event: { id: `event at ${ms}`, name },
  ms,
  tone: name === 'rage_click' ? 'warn' : 'bad',
  label: name,
  detail: '',
})

test('entries stand in their order within the recording; those far outside are left out', () => {
  const entries = [line('c', 3_000), line('a', 500), line('b', 1_000), line('late', 99_000), line('early', -5_000)]
  expect(placed(entries, 1_000, 10_000).map(({ entry, ms }) => [entry.id, ms])).toEqual([
    ['a', 0],
    ['b', 0],
    ['c', 2_000],
  ])
  expect(placed(entries, null, 10_000)).toEqual([])
  expect(placed([line('last', 12_500)], 1_000, 10_000)[0]?.ms).toBe(10_000)
})

test('the row at the playhead is the last one reached, or the chosen one until it is', () => {
  const rows = placed([line('a', 1_000), line('b', 1_500), line('c', 9_000)], 0, 10_000)
  expect([0, 1_000, 1_499, 5_000].map((ms) => rowAt(rows, ms, undefined))).toEqual([undefined, 'a', 'b', 'b'])
  const chosen = rows[2]
  expect([8_000, 8_400, 9_000].map((ms) => rowAt(rows, ms, chosen))).toEqual(['c', 'c', 'c'])
  expect([7_000, 500].map((ms) => rowAt(rows, ms, chosen))).toEqual(['b', undefined])
})

test('lines are chosen by level and text', () => {
  const warning = line('w', 0, { level: 'warn', text: 'No Fare', stack: 'at seats.js' })
  expect(isLineShown(warning, 'all', '')).toBe(true)
  expect(isLineShown(warning, 'warn', ' fare ')).toBe(true)
  expect(isLineShown(warning, 'all', 'SEATS.JS')).toBe(true)
  expect(isLineShown(warning, 'error', '')).toBe(false)
  expect(isLineShown(warning, 'all', 'x')).toBe(false)
  const limit = line('l', 0, { level: 'warn', text: '', isLimit: true })
  expect([isLineShown(limit, 'error', ''), isLineShown(limit, 'all', 'x')]).toEqual([true, false])
})

test('requests are chosen by what went wrong and by text', () => {
  const slow = request('s', 0, { status: 200, durationMs: 4_000 })
  const failed = request('f', 0, { status: 0, failure: 'failed' })
  expect([isRequestShown(slow, 'slow', ''), isRequestShown(slow, 'failed', '')]).toEqual([true, false])
  expect([isRequestShown(failed, 'slow', ''), isRequestShown(failed, 'failed', '')]).toEqual([false, true])
  expect(isRequestShown(request('x', 0), 'all', 'not available')).toBe(true)
  expect(isRequestShown(request('x', 0), 'all', '503')).toBe(true)
  expect(isRequestShown(request('x', 0), 'all', 'seats/')).toBe(false)
})

test.each([
  [{ status: 0, failure: 'failed' }, 'No answer', 'No connection, or blocked by the browser'],
  [{ status: 0, failure: 'aborted' }, 'Cancelled', 'Cancelled'],
  [{ status: 0, failure: 'timeout' }, 'Timeout', 'Timed out'],
  [{ status: 404 }, '404', 'Not found'],
  [{ status: 418 }, '418', 'Failed'],
  [{ status: 507 }, '507', 'Server error'],
  [{ status: 200, durationMs: 3_000 }, '200', 'Slow'],
  [{ status: 200, durationMs: 100 }, '200', ''],
] as [Partial<RequestEntry>, string, string][])('%j is %s: %s', (more, status, outcome) => {
  const sent = request('r', 0, more)
  expect([statusText(sent), outcomeOf(sent)]).toEqual([status, outcome])
})

test.each([
  ['https://shop.example/api/pay', '/api/pay', ''],
  ['https://api.shop.example/v1/[email]', '/v1/[email]', 'api.shop.example'],
  ['https://user:pass@elsewhere.example', '/', 'elsewhere.example'],
  ['/relative/path', '/relative/path', ''],
  ['javascript:alert(1)', 'javascript:alert(1)', ''],
  ['https://', 'https://', ''],
])('the address %s is the path %s at "%s"', (url, path, host) => {
  expect(addressOf(url, 'https://shop.example/checkout')).toEqual({ path, host })
})

test('an error that is a moment already is not marked again, and those that come together are one mark', () => {
  const moments = [moment(12_400, 'javascript_error'), moment(30_000, 'rage_click')]
  const entries = placed(
    [
      line('the same error', 12_420),
      line('a warning', 20_000, { level: 'warn' }),
      request('slow', 21_000, { status: 200, durationMs: 5_000 }),
      line('limit', 22_000, { isLimit: true }),
      request('failed', 30_000),
      line('its error', 30_200),
      line('another', 30_900),
      line('much later', 60_000, { text: 'first\nsecond' }),
    ],
    0,
    100_000,
  )
  const marks = barMarks(moments, entries, 100_000)
  expect(marks.map(({ ms, label, detail, isEntry }) => [ms, label, detail, isEntry])).toEqual([
    [12_400, 'javascript_error', '', false],
    [30_000, 'rage_click', '', false],
    [30_000, 'Failed request', 'GET /api/seats: Server not available, and 2 more', true],
    [60_000, 'Console error', 'first', true],
  ])
  expect(new Set(marks.map(({ key }) => key)).size).toBe(4)
})

test('however much fails, the bar stays readable', () => {
  const entries = placed(
    Array.from({ length: 1_000 }, (_, nth) => request(String(nth), nth * 100)),
    0,
    100_000,
  )
  expect(barMarks([], entries, 100_000).length).toBeLessThan(85)
})

test('a moment is precise where one asks', () => {
  expect([preciseClock(18_240), preciseClock(5), preciseClock(-3)]).toEqual(['0:18.240', '0:00.005', '0:00.000'])
})
