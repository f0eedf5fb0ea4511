// The mock's saved questions: those that it begins with, and how they change.
import type { NewSavedQuestion } from '../../src/features/sql/api'
import type { SavedQuestion } from '../../src/features/sql/model'
import { dailyRuns, failedRuns, type KeptRun, lastRun, weeklyRuns } from './questionRuns'
import { problem } from './server'
import type { MockState } from './state'

/** The ids of those that the mock begins with: one is shared and runs daily, one is the member's alone, one runs weekly, and the last run of one failed. */
export const SHARED = '0193a1b2-0000-7d4c-8f00-00000000aaaa'
export const OWN = '0193a1b2-0000-7d4c-8f00-00000000bbbb'
export const WEEKLY = '0193a1b2-0000-7d4c-8f00-00000000cccc'
export const FAILED = '0193a1b2-0000-7d4c-8f00-00000000dddd'

export function freshRuns(now: number): Record<string, KeptRun[]> {
  return {
    [SHARED]: dailyRuns(SHARED, now),
    [WEEKLY]: weeklyRuns(WEEKLY, now),
    [FAILED]: failedRuns(FAILED, now),
  }
}

export function freshSavedQuestions(now: number): SavedQuestion[] {
  const at = new Date(now - 86_400_000).toISOString()
  const common = { created_at: at, updated_at: at, version: 1 }
  return [
    {
      ...common,
      id: SHARED,
      name: 'Orders a day',
      description: 'How many orders, by country',
      visibility: 'project',
      author: { id: 'm2', name: 'Baraka Juma' },
      statement: 'SELECT day, country, orders, value\nFROM orders_by_day\nWHERE day >= $since AND country = $country',
      parameters: [
        { name: 'since', type: 'timestamp', default: '2026-11-01T00:00:00Z' },
        { name: 'country', type: 'text', default: 'TZ' },
      ],
      chart: { shape: 'bar', x: 'day', y: ['orders'], series: 'country' },
      schedule: { every: 'day', at: '07:00' },
      next_run_at: new Date(now + 3.5 * 3_600_000).toISOString(),
    },
    {
      ...common,
      id: OWN,
      name: 'Users without a name',
      description: '',
      visibility: 'own',
      author: { id: 'm1', name: 'Asha Mwinyi' },
      statement: 'SELECT * FROM users',
      parameters: [],
      chart: null,
      schedule: null,
      next_run_at: null,
    },
    {
      ...common,
      id: WEEKLY,
      name: 'Bookings by route',
      description: '',
      visibility: 'project',
      author: { id: 'm1', name: 'Asha Mwinyi' },
      statement: 'SELECT route, count(*) AS bookings, sum(value) AS value\nFROM bookings\nGROUP BY route',
      parameters: [],
      chart: null,
      schedule: { every: 'week', weekday: 'monday', at: '07:00' },
      next_run_at: new Date(now + 4.5 * 86_400_000).toISOString(),
      created_at: new Date(now - 60 * 86_400_000).toISOString(),
      updated_at: new Date(now - 60 * 86_400_000).toISOString(),
    },
    {
      ...common,
      id: FAILED,
      name: 'Slow pages',
      description: 'Pages whose largest part takes more than four seconds',
      visibility: 'project',
      author: { id: 'm1', name: 'Asha Mwinyi' },
      statement: 'SELECT * FROM page_views_old',
      parameters: [],
      chart: null,
      schedule: { every: 'hour' },
      next_run_at: new Date(now + 600_000).toISOString(),
    },
  ]
}

/** A question that gets a schedule runs at once. */
function nextRunAt(before: SavedQuestion, { schedule }: NewSavedQuestion): string | null {
  if (!schedule) return null
  return new Date(Date.now() + (before.schedule ? 3.5 * 3_600_000 : 0)).toISOString()
}

export function changeSavedQuestion(
  state: MockState,
  method: string,
  path: string,
  body: Record<string, unknown>,
): { status: number; json?: unknown } | undefined {
  const [, id] = /\/saved-questions(?:\/([^/]+))?$/.exec(path) ?? []
  if (!path.includes('/saved-questions')) return undefined
  const now = new Date().toISOString()
  if (method === 'POST') {
    const made = {
      description: '',
      parameters: [],
      chart: null,
      schedule: null,
      next_run_at: null,
      ...(body as NewSavedQuestion),
      id: `0193a1b2-0000-7d4c-8f00-${String(state.savedQuestions.length).padStart(12, '0')}`,
      author: { id: 'm1', name: state.memberName },
      version: 1,
      created_at: now,
      updated_at: now,
    } as SavedQuestion
    state.savedQuestions = [...state.savedQuestions, made]
    return { status: 201, json: made }
  }
  const found = state.savedQuestions.find((question) => question.id === id)
  if (!found) return problem(404, 'Not Found', 'saved question not found')
  if (method === 'DELETE') {
    state.savedQuestions = state.savedQuestions.filter((question) => question !== found)
    return { status: 204 }
  }
  const { version, question } = body as unknown as { version: number; question: NewSavedQuestion }
  if (version !== found.version) return problem(409, 'Conflict', 'the question has changed since; load it again')
  const changed = {
    ...found,
    chart: null,
    schedule: null,
    ...question,
    next_run_at: nextRunAt(found, question),
    version: found.version + 1,
    updated_at: now,
  } as SavedQuestion
  state.savedQuestions = state.savedQuestions.map((other) => (other === found ? changed : other))
  return { status: 200, json: { ...changed, last_run: lastRun(state, found.id) } }
}
