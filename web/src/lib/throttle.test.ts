// Running at most once an interval, without losing the last request.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { throttle } from './throttle'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first call runs at once and a burst runs once more at the end', () => {
  const run = vi.fn()
  const throttled = throttle(run, 1_000)
  for (let call = 0; call < 5; call += 1) throttled()
  expect(run).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(999)
  expect(run).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1)
  expect(run).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(5_000)
  expect(run).toHaveBeenCalledTimes(2)
})

test('what ran just before waits for its interval', () => {
  const run = vi.fn()
  throttle(run, 1_000, Date.now())()
  vi.advanceTimersByTime(999)
  expect(run).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(run).toHaveBeenCalledTimes(1)
})

test('a cancelled call does not run', () => {
  const run = vi.fn()
  const throttled = throttle(run, 1_000)
  throttled()
  throttled()
  throttled.cancel()
  vi.advanceTimersByTime(2_000)
  expect(run).toHaveBeenCalledTimes(1)
})
