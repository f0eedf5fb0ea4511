// Decisions about drawing.
import { expect, test } from 'vitest'
import type { Heatmap } from './api'
import { drawingOf, placedShare, stacked } from './drawing'

const SIZE = { width: 400, height: 1_000 }
const PERIOD = { from: '', to: '', bucket_seconds: 86_400, time_zone: 'UTC', previous_from: '', previous_to: '' }
const element = (selector: string, events: number) => ({
  selector,
  events,
  previous_events: 0,
  sessions: 1,
  visitors: 1,
  first_seen: '',
  last_seen: '',
})
const box = (width: number, height: number) => ({ x: 0, y: 0, width, height })
const answer = (more: Partial<Heatmap>): Heatmap => ({
  period: PERIOD,
  layer: 'clicks',
  path: '/',
  page_views: 9,
  sessions: 9,
  events: 20,
  event_sessions: 9,
  previous_page_views: 9,
  previous_events: 9,
  elements: [element('#a', 12), element('#b', 6)],
  element_total: 2,
  cells: [],
  points: [],
  widths: [],
  scroll: null,
  ...more,
})
const options = { layer: 'clicks' as const, isChange: false, boxes: [box(40, 10), null], size: SIZE }

test('cells make heat; without any, boxes are filled by their events', () => {
  expect(drawingOf(answer({ cells: [{ element: 0, x: 1, y: 1, events: 12 }] }), options).kind).toBe('heat')
  expect(drawingOf(answer({ points: [{ x: 0.5, y: 80, events: 2 }] }), options).kind).toBe('heat')
  // The second is not on this page, so the first has most.
  expect(drawingOf(answer({}), { ...options, boxes: [null, box(1, 1)] })).toEqual({ kind: 'fills', max: 6 })
})

test('change, scroll depth and nothing have their own', () => {
  expect(drawingOf(answer({}), { ...options, isChange: true }).kind).toBe('change')
  expect(
    drawingOf(answer({ scroll: { sessions: 4, reached: [1, 0.5] } }), { ...options, layer: 'scroll', isChange: true }),
  ).toEqual({ kind: 'bands', bands: [{ top: 0, height: 1_000, share: 0.5 }] })
  expect(drawingOf(answer({}), { ...options, layer: 'scroll' }).kind).toBe('nothing')
  expect(drawingOf(answer({ elements: [] }), options).kind).toBe('nothing')
  expect(drawingOf(answer({}), { ...options, boxes: undefined }).kind).toBe('nothing')
})

test('events of elements and points on this page are placed', () => {
  // 12 of the first, none of the second, 1 of two points: 13 of 20.
  const points = [
    { x: 0.5, y: 1_000, events: 1 },
    { x: 0.5, y: 1_008, events: 1 },
  ]
  expect(placedShare(answer({ points }), options.boxes, SIZE)).toBe(0.65)
  expect(placedShare(answer({ events: 0, elements: [] }), [], SIZE)).toBeNull()
})

test('smaller boxes lie on larger ones', () => {
  expect(stacked([box(10, 10), null, box(100, 10), box(2, 3)]).map(({ index }) => index)).toEqual([2, 0, 3])
})
