// Runs in words.
import { expect, test } from 'vitest'
import { setProjectZone } from '../../lib/zone'
import { answeredBefore, differenceText, fileNameOf, isDue, runDetail, storedCountText } from './runs'
import type { QuestionRun } from './runsApi'

const run = (id: string, more: Partial<QuestionRun> = {}): QuestionRun => ({
  id,
  due_at: '2026-11-22T22:00:00Z',
  started_at: '2026-11-22T22:00:02Z',
  duration_ms: 84,
  outcome: 'answered',
  row_count: 60,
  is_truncated: false,
  error: null,
  ...more,
})

test('a run says how much it answered, or why it failed', () => {
  expect(runDetail(run('a'))).toBe('60 rows in 84 ms')
  expect(runDetail(run('a', { row_count: 1, is_truncated: true, duration_ms: 2_400 }))).toBe('1 row in 2.4 s, cut')
  expect(runDetail(run('a', { outcome: 'failed', row_count: null, error: 'there is no column nme' }))).toBe(
    'There is no column nme.',
  )
  expect(runDetail(run('a', { outcome: 'running', row_count: null, duration_ms: null }))).toBe('')
})

test('a stored answer that was cut says so', () => {
  const answer = { columns: [], rows: [], row_count: 1_000, truncated: false, elapsed_ms: 84 }
  expect(storedCountText(answer)).toBe('1,000 rows in 84 ms')
  expect(storedCountText({ ...answer, truncated: true })).toBe(
    '1,000 rows in 84 ms; there were more, and only these are kept',
  )
})

test('a run is due from a minute before its time until it has begun', () => {
  const at = '2026-11-22T22:00:00Z'
  const later = (seconds: number) => Date.parse(at) + seconds * 1_000
  const earlier = [run('a', { due_at: '2026-11-21T22:00:00Z' })]
  expect([-61, -60, -59, 0, 3_600].map((seconds) => isDue(at, earlier, later(seconds)))).toEqual([
    false,
    false,
    true,
    true,
    true,
  ])
  const running = run('b', { due_at: at, outcome: 'running', row_count: null, duration_ms: null })
  expect(isDue(at, [running, ...earlier], later(30))).toBe(false)
  expect([isDue(null, [], later(0)), isDue(undefined, earlier, later(0))]).toEqual([false, false])
})

test('an answer is compared with the last one before it', () => {
  const runs = [run('d'), run('c', { outcome: 'failed' }), run('b'), run('a')]
  expect(['d', 'c', 'b', 'a', 'gone'].map((id) => answeredBefore(runs, id)?.id)).toEqual([
    'b',
    'b',
    'a',
    undefined,
    undefined,
  ])
})

test('a difference counts its rows', () => {
  expect(differenceText({ added: 1, removed: 0, changed: 12, same: 1_984 })).toBe('1 added, 12 changed, 1,984 the same')
  expect(differenceText({ added: 0, removed: 2, changed: 0, same: 0 })).toBe('2 removed')
  expect(differenceText({ added: 0, removed: 0, changed: 0, same: 3 })).toBe('Nothing has changed')
  expect(differenceText({ added: 0, removed: 0, changed: 0, same: 0 })).toBe('Both answers are empty')
})

test('a file is named by its question and the day of the run in the project', () => {
  expect(fileNameOf('Orders a day (TZ)', run('a'))).toBe('orders-a-day-tz-2026-11-22.csv')
  setProjectZone('Africa/Dar_es_Salaam')
  expect(fileNameOf('Orders a day (TZ)', run('a'))).toBe('orders-a-day-tz-2026-11-23.csv')
  setProjectZone('UTC')
  expect([fileNameOf('???', undefined), fileNameOf('Ünits', undefined)]).toEqual(['answer.csv', 'ünits.csv'])
})
