// The parts of completion and the watch over the cleanup.
import { expect, test } from 'vitest'
import { completionOf, lateRun } from './health'

test('the parts add up to the calls', () => {
  expect(completionOf({ calls: 100, with_end: 97, with_real_end: 80, rate: 0.82 })).toEqual({ calls: 100, real: 80, inferred: 17, open: 3, rate: 0.82 })
  expect(completionOf({ calls: 0, with_end: 0, with_real_end: 0 }).rate).toBeNull()
})

test('two missed runs are noticed, and no run at all is no fault yet', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const run = (at: string) => [{ started_at: at, checked: 0, completed: 0 }]
  expect(lateRun(run('2026-11-21T11:20:00Z'), now)).toBe(false)
  expect(lateRun(run('2026-11-21T10:50:00Z'), now)).toBe(true)
  expect(lateRun([], now)).toBe(false)
})
