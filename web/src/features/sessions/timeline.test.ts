// A session by page, with its repetitions, its recordings, and its address.
import { expect, test } from 'vitest'
import type { SessionEvent, SessionRecording } from './api'
import {
  clockText,
  currentRow,
  groupCounts,
  hiddenOf,
  listSearch,
  pageVisits,
  parseSessionSearch,
  placeIn,
  rowsOf,
  withShown,
} from './timeline'

const START = Date.parse('2026-11-21T09:00:00.000Z')
let serial = 0

function at(seconds: number, name: string, path: string | null = null, category = 'heatmap'): SessionEvent {
  serial += 1
  return {
    id: `e${serial}`,
    category,
    name,
    path,
    occurred_at: new Date(START + seconds * 1000).toISOString(),
    received_at: '',
    properties: {},
  } as SessionEvent
}

const shapeOf = (events: SessionEvent[], isWhole = true) =>
  pageVisits(events, isWhole).map(({ path, lengthMs, events: own }) => [path, lengthMs, own.length])

test('a page view of another path begins a page, which lasts until the next or the last event', () => {
  expect(
    shapeOf([
      at(0, 'pageview', '/'),
      at(3, 'click', '/'),
      at(10, 'pageview', '/book'),
      at(12, 'pageview', '/book'),
      at(40, 'pageview', '/'),
      at(70, 'click', '/'),
    ]),
  ).toEqual([
    ['/', 10_000, 2],
    ['/book', 30_000, 2],
    ['/', 30_000, 2],
  ])
})

test('what happens before the first page view belongs to its page, and what names no page to the one it happens on', () => {
  expect(
    shapeOf([
      at(0, 'session.started', null, 'session'),
      at(1, 'pageview', '/'),
      at(5, 'order.placed', null, 'customer'),
    ]),
  ).toEqual([['/', 5_000, 3]])
})

test('a late measurement of the page before does not begin another stay on it', () => {
  expect(
    shapeOf([
      at(0, 'pageview', '/a'),
      at(9, 'pageview', '/b'),
      at(10, 'page_performance', '/a', 'performance'),
      at(12, 'click', '/b'),
    ]),
  ).toEqual([
    ['/a', 9_000, 1],
    ['/b', 3_000, 3],
  ])
})

test('where a path has no page view its other events begin the page', () => {
  expect(shapeOf([at(0, 'widget_load', '/help', 'widget'), at(4, 'widget_load', '/prices', 'widget')])).toEqual([
    ['/help', 4_000, 1],
    ['/prices', 0, 1],
  ])
})

test('how long the last page was is not known before all events are', () => {
  expect(shapeOf([at(0, 'pageview', '/a'), at(9, 'click', '/a')], false)).toEqual([['/a', null, 2]])
  expect(pageVisits([], true)).toEqual([])
})

test('heartbeats and scrolling in a row are one line, clicks are not', () => {
  const events = [
    at(0, 'click'),
    at(1, 'click'),
    at(2, 'call_heartbeat', null, 'widget'),
    at(3, 'call_heartbeat', null, 'widget'),
    at(4, 'scroll'),
    at(5, 'call_heartbeat', null, 'widget'),
  ]
  const shown = (hide?: string) => rowsOf(events, hiddenOf(hide)).map(({ event, count }) => `${event.name} ${count}`)
  expect(shown('none')).toEqual(['click 1', 'click 1', 'call_heartbeat 2', 'scroll 1', 'call_heartbeat 1'])
  expect(shown()).toEqual(['click 1', 'click 1', 'call_heartbeat 3'])
  expect(groupCounts(events)).toEqual([
    { group: 'clicks', count: 2 },
    { group: 'widget', count: 3 },
    { group: 'pointer', count: 1 },
  ])
})

test('which groups are shown is in the address, and the usual ones are not', () => {
  const all = withShown({}, 'pointer', true)
  expect(all).toEqual({ hide: 'none' })
  expect(withShown(all, 'pointer', false)).toEqual({})
  expect(withShown({ open: 'e1' }, 'clicks', false)).toEqual({ open: 'e1', hide: 'clicks.pointer' })
})

test('the address of a session keeps the list’s, and drops what means nothing', () => {
  expect(
    parseSessionSearch({ period: '30d', has_error: true, hide: 'pointer.clicks.nonsense', open: 'e1', at: 3 }),
  ).toEqual({ period: '30d', has_error: true, hide: 'clicks.pointer', open: 'e1' })
  expect(parseSessionSearch({ hide: 'pointer', open: '' })).toEqual({})
  expect(parseSessionSearch({ hide: 'none' })).toEqual({ hide: 'none' })
  expect(listSearch({ period: '30d', sort: 'pages', hide: 'none', open: 'e1' })).toEqual({
    period: '30d',
    sort: 'pages',
  })
})

test('the time since the start reads like a clock', () => {
  expect([clockText(-200), clockText(7_900), clockText(725_000), clockText(3_725_000)]).toEqual([
    '0:00',
    '0:07',
    '12:05',
    '1:02:05',
  ])
})

const recording = (id: string, from: number, to: number) =>
  ({
    id,
    started_at: new Date(START + from * 1000).toISOString(),
    ended_at: new Date(START + to * 1000).toISOString(),
    duration_seconds: to - from,
  }) as SessionRecording

test('a moment is found in the recording made then, or in none', () => {
  const recordings = [recording('a', 2, 60), recording('b', 100, 160)]
  expect(placeIn(recordings, START + 30_000)).toEqual({ id: 'a', startAtMs: 28_000 })
  expect(placeIn(recordings, START)).toEqual({ id: 'a', startAtMs: 0 })
  expect(placeIn(recordings, START + 163_000)).toEqual({ id: 'b', startAtMs: 60_000 })
  expect(placeIn(recordings, START + 80_000)).toBe(null)
  expect(placeIn([], START)).toBe(null)
})

test('the current row is the last that has happened', () => {
  const rows = rowsOf([at(0, 'click'), at(5, 'click'), at(5, 'pageview'), at(9, 'click')], hiddenOf('none'))
  const idAt = (seconds: number) => currentRow(rows, START + seconds * 1000)
  expect([idAt(-1), idAt(0), idAt(4.9), idAt(5), idAt(100)]).toEqual([
    null,
    rows[0]?.event.id,
    rows[0]?.event.id,
    rows[2]?.event.id,
    rows[3]?.event.id,
  ])
  expect(currentRow([], START)).toBe(null)
})

test('of a visit of a form the report with the highest revision is shown, in whatever order they come', () => {
  const report = (formId: string, revision: number): SessionEvent => ({
    ...at(9, 'form_progress', '/book', 'form'),
    id: `${formId}${revision}`,
    properties: { form_id: formId, revision } as unknown as SessionEvent['properties'],
  })
  const unnamed = at(9, 'form_progress', '/book', 'form')
  const events = [report('a', 2), report('a', 10), unnamed, report('b', 1), report('a', 1)]
  expect(rowsOf(events, new Set()).map(({ event }) => event.id)).toEqual(['a10', unnamed.id, 'b1'])
  expect(rowsOf(events, new Set(['forms']))).toEqual([])
})
