// Runs of a scheduled question in words, and which of them can be compared; pure.
import { duration, exactNumber } from '../../lib/format'
import { asSentence } from '../../lib/words'
import { dayText } from '../../lib/zone'
import type { Difference, Obstacle } from './difference'
import type { SqlAnswer } from './model'
import type { QuestionRun } from './runsApi'

const MINUTE = 60_000

/** How a run is marked; one that was answered needs no mark. */
export const OUTCOMES: Record<QuestionRun['outcome'], { label: string; tone: 'plain' | 'bad' } | null> = {
  running: { label: 'Running …', tone: 'plain' },
  answered: null,
  failed: { label: 'Failed', tone: 'bad' },
}

export const OBSTACLE_TEXTS: Record<Obstacle, string> = {
  unnamed: 'To compare answers, the first column must be different in each row.',
  cut: 'Answers that were cut cannot be compared.',
  columns: 'The answer before has other columns, so the two cannot be compared.',
}

/** "60 rows in 84 ms, cut", or why it failed; nothing while it runs. */
export function runDetail({ outcome, row_count: rows, duration_ms: took, is_truncated: isCut, error }: QuestionRun) {
  if (outcome === 'failed') return asSentence(error ?? '')
  if (outcome === 'running') return ''
  return `${rowsText(rows ?? 0)}${took == null ? '' : ` in ${duration(took)}`}${isCut ? ', cut' : ''}`
}

/** "1,000 rows in 84 ms; only these are kept" */
export function storedCountText({ row_count: rows, elapsed_ms: elapsed, truncated }: SqlAnswer): string {
  return `${rowsText(rows)} in ${duration(elapsed)}${truncated ? '; there were more, and only these are kept' : ''}`
}

/** "1,000 rows" */
export function rowsText(count: number): string {
  return `${exactNumber(count)} ${count === 1 ? 'row' : 'rows'}`
}

/** Whether the run that the server has set is less than a minute away or has passed, and has not begun. */
export function isDue(set: string | null | undefined, runs: readonly QuestionRun[], now: number): boolean {
  const at = Date.parse(set ?? '')
  return at - now < MINUTE && !runs.some(({ due_at: due }) => Date.parse(due) >= at)
}

/** The last run before this one that has an answer; runs are listed latest first. */
export function answeredBefore(runs: readonly QuestionRun[], id: string): QuestionRun | undefined {
  const index = runs.findIndex((run) => run.id === id)
  return index < 0 ? undefined : runs.slice(index + 1).find(({ outcome }) => outcome === 'answered')
}

/** "1 added, 2 removed, 12 changed, 984 the same" */
export function differenceText({ added, removed, changed, same }: Difference['counts']): string {
  if (added + removed + changed === 0) return same === 0 ? 'Both answers are empty' : 'Nothing has changed'
  const parts = [
    [added, 'added'],
    [removed, 'removed'],
    [changed, 'changed'],
    [same, 'the same'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${exactNumber(count)} ${word}`)
    .join(', ')
}

/** "orders-a-day-2026-11-23.csv": the question and the day of its run, by the project's clock. */
export function fileNameOf(name: string, run: Pick<QuestionRun, 'due_at'> | undefined): string {
  const slug = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return `${[slug || 'answer', ...(run ? [dayText(Date.parse(run.due_at))] : [])].join('-')}.csv`
}
