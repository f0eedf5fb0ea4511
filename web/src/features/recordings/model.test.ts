// Recordings as their pages show them.
import { describe, expect, test } from 'vitest'
import {
  clock,
  currentIndex,
  isOngoing,
  missingParts,
  missingText,
  momentsOf,
  neighbour,
  pathOf,
  shortId,
  sizeText,
  speedAfter,
} from './model'

const event = (id: string, occurred_at: string, name: string, category = 'friction') => ({
  id,
  occurred_at,
  name,
  category,
  path: '/a',
})

describe('texts', () => {
  test.each([
    [0, '0:00'],
    [-5, '0:00'],
    [59_999, '0:59'],
    [252_000, '4:12'],
    [3_723_000, '1:02:03'],
  ])('%d ms is %s', (ms, text) => expect(clock(ms)).toBe(text))
  test.each([
    [999, '999 B'],
    [61_499, '61 KB'],
    [999_499, '999 KB'],
    [4_100_000, '4.1 MB'],
  ])('%d bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))
  test.each([
    [[3], 'Part 4 is missing'],
    [[1, 3], 'Parts 2 and 4 are missing'],
    [[0, 1, 2, 5], 'Parts 1–3 and 6 are missing'],
    [[0, 2, 4, 5], 'Parts 1, 3 and 5–6 are missing'],
  ])('%j: %s', (missing, text) => expect(missingText(missing)).toBe(text))
  test('paths and ids are what differs', () => {
    expect(pathOf('https://x.example/a/b?c=1')).toBe('/a/b')
    expect(pathOf('nonsense')).toBe('nonsense')
    expect(shortId('0193a1b2-0000-7000-8000-00000000000a')).toBe('…0000000a')
    expect(shortId('visit-1')).toBe('visit-1')
  })
})

test('missing parts are those before the last one', () => {
  expect(missingParts([])).toEqual([])
  expect(missingParts([{ seq: 0 }, { seq: 1 }])).toEqual([])
  expect(missingParts([{ seq: 2 }, { seq: 4 }])).toEqual([0, 1, 3])
  expect(missingParts([{ seq: 4_000_000_000 }]).length).toBe(10_000)
})

test('a recording goes on while its last event is younger than two minutes', () => {
  const now = Date.parse('2026-11-24T12:00:00Z')
  expect(isOngoing({ ended_at: '2026-11-24T11:58:01Z' }, now)).toBe(true)
  expect(isOngoing({ ended_at: '2026-11-24T11:58:00Z' }, now)).toBe(false)
})

test('speeds go up and down and end', () => {
  expect([speedAfter(1, 1), speedAfter(1, -1), speedAfter(8, 1), speedAfter(0.5, -1)]).toEqual([2, 0.5, 8, 0.5])
})

test('events are moments of the recording: in order, within it, by the server’s clock', () => {
  const start = Date.parse('2026-11-24T12:00:00Z')
  const events = [
    event('late', '2026-11-24T12:00:20Z', 'rage_click'),
    event('after', '2026-11-24T12:05:00Z', 'rage_click'),
    event('error', '2026-11-24T12:00:10.500Z', 'javascript_error'),
    event('view', '2026-11-24T11:59:59Z', 'pageview', 'heatmap'),
    event('before', '2026-11-24T11:50:00Z', 'pageview', 'heatmap'),
    event('scroll', '2026-11-24T12:00:11Z', 'scroll', 'heatmap'),
  ]
  const moments = momentsOf(events, start, 30_000)
  expect(moments.map(({ event: { id }, ms, tone }) => [id, ms, tone])).toEqual([
    ['view', 0, 'plain'],
    ['error', 10_500, 'bad'],
    ['late', 20_000, 'warn'],
  ])
  expect(neighbour(moments, 10_500, 1)?.event.id).toBe('late')
  expect(neighbour(moments, 10_900, -1)?.event.id).toBe('view')
  expect(neighbour(moments, 20_000, 1)).toBeUndefined()
  expect([currentIndex(moments, 0), currentIndex(moments, 10_460), currentIndex(moments, 30_000)]).toEqual([0, 1, 2])
})
