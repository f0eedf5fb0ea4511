// The parts of completion and the watch over the cleanup.
import { expect, test } from 'vitest'
import { completionOf, lateRun } from './health'

test('the parts add up to the calls', () => {
  const counts = { calls: 100, with_real_end: 80, inferred: 10, errors: 5, ended_by_next_call: 2, open: 3 }
  const { calls, rate, ...parts } = completionOf({ ...counts, rate: 0.8 })
  expect(Object.values(parts).reduce((sum, count) => sum + count)).toBe(calls)
  expect(rate).toBe(0.8)
  expect(
    completionOf({ calls: 0, with_real_end: 0, inferred: 0, errors: 0, ended_by_next_call: 0, open: 0 }).rate,
  ).toBeNull()
})

test('two missed runs are noticed, and no run at all is no fault yet', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const run = (at: string) => [{ started_at: at, checked: 0, completed: 0 }]
  expect(lateRun(run('2026-11-21T11:20:00Z'), now)).toBe(false)
  expect(lateRun(run('2026-11-21T10:50:00Z'), now)).toBe(true)
  expect(lateRun([], now)).toBe(false)
})
