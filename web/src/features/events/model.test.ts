// The account of outcomes, and single events.
import { expect, test } from 'vitest'
import type { EventRow } from '../../api/types'
import { setProjectZone } from '../../lib/zone'
import {
  accountHelp,
  accountOf,
  EVENTS_PER_PAGE,
  newText,
  outcomeSheet,
  parseEventsSearch,
  prettyBody,
  sessionOfBody,
  unseenOf,
  withNewest,
} from './model'

const refused = [
  { reason: 'too_old', count: 2 },
  { reason: 'rate_limited', count: 5 },
  { reason: 'too_large', count: 0 },
]

test('received is accepted, duplicate and refused, reasons with the most first', () => {
  const account = accountOf({ received: 110, accepted: 100, duplicate: 3, refused, time_zone: 'UTC', days: [] })
  expect(account).toMatchObject({ refused: 7, missing: 0 })
  expect(account.reasons.map(({ reason }) => reason)).toEqual(['rate_limited', 'too_old'])
})

test('what has no outcome is named', () => {
  expect(accountOf({ received: 111, accepted: 100, duplicate: 3, refused, time_zone: 'UTC', days: [] }).missing).toBe(1)
})

const page = (...ids: string[]) => ({ events: ids.map((id) => ({ id }) as EventRow), next_cursor: 'c' })
const idsOf = ({ pages }: { pages: ReturnType<typeof page>[] }) => pages.map(({ events }) => events.map(({ id }) => id))

test('new events are those of the first page that are not shown on any', () => {
  const shown = [page('d', 'c'), page('b', 'a')]
  expect(
    unseenOf(
      page('f', 'e', 'd', 'c', 'b'),
      shown.flatMap(({ events }) => events),
    ).map(({ id }) => id),
  ).toEqual(['f', 'e'])
  expect([newText(1), newText(49), newText(EVENTS_PER_PAGE)]).toEqual(['1 new', '49 new', '50+ new'])
})

test('new events come above the others, which stay with their cursors', () => {
  const shown = { pages: [page('d', 'c'), page('b', 'a')], pageParams: [undefined, 'c'] }
  const next = withNewest(shown, page('f', 'e', 'd', 'c'))
  expect(idsOf(next as never)).toEqual([
    ['f', 'e', 'd', 'c'],
    ['b', 'a'],
  ])
  expect(next.pageParams).toEqual([undefined, 'c'])
})

test('after a whole page of new events the list starts again: there may be more between', () => {
  const many = page(...Array.from({ length: EVENTS_PER_PAGE }, (_, index) => `n${index}`))
  const next = withNewest({ pages: [page('b'), page('a')], pageParams: [undefined, 'c'] }, many)
  expect(next).toEqual({ pages: [many], pageParams: [undefined] })
})

test('outcomes are of days of the project’s zone, which is named', () => {
  setProjectZone('Africa/Dar_es_Salaam')
  expect(accountHelp()).toContain('Counted in whole days of receipt, Dar es Salaam;')
  expect(outcomeSheet([{ day: '2026-11-21', accepted: 3, duplicate: 1, refused: 0 }])).toMatchObject({
    header: ['Day (Dar es Salaam)', 'Accepted', 'Duplicates', 'Rejected'],
    rows: [['2026-11-21', 3, 1, 0]],
  })
  setProjectZone('UTC')
})

test('a body that is not JSON is shown as it came', () => {
  expect(prettyBody('{"a":1}')).toBe('{\n  "a": 1\n}')
  expect(prettyBody('{"a":')).toBe('{"a":')
})

test('the session of a rejected body is the request’s, the event’s or none', () => {
  expect(sessionOfBody('{"session_id":"s1","events":[{"session_id":"s2"}]}')).toBe('s1')
  expect(sessionOfBody('{"events":[{"session_id":"s2"}]}')).toBe('s2')
  expect(sessionOfBody('{"session":{"session_id":"s3"}}')).toBe('s3')
  for (const body of ['{"events":[', 'null', '[]', '{"session_id":7}', '{"events":{}}'])
    expect(sessionOfBody(body)).toBe(null)
})

test('only known views are kept in the address', () => {
  expect(parseEventsSearch({ tab: 'events', only: 'all' })).toEqual({})
  expect(parseEventsSearch({ tab: 'failed', only: 'friction', open: 'e1' })).toEqual({
    tab: 'failed',
    only: 'friction',
    open: 'e1',
  })
})
