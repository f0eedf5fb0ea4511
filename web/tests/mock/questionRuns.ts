// The mock's scheduled questions: their runs, latest first, and the answers that were kept.
import type { SqlAnswer } from '../../src/features/sql/model'
import type { QuestionRun } from '../../src/features/sql/runsApi'
import { seeded } from './random'
import { problem } from './server'
import type { MockState } from './state'

type Answer = { status: number; json?: unknown; text?: string; headers?: Record<string, string> }
/** A run with what it answered; null: an erasure has removed it. */
export type KeptRun = QuestionRun & { answer: SqlAnswer | null }

const DAY = 86_400_000
const ROUTES = ['Dar es Salaam – Zanzibar', 'Zanzibar – Pemba', 'Tanga – Pemba', 'Kilwa – Mafia', 'Mtwara – Kilwa']

/** The id of the n-th run of a question, 1 being the latest. */
export const runId = (question: string, n: number) =>
  `${question.slice(0, 24)}${String(n).padStart(8, '0')}${question.slice(-4)}`

/** At seven in the morning by UTC, so many days before the last time it was. */
export function sevenOClock(now: number, daysBefore: number): number {
  const today = Math.floor(now / DAY) * DAY + 7 * 3_600_000
  return (today <= now ? today : today - DAY) - daysBefore * DAY
}

function runOf(question: string, n: number, due: number, more: Partial<KeptRun>): KeptRun {
  return {
    id: runId(question, n),
    due_at: new Date(due).toISOString(),
    started_at: new Date(due + 2_000).toISOString(),
    duration_ms: 84 + n,
    outcome: 'answered',
    row_count: more.answer?.row_count ?? null,
    is_truncated: more.answer?.truncated ?? false,
    error: null,
    answer: null,
    ...more,
  }
}

const kept = (columns: SqlAnswer['columns'], rows: unknown[][], truncated = false): SqlAnswer => ({
  columns,
  rows,
  row_count: rows.length,
  truncated,
  elapsed_ms: 85,
})

/** Orders of the twenty days before a run, a row for each day and country. */
function ordersAt(due: number): SqlAnswer {
  const random = seeded(Math.floor(due / DAY))
  const rows = Array.from({ length: 20 }, (_, day) =>
    ['TZ', 'KE', 'UG'].map((country) => [
      new Date(Math.floor(due / DAY) * DAY - (20 - day) * DAY).toISOString().replace('.000Z', 'Z'),
      country,
      Math.round(20 + random() * 60),
      Math.round(random() * 900_000) / 100,
    ]),
  ).flat()
  const columns = [
    { name: 'day', type: 'timestamptz' },
    { name: 'country', type: 'text' },
    { name: 'orders', type: 'bigint' },
    { name: 'value', type: 'numeric(10,2)' },
  ]
  return kept(columns, rows)
}

/** Bookings by route: every week one route differs, one begins and one ends. */
function routesAt(week: number): SqlAnswer {
  const rows = ROUTES.filter((_, index) => index !== week % 2).map((route, index) => [
    route,
    index === 2 ? 100 - week : 40 + index * 7,
    (40 + index * 7) * 25_000,
  ])
  const columns = [
    { name: 'route', type: 'text' },
    { name: 'bookings', type: 'bigint' },
    { name: 'value', type: 'bigint' },
  ]
  return kept(columns, rows)
}

const TOO_LONG = 'the statement was ended after 30 seconds; select fewer rows or a shorter period'

/** Runs of a daily question: one failed, and an erasure has removed the oldest answer. */
export function dailyRuns(question: string, now: number): KeptRun[] {
  return Array.from({ length: 8 }, (_, index) => {
    const due = sevenOClock(now, index)
    if (index === 2) return runOf(question, index + 1, due, { outcome: 'failed', duration_ms: 30_000, error: TOO_LONG })
    if (index === 7) return runOf(question, index + 1, due, { row_count: 60 })
    return runOf(question, index + 1, due, { answer: ordersAt(due) })
  })
}

/** Runs of a weekly question whose first column names each row. */
export function weeklyRuns(question: string, now: number): KeptRun[] {
  const sinceMonday = (new Date(sevenOClock(now, 0)).getUTCDay() + 6) % 7
  return Array.from({ length: 4 }, (_, index) =>
    runOf(question, index + 1, sevenOClock(now, sinceMonday + index * 7), { answer: routesAt(index) }),
  )
}

/** Runs of an hourly question whose last one failed. */
export function failedRuns(question: string, now: number): KeptRun[] {
  return [runOf(question, 1, now - 3_600_000, { outcome: 'failed', error: 'there is no table page_views_old' })]
}

/** The latest run of a question as its summary has it. */
export function lastRun(state: Pick<MockState, 'questionRuns'>, id: string): QuestionRun | null {
  const [latest] = state.questionRuns[id] ?? []
  return latest ? withoutAnswer(latest) : null
}

function withoutAnswer({ answer: _answer, ...run }: KeptRun): QuestionRun {
  return run
}

export function readRuns(state: MockState, name: string, query: URLSearchParams): Answer | undefined {
  const [, question = '', id] = /^saved-questions\/([^/]+)\/runs(?:\/([^/]+))?$/.exec(name) ?? []
  if (question === '') return undefined
  const runs = state.questionRuns[question] ?? []
  if (id === undefined) return { status: 200, json: { runs: runs.map(withoutAnswer) } }
  const run = runs.find((candidate) => candidate.id === id)
  if (!run) return problem(404, 'Not Found', 'run not found')
  if (run.outcome === 'running') return problem(409, 'Conflict', 'the run goes on')
  if (run.outcome === 'failed') return problem(409, 'Conflict', `the run failed: ${run.error}`)
  if (!run.answer) return problem(410, 'Gone', 'an erasure has removed the answer')
  if (query.get('format') !== 'csv') return { status: 200, json: run.answer }
  const { columns, rows } = run.answer as { columns: { name: string }[]; rows: unknown[][] }
  const lines = [columns.map(({ name: column }) => column), ...rows].map((row) => row.join(','))
  return { status: 200, text: `${lines.join('\r\n')}\r\n`, headers: { 'content-type': 'text/csv' } }
}
