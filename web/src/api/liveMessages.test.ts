// The live feed: reading messages, keeping the latest events, and waiting before connecting again.
import { expect, test } from 'vitest'
import { applyMessage, backOffMs, initialLive, LATEST, type LiveMessage, parseMessage } from './liveMessages'
import type { EventRow } from './types'

function event(id: string, receivedAt: string): EventRow {
  return {
    id,
    category: 'behavior',
    name: 'pageview',
    occurred_at: receivedAt,
    received_at: receivedAt,
    properties: {} as EventRow['properties'],
  }
}

function announce(events: EventRow[]): LiveMessage {
  return { type: 'events', events, totals: { events: events.length, page_views: 0, friction: 0 }, by_kind: {} }
}

test('what is not a known message is ignored', () => {
  expect(parseMessage('not json')).toBeNull()
  expect(parseMessage('null')).toBeNull()
  expect(parseMessage('{"type":"later"}')).toBeNull()
  expect(parseMessage('{"type":"active","active_visitors":3}')).toEqual({ type: 'active', active_visitors: 3 })
})

test('events are kept newest first and each once', () => {
  const first = applyMessage(initialLive, announce([event('a', '2026-11-21T09:00:00Z')]))
  const second = applyMessage(first, announce([event('a', '2026-11-21T09:00:00Z'), event('b', '2026-11-21T09:00:01Z')]))
  expect(second.latest.map(({ id }) => id)).toEqual(['b', 'a'])
  expect(second.status).toBe('open')
})

test('only so many events are kept, but all are counted', () => {
  const many = Array.from({ length: LATEST + 5 }, (_, index) =>
    event(`e${index}`, `2026-11-21T09:00:${String(index % 60).padStart(2, '0')}Z`),
  )
  const state = applyMessage(initialLive, announce(many))
  expect(state.latest).toHaveLength(LATEST)
  expect(state.counts.events).toBe(LATEST + 5)
})

test('what viewers are announced is counted by its kind, and names no event', () => {
  const counts: LiveMessage = {
    type: 'events',
    events: [],
    totals: { events: 7, page_views: 3, friction: 1 },
    by_kind: { rage_click: 1 },
  }
  const state = applyMessage(applyMessage(initialLive, counts), counts)
  expect(state).toMatchObject({ latest: [], counts: { events: 14, page_views: 6, friction: 2 } })
})

test('a message that changes nothing keeps the state, so that nothing is drawn again', () => {
  const state = applyMessage(initialLive, { type: 'active', active_visitors: 7 })
  expect(applyMessage(state, { type: 'active', active_visitors: 7 })).toBe(state)
  expect(applyMessage(state, { type: 'visible', at: '2026-11-21T09:00:00Z' })).toBe(state)
})

test('the wait doubles to half a minute and is spread', () => {
  expect(backOffMs(0, 0)).toBe(250)
  expect(backOffMs(0, 0.99)).toBeLessThan(500)
  expect(backOffMs(3, 0)).toBe(2_000)
  expect(backOffMs(40, 0)).toBe(15_000)
  expect(backOffMs(40, 0.999)).toBeLessThan(30_000)
})
