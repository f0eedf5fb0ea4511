// The runs of scheduled questions, and the answers that they stored.
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import type { components } from '../../api/schema.gen'
import { parseAnswer } from './cells'
import type { SavedQuestion, SqlAnswer } from './model'
import { isDue } from './runs'

type Schemas = components['schemas']
export type QuestionSchedule = Schemas['QuestionSchedule']
export type QuestionRun = Schemas['QuestionRun']

const EXPECTING_MS = 5_000
const WAITING_MS = 60_000
/** A run that is due for longer is not expected any moment: nothing on the server asks questions then. */
const EXPECTED_WITHIN_MS = 5 * 60_000

const keyOf = (projectId: string, id: string) => [...projectKey(projectId, 'saved-questions'), id, 'runs']

/** Latest first, at most 50 of the last 90 days; read again soon while one goes on or is due. */
export const runsQuery = (projectId: string, { id, next_run_at: next }: Pick<SavedQuestion, 'id' | 'next_run_at'>) =>
  queryOptions({
    queryKey: keyOf(projectId, id),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/saved-questions/{saved_question_id}/runs', {
          params: { path: { project_id: projectId, saved_question_id: id } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => {
      const [now, runs] = [Date.now(), state.data?.runs ?? []]
      const isExpected = isDue(next, runs, now) && !isDue(next, runs, now - EXPECTED_WITHIN_MS)
      return isExpected || runs.some(({ outcome }) => outcome === 'running') ? EXPECTING_MS : WAITING_MS
    },
  })

/** A stored answer changes only when an erasure removes it. */
export const storedAnswerQuery = (projectId: string, id: string, runId: string) =>
  queryOptions({
    queryKey: [...keyOf(projectId, id), runId],
    queryFn: async ({ signal }) => parseAnswer<SqlAnswer>(await storedText(projectId, id, runId, { signal })),
    staleTime: 5 * 60_000,
  })

/** The stored answer as the server writes it. */
export function storedText(
  projectId: string,
  id: string,
  runId: string,
  { signal, format }: { signal?: AbortSignal; format?: 'csv' } = {},
): Promise<string> {
  const path = { project_id: projectId, saved_question_id: id, run_id: runId }
  return answer(
    api.GET('/api/projects/{project_id}/saved-questions/{saved_question_id}/runs/{run_id}', {
      params: { path, ...(format ? { query: { format } } : {}) },
      parseAs: 'text',
      ...(signal ? { signal } : {}),
    }),
  )
}
