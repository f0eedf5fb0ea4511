// The account of outcomes, and single events.
import { expect, test } from 'vitest'
import { accountOf, parseEventsSearch, prettyBody } from './model'

const refused = [{ reason: 'too_old', count: 2 }, { reason: 'rate_limited', count: 5 }, { reason: 'too_large', count: 0 }]

test('received is accepted, duplicate and refused, reasons with the most first', () => {
  const account = accountOf({ received: 110, accepted: 100, duplicate: 3, refused, days: [] })
  expect(account).toMatchObject({ refused: 7, missing: 0 })
  expect(account.reasons.map(({ reason }) => reason)).toEqual(['rate_limited', 'too_old'])
})

test('what has no outcome is named', () => {
  expect(accountOf({ received: 111, accepted: 100, duplicate: 3, refused, days: [] }).missing).toBe(1)
})

test('a body that is not JSON is shown as it came', () => {
  expect(prettyBody('{"a":1}')).toBe('{\n  "a": 1\n}')
  expect(prettyBody('{"a":')).toBe('{"a":')
})

test('only known views are kept in the address', () => {
  expect(parseEventsSearch({ tab: 'events', only: 'all' })).toEqual({})
  expect(parseEventsSearch({ tab: 'failed', only: 'friction', open: 'e1' })).toEqual({ tab: 'failed', only: 'friction', open: 'e1' })
})
