// Which questions new events concern.
import { expect, test } from 'vitest'
import { EVERYTHING, isBehind, NEVER_VISIBLE, NOTHING, withAnnounced, withVisible } from './liveChanges'
import type { EventRow } from './types'

const event = (category: string): EventRow => ({
  id: category,
  category,
  name: 'x',
  occurred_at: '',
  received_at: '',
  properties: {} as EventRow['properties'],
})
const announce = (categories: string[], count = categories.length) =>
  ({
    type: 'events',
    events: categories.map(event),
    totals: { events: count, page_views: 0, friction: 0 },
    by_kind: {},
  }) as const

test('announced events change the questions about their categories', () => {
  const changes = withAnnounced(withAnnounced(NOTHING, announce(['heatmap'])), announce(['heatmap', 'friction']))
  expect(changes).toEqual(new Set(['heatmap', 'friction']))
})

test('more events than are named may be anything', () => {
  expect(withAnnounced(NOTHING, announce(['heatmap'], 51))).toBe(EVERYTHING)
  expect(withAnnounced(EVERYTHING, announce(['heatmap']))).toBe(EVERYTHING)
})

test('a question is asked again only when something it follows is visible since', () => {
  const visible = withVisible(NEVER_VISIBLE, new Set(['heatmap']), 1_000)
  expect(isBehind(999, undefined, visible)).toBe(true)
  expect(isBehind(1_001, undefined, visible)).toBe(false)
  expect(isBehind(999, ['friction'], visible)).toBe(false)
  expect(isBehind(999, ['friction'], withVisible(visible, new Set(['friction']), 1_000))).toBe(true)
  expect(isBehind(999, ['friction'], withVisible(visible, EVERYTHING, 1_000))).toBe(true)
})

test('what was asked before anything was visible is up to date', () => {
  expect(isBehind(1, undefined, NEVER_VISIBLE)).toBe(false)
})
