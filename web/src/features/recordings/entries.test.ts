// Entries as they are taken out of a part: those of the format stay as they are, all others are skipped, cut or made visible.
import { expect, test } from 'vitest'
import { MAX_CONSOLE, MAX_REQUESTS, NO_ENTRIES, splitPart, visibleText, withEntries } from './entries'

const AT = 1_790_000_000_000
const META = { type: 4, timestamp: AT, data: { href: 'https://shop.example/', width: 800, height: 600 } }
const entry = (tag: string, payload: unknown, timestamp: unknown = AT + 500) => ({
  type: 5,
  timestamp,
  data: { tag, payload },
})
const line = (payload: unknown, timestamp?: unknown) => entry('footfall.console', payload, timestamp)
const request = (payload: unknown) => entry('footfall.request', payload)
const entriesOf = (...events: unknown[]) => splitPart(JSON.stringify([META, ...events]), 3).entries

const FAILED = { method: 'post', url: 'https://shop.example/api/pay', status: 503, duration_ms: 1_240, via: 'fetch' }

test('lines and requests are read, and the replay gets the rest of the part', () => {
  const other = { type: 5, timestamp: AT + 1, data: { tag: 'of somebody else', payload: {} } }
  const move = { type: 3, timestamp: AT + 900, data: { source: 3, id: 1, x: 0, y: 7 } }
  const json = JSON.stringify([
    META,
    line({ level: 'error', text: 'TypeError: x', stack: 'at a\nat b', count: 3 }),
    other,
    request({ ...FAILED, error: 'timeout', size_bytes: 64 }),
    move,
  ])
  const { played, entries } = splitPart(json, 3)
  expect(JSON.parse(played)).toEqual([META, move])
  expect(entries).toEqual([
    {
      kind: 'console',
      id: '3-1',
      at: AT + 500,
      level: 'error',
      text: 'TypeError: x',
      stack: 'at a\nat b',
      count: 3,
      isLimit: false,
    },
    {
      kind: 'request',
      id: '3-3',
      at: AT + 500,
      method: 'POST',
      url: 'https://shop.example/api/pay',
      status: 503,
      durationMs: 1_240,
      via: 'fetch',
      failure: 'timeout',
      sizeBytes: 64,
    },
  ])
})

test('a part without entries is handed on as it is', () => {
  const json = `[ ${JSON.stringify(META)} ]`
  expect(splitPart(json, 0)).toEqual({ played: json, entries: [] })
})

test.each([
  'no JSON with footfall.console',
  '{"footfall.console":1}',
  '"footfall.console"',
  `[{"type":5,"data":{"tag":"footfall.console","payload":${'['.repeat(200_000)}${']'.repeat(200_000)}}},${'['.repeat(200_000)}${']'.repeat(200_000)}]`,
])('what cannot be split is handed on as it is: %#', (json) => {
  expect(splitPart(json, 0)).toEqual({ played: json, entries: [] })
})

test.each([
  ['no payload', line(undefined)],
  ['a payload that is a list', line(['error', 'x'])],
  ['a payload that is a text', line('error')],
  ['no level', line({ text: 'x' })],
  ['an unknown level', line({ level: 'fatal', text: 'x' })],
  ['a level of every object', line({ level: 'constructor', text: 'x' })],
  ['a text that is an object', line({ level: 'error', text: { toString: 'x' } })],
  ['an empty text', line({ level: 'log', text: ' \n ' })],
  ['a time that is a text', line({ level: 'log', text: 'x' }, '1790000000000')],
  ['no time', line({ level: 'log', text: 'x' }, null)],
  ['a time before all', line({ level: 'log', text: 'x' }, -1)],
  ['another tag', entry('footfall.Console', { level: 'log', text: 'x' })],
  ['a tag that is a list', { ...line({ level: 'log', text: 'x' }), data: { tag: ['footfall.console'], payload: {} } }],
  ['another kind of event', { ...line({ level: 'log', text: 'x' }), type: '5' }],
  ['a method of markup', request({ ...FAILED, method: '<img src=x>' })],
  ['a method that is a number', request({ ...FAILED, method: 7 })],
  ['no address', request({ ...FAILED, url: '' })],
  ['a status that is a text', request({ ...FAILED, status: '503' })],
  ['a status below all', request({ ...FAILED, status: -1 })],
  ['a duration without an end', request({ ...FAILED, duration_ms: null })],
  ['a negative duration', request({ ...FAILED, duration_ms: -5 })],
  ['nothing', null],
])('%s is skipped', (_, event) => {
  expect(entriesOf(event)).toEqual([])
})

test('what may be absent is left out where it is of another type', () => {
  const [printed] = entriesOf(line({ level: 'warn', text: 'x', stack: 7, count: 1, dropped: 'yes' }))
  expect(printed).toMatchObject({ stack: '', count: 1, isLimit: false })
  const [sent] = entriesOf(request({ ...FAILED, via: '__proto__', error: 'x', size_bytes: -1 }))
  expect(sent).toMatchObject({ via: undefined, failure: undefined, sizeBytes: undefined })
  expect(entriesOf(line({ level: 'warn', text: '', dropped: true }))).toMatchObject([{ text: '', isLimit: true }])
})

test('numbers and texts are bounded', () => {
  const [printed] = entriesOf(line({ level: 'log', text: 'x'.repeat(5_000), stack: 'y'.repeat(9_000), count: 1e300 }))
  expect(printed).toMatchObject({
    text: `${'x'.repeat(1_000)}…`,
    stack: `${'y'.repeat(2_000)}…`,
    count: 1_000_000,
  })
  const [sent] = entriesOf(request({ ...FAILED, url: 'z'.repeat(900), status: 1e9, duration_ms: 1e300 }))
  expect(sent).toMatchObject({ url: `${'z'.repeat(500)}…`, status: 999, durationMs: 48 * 3_600_000 })
})

test.each([
  ['pay\u202e31.exe', 'pay\\u202e31.exe'],
  ['\u2066a\u2069\u200f', '\\u2066a\\u2069\\u200f'],
  ['\u001b[31mred', '\\u001b[31mred'],
  ['a\u0000b\u007f\u0085\ufeff', 'a\\u0000b\\u007f\\u0085\\ufeff'],
  ['a\u2028b', 'a\\u2028b'],
  ['half \ud83d', 'half \\ud83d'],
  ['\u{e0041}tag', '\\ue0041tag'],
  ['one\r\ntwo\rthree\tfour', 'one\ntwo\nthree\tfour'],
  ['👩\u200d💻 می\u200cروم', '👩\u200d💻 می\u200cروم'],
  ['<b>bold</b>', '<b>bold</b>'],
])('%j is shown as %j', (text, shown) => {
  expect(visibleText(text, 1_000)).toBe(shown)
})

test('a text is not cut within a character', () => {
  expect(visibleText('ab😀', 3)).toBe('ab…')
})

test('only so many are kept of a recording, and it is known that there were more', () => {
  const lines = entriesOf(...Array.from({ length: MAX_CONSOLE - 1 }, () => line({ level: 'log', text: 'x' })))
  const kept = withEntries(NO_ENTRIES, lines)
  expect([kept.console.length, kept.isFull]).toEqual([MAX_CONSOLE - 1, false])
  const full = withEntries(withEntries(kept, lines), [])
  expect([full.console.length, full.isFull]).toEqual([MAX_CONSOLE, true])
  expect(withEntries(kept, [])).toBe(kept)
  const requests = entriesOf(...Array.from({ length: MAX_REQUESTS + 1 }, () => request(FAILED)))
  expect(withEntries(kept, requests)).toMatchObject({ isFull: true, requests: { length: MAX_REQUESTS } })
})
