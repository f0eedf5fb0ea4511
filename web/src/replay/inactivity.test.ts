// Stretches without input: what counts as input, where they are, and where skipping them ends.
import { expect, test } from 'vitest'
import { inactivityOf, isInput, skipTarget } from './inactivity'

test('input is what rrweb counts as such: sources one to five of increments', () => {
  const sources = [0, 1, 2, 3, 4, 5, 6, 8].filter((source) => isInput({ type: 3, timestamp: 0, data: { source } }))
  expect(sources).toEqual([1, 2, 3, 4, 5])
  expect(isInput({ type: 2, timestamp: 0, data: { source: 2 } })).toBe(false)
})

test('a stretch is longer than ten seconds, and ends with an input', () => {
  expect(inactivityOf([2_000, 12_000, 22_001, 23_000], 90_000)).toEqual([{ from: 12_000, to: 22_001 }])
  expect(inactivityOf([11_000], 90_000)).toEqual([{ from: 0, to: 11_000 }])
  expect(inactivityOf([], 90_000)).toEqual([])
})

test('a stretch is skipped to shortly before its end', () => {
  const inputs = [2_000, 62_000]
  expect(skipTarget(inputs, 2_100, 1)).toBeUndefined()
  expect(skipTarget(inputs, 3_500, 1)).toBe(61_500)
  expect(skipTarget(inputs, 51_000, 1)).toBe(61_500)
  expect(skipTarget(inputs, 52_000, 1)).toBeUndefined()
  expect(skipTarget(inputs, 62_000, 1)).toBeUndefined()
})

test('at a higher speed a stretch must be longer', () => {
  expect(skipTarget([0, 30_000], 2_000, 2)).toBe(29_500)
  expect(skipTarget([0, 30_000], 2_000, 4)).toBeUndefined()
})
