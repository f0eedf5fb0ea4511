// The live stream: which events it shows, in which order, and how many.
import { expect, test } from 'vitest'
import type { EventRow } from '../../api/types'
import { isFeedUsed, isFeedWhole, MOST_ROWS, readStreamKind, waitingOf, withRows } from './feed'

const row = (id: string, second: number, more: Partial<EventRow> = {}) =>
  ({
    id,
    category: 'heatmap',
    name: 'pageview',
    received_at: `2026-11-21T09:00:${String(second).padStart(2, '0')}Z`,
    bot: null,
    ...more,
  }) as EventRow
const ids = (rows: EventRow[]) => rows.map(({ id }) => id)

test('each event stands once, newest first, and bots only when asked', () => {
  const answered = withRows([], [row('b', 2), row('a', 1), row('d', 4, { bot: 'crawler' })], undefined, false)
  const rows = withRows(answered, [row('c', 3), row('b', 2)], undefined, false)
  expect(ids(rows)).toEqual(['c', 'b', 'a'])
  expect(ids(withRows(rows, [row('d', 4, { bot: 'crawler' })], undefined, true))).toEqual(['d', 'c', 'b', 'a'])
})

test('what brings nothing new changes nothing, so that nothing is drawn again', () => {
  const rows = [row('a', 1)]
  expect(withRows(rows, [row('a', 1)], undefined, false)).toBe(rows)
  expect(withRows(rows, [row('b', 2)], 'friction', false)).toBe(rows)
})

test('a kind leaves the others out', () => {
  const events = [
    row('view', 1),
    row('click', 2, { name: 'click' }),
    row('rage', 3, { category: 'friction', name: 'rage_click' }),
    row('order', 4, { category: 'customer', name: 'order.placed' }),
    row('own', 5, { category: 'behavior', name: 'pageview' }),
  ]
  const of = (kind: Parameters<typeof withRows>[2]) => ids(withRows([], events, kind, false))
  expect([of('pages'), of('clicks'), of('friction'), of('customers'), of('own'), of('calls')]).toEqual([
    ['view'],
    ['click'],
    ['rage'],
    ['order'],
    ['own'],
    [],
  ])
  expect([readStreamKind('friction'), readStreamKind('gossip'), readStreamKind(undefined)]).toEqual([
    'friction',
    undefined,
    undefined,
  ])
})

test('only so many events are held', () => {
  const many = Array.from({ length: MOST_ROWS + 20 }, (_, index) => row(`e${index}`, index % 60))
  expect(withRows([], many, undefined, false)).toHaveLength(MOST_ROWS)
})

test('what arrives while the stream is paused is counted', () => {
  const paused = [row('a', 1)]
  expect(waitingOf(withRows(paused, [row('b', 2), row('c', 3)], undefined, false), paused)).toBe(2)
  expect(waitingOf(paused, paused)).toBe(0)
})

test('the feed is used without filters, and is whole without bots', () => {
  expect([
    isFeedUsed({}),
    isFeedUsed({ device: 'mobile' }),
    isFeedUsed({ from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' }),
  ]).toEqual([true, false, false])
  expect([isFeedWhole({}), isFeedWhole({ bots: true })]).toEqual([true, false])
})
