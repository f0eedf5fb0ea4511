// Jobs in words.
import { expect, test } from 'vitest'
import { failingJobs, intervalText, type Job, type JobRun, nextText, resultText } from './jobs'

const NOW = Date.parse('2026-11-21T12:00:00Z')

const run = (counts: Record<string, number>, error: string | null = null): JobRun => ({
  started_at: '2026-11-21T11:59:00Z',
  duration_ms: 4,
  error,
  counts: Object.entries(counts).map(([name, count]) => ({ name, count })),
})

const job = (fields: Partial<Job>): Job => ({
  name: 'session_completion',
  interval_seconds: 1_800,
  running_since: null,
  next_run_at: null,
  last_run: null,
  last_failure: null,
  runs: 0,
  failures: 0,
  ...fields,
})

test('a run says what it counted, that there was nothing, or why it failed', () => {
  expect(resultText(run({ checked: 3, completed: 1 }))).toBe('3 calls checked, 1 end inferred')
  expect(resultText(run({ checked: 0, completed: 0 }))).toBe('Nothing to do')
  expect(resultText(run({}))).toBe('Done')
  expect(resultText(run({ lake_bytes: 2_000_000, blob_bytes: 3_000, journal_bytes: 0 }))).toBe(
    'lake (events) 2.0 MB, recordings and screenshots 3.0 kB',
  )
  expect(resultText(run({ rows_moved: 12_000 }))).toBe('12,000 rows moved')
  expect(resultText(run({}, 'the catalog is unavailable'))).toBe('Failed: the catalog is unavailable')
})

test('intervals are in the largest unit that fits', () => {
  expect([2, 30, 60, 600, 1_800, 3_600, 7_200, 86_400].map(intervalText)).toEqual([
    'every 2 s',
    'every 30 s',
    'every 1 min',
    'every 10 min',
    'every 30 min',
    'every hour',
    'every 2 h 00 m',
    'every day',
  ])
})

test('the next run is counted down, and none is a dash', () => {
  const next = (seconds: number) => nextText(job({ next_run_at: new Date(NOW + seconds * 1_000).toISOString() }), NOW)
  expect([-5, 0, 12, 59, 90, 1_500, 3_600, 80_000].map(next)).toEqual([
    'now',
    'now',
    'in 12 s',
    'in 59 s',
    'in 2 min',
    'in 25 min',
    'in 1 h',
    'in 22 h',
  ])
  expect(nextText(job({}), NOW)).toBe('–')
})

test('a job fails while its last run did', () => {
  const failed = job({ last_run: run({}, 'internal'), failures: 1 })
  expect(failingJobs([job({}), failed, job({ last_run: run({}), failures: 4 })])).toEqual([failed])
})
