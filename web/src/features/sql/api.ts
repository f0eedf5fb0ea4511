// Running statements, what they can name, and the questions that are saved.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import type { components } from '../../api/schema.gen'
import { parseAnswer } from './cells'
import { CSV_ROWS, type SqlAnswer } from './model'

type Schemas = components['schemas']
export type Request = Pick<Schemas['SqlRequest'], 'query' | 'limit' | 'parameters' | 'parameter_types'>
export type NewSavedQuestion = Schemas['NewSavedQuestion']

/** The tables are those of the server's version; they change when it is replaced. */
export const schemaQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'sql-schema'),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/sql/schema', { params: { path: { project_id: projectId } }, signal })),
    staleTime: 10 * 60_000,
  })

function run(projectId: string, body: Request & { format?: 'csv' }, signal?: AbortSignal): Promise<string> {
  return answer(
    api.POST('/api/projects/{project_id}/sql', {
      params: { path: { project_id: projectId } },
      body,
      parseAs: 'text',
      ...(signal ? { signal } : {}),
    }),
  )
}

export async function runStatement(projectId: string, body: Request, signal: AbortSignal): Promise<SqlAnswer> {
  return parseAnswer<SqlAnswer>(await run(projectId, body, signal))
}

/** The whole answer as the server writes it. */
export function wholeCsv(projectId: string, body: Request): Promise<string> {
  return run(projectId, { ...body, limit: CSV_ROWS, format: 'csv' })
}

const SAVED = 'saved-questions'

export const savedQuestionsQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, SAVED),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/saved-questions', { params: { path: { project_id: projectId } }, signal }),
      ),
  })

export const savedQuestionQuery = (projectId: string, id: string) =>
  queryOptions({
    queryKey: [...projectKey(projectId, SAVED), id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/saved-questions/{saved_question_id}', {
          params: { path: { project_id: projectId, saved_question_id: id } },
          signal,
        }),
      ),
    // What is being edited is not exchanged under the hands of who edits it.
    refetchOnWindowFocus: false,
  })

/** Saves a new question, or a change of the one with this id and version. */
export function useSave(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ of, question }: { of?: { id: string; version: number } | undefined; question: NewSavedQuestion }) =>
      of
        ? answer(
            api.PUT('/api/projects/{project_id}/saved-questions/{saved_question_id}', {
              params: { path: { project_id: projectId, saved_question_id: of.id } },
              body: { version: of.version, question },
            }),
          )
        : answer(
            api.POST('/api/projects/{project_id}/saved-questions', {
              params: { path: { project_id: projectId } },
              body: question,
            }),
          ),
    onSuccess: (saved) => {
      client.setQueryData(savedQuestionQuery(projectId, saved.id).queryKey, saved)
      return client.invalidateQueries({ queryKey: savedQuestionsQuery(projectId).queryKey, exact: true })
    },
  })
}

export function useDeleteQuestion(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.DELETE('/api/projects/{project_id}/saved-questions/{saved_question_id}', {
          params: { path: { project_id: projectId, saved_question_id: id } },
        }),
      ),
    onSuccess: (_, id) => {
      client.removeQueries({ queryKey: savedQuestionQuery(projectId, id).queryKey })
      return client.invalidateQueries({ queryKey: savedQuestionsQuery(projectId).queryKey, exact: true })
    },
  })
}
