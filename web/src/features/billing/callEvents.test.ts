// From rows of the SQL surface to the steps of a call.
import { expect, test } from 'vitest'
import { callSteps, readCallEvents } from './callEvents'

const columns = ['id', 'event_type', 'timestamp', 'page_url', 'metadata'].map((name) => ({ name, type: 'text' }))
const row = (id: string, type: string, second: string, metadata = '{}') => [
  id,
  type,
  `2026-11-21T09:00:${second}Z`,
  null,
  metadata,
]
const answer = (rows: unknown[][]) => ({ columns, rows, row_count: rows.length, truncated: false, elapsed_ms: 3 })

test('heartbeats in a row are one step, at the last of them', () => {
  const events = readCallEvents(
    answer([
      row('a', 'call_start', '00'),
      row('b', 'call_heartbeat', '30'),
      row('c', 'call_heartbeat', '59'),
      row('d', 'call_end', '59'),
    ]),
  )
  expect(callSteps(events).map(({ at, title }) => [at.slice(17, 19), title])).toEqual([
    ['00', 'Call started'],
    ['59', '2 heartbeats'],
    ['59', 'Call ended'],
  ])
})

test('an end comes after the heartbeat of the same moment', () => {
  const events = readCallEvents(answer([row('a', 'call_end', '30'), row('b', 'call_heartbeat', '30')]))
  expect(events.map(({ id }) => id)).toEqual(['b', 'a'])
})

test('an inferred end says where it comes from', () => {
  const [step] = callSteps(
    readCallEvents(answer([row('a', 'call_end', '30', '{"inferred":true,"end_source":"heartbeat"}')])),
  )
  expect(step).toMatchObject({ title: 'Inferred end', tone: 'warn' })
  expect(step?.note).toContain('at the last heartbeat')
})

test('metadata that is no JSON, and rows that are no events, do no harm', () => {
  expect(readCallEvents(answer([row('a', 'call_error', '30', 'oops'), [null, 'call_end', null, null, null]]))).toEqual([
    { id: 'a', type: 'call_error', at: '2026-11-21T09:00:30Z', page: null, metadata: {} },
  ])
})
