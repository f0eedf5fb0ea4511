// The questions about errors, and deciding about them: a decision shows at once, and is taken back where the server refuses it.
import {
  type InfiniteData,
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useMutationState,
  useQueryClient,
} from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { keepPreviousWithinProject, projectKey, questionKey, questionsOf } from '../../api/keys'
import { Problem } from '../../api/problem'
import type { components } from '../../api/schema.gen'
import { type WholeList, wholeList } from '../../api/wholeList'
import { type AnalysisSearch, toQuery } from '../../lib/analysis'
import { toastDone, toastFailed, toastUndo } from '../../ui/toast'
import { type ErrorsSearch, errorsParams, undoOf, withUpdate } from './model'

type Schemas = components['schemas']

export type ErrorGroup = Schemas['ErrorGroup']
export type ErrorGroups = Schemas['ErrorGroups']
export type ErrorDetail = Schemas['ErrorGroupDetail']
export type ErrorStackLine = Schemas['ErrorStackLine']
export type ErrorStatus = Schemas['ErrorStatus']
export type ErrorTriage = Schemas['ErrorTriage']
export type ErrorUpdate = Schemas['ErrorGroupUpdate']
export type ErrorSession = Schemas['ErrorSession']
export type ErrorPerson = Schemas['ErrorPerson']

const LIST = '/api/projects/{project_id}/errors'
const ROWS = 50
/** Sessions and people are looked at one by one. */
const AFFECTED_ROWS = 20
const follows = { follows: ['friction'] }

export const errorsQuery = (projectId: string, search: ErrorsSearch, myId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: questionKey(projectId, 'errors', search, myId ?? null),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET(LIST, {
          params: {
            path: { project_id: projectId },
            query: {
              ...errorsParams(search, myId, Date.now()),
              limit: ROWS,
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: (page: ErrorGroups) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousWithinProject(projectId),
    meta: follows,
  })

export const allErrors = (projectId: string, search: ErrorsSearch, myId: string | undefined): WholeList =>
  wholeList(LIST, { project_id: projectId }, errorsParams(search, myId, Date.now()))

const path = (projectId: string, group: string) => ({ project_id: projectId, error_group_id: group })

/** One group; null where no page of the project has ever sent it. */
export const errorQuery = (projectId: string, group: string, search: AnalysisSearch) =>
  queryOptions<ErrorDetail | null>({
    queryKey: questionKey(projectId, 'error', search, group),
    queryFn: ({ signal }): Promise<ErrorDetail | null> =>
      answer(
        api.GET(`${LIST}/{error_group_id}`, {
          params: { path: path(projectId, group), query: toQuery(search, Date.now()) },
          signal,
        }),
      ).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 404) return null
        throw error
      }),
    placeholderData: (before) => (before?.error_group === group ? before : undefined),
    meta: follows,
  })

const affected = (search: AnalysisSearch, cursor: string | undefined) => ({
  ...toQuery(search, Date.now()),
  limit: AFFECTED_ROWS,
  ...(cursor === undefined ? {} : { cursor }),
})

export const errorSessionsQuery = (projectId: string, group: string, search: AnalysisSearch) =>
  infiniteQueryOptions({
    queryKey: questionKey(projectId, 'error/sessions', search, group),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET(`${LIST}/{error_group_id}/sessions`, {
          params: { path: path(projectId, group), query: affected(search, pageParam) },
          signal,
        }),
      ),
    getNextPageParam: (page: Schemas['ErrorSessions']) => page.next_cursor ?? undefined,
    meta: follows,
  })

export const errorPeopleQuery = (projectId: string, group: string, search: AnalysisSearch) =>
  infiniteQueryOptions({
    queryKey: questionKey(projectId, 'error/people', search, group),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET(`${LIST}/{error_group_id}/people`, {
          params: { path: path(projectId, group), query: affected(search, pageParam) },
          signal,
        }),
      ),
    getNextPageParam: (page: Schemas['ErrorPeople']) => page.next_cursor ?? undefined,
    meta: follows,
  })

export const allErrorSessions = (projectId: string, group: string, search: AnalysisSearch): WholeList =>
  wholeList(`${LIST}/{error_group_id}/sessions`, path(projectId, group), toQuery(search, Date.now()))

export const allErrorPeople = (projectId: string, group: string, search: AnalysisSearch): WholeList =>
  wholeList(`${LIST}/{error_group_id}/people`, path(projectId, group), toQuery(search, Date.now()))

/** A group as it was, and what is changed of it. */
export type Change = { group: string; before: Pick<ErrorTriage, 'status'> & Partial<ErrorTriage>; update: ErrorUpdate }

const changeKey = (projectId: string) => projectKey(projectId, 'change-error')

/** The changes under way, laid over the groups as they were read. */
export function usePendingChanges(projectId: string) {
  const changes = useMutationState({
    filters: { mutationKey: changeKey(projectId), status: 'pending' },
    select: (mutation) => mutation.state.variables as Change,
  })
  return <Row extends Pick<ErrorGroup, 'status' | 'assigned_to'>>(group: string, row: Row): Row =>
    changes.filter((change) => change.group === group).reduce((changed, { update }) => withUpdate(changed, update), row)
}

export function useChangeError(projectId: string) {
  const client = useQueryClient()
  const of = (name: string) => ({ queryKey: questionKey(projectId, name, {}).slice(0, 4) })
  const mutation = useMutation({
    mutationKey: changeKey(projectId),
    mutationFn: ({ group, update }: Change): Promise<ErrorTriage> =>
      answer(api.PATCH(`${LIST}/{error_group_id}`, { params: { path: path(projectId, group) }, body: update })),
    onSuccess: async (changed, { group, before, update }) => {
      // Answers that are still on their way may be older than this one.
      await Promise.all([client.cancelQueries(of('errors')), client.cancelQueries(of('error'))])
      const { status, assigned_to } = changed
      client.setQueriesData<InfiniteData<ErrorGroups>>(
        of('errors'),
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              errors: page.errors.map((row) =>
                row.error_group === group ? { ...row, status, assigned_to: assigned_to ?? null } : row,
              ),
            })),
          },
      )
      client.setQueriesData<ErrorDetail | null>(of('error'), (data) =>
        data?.error_group === group ? { ...data, triage: changed } : data,
      )
      void client.invalidateQueries({
        queryKey: questionsOf(projectId),
        predicate: ({ queryKey }) => queryKey[3] === 'errors' || queryKey[3] === 'error',
      })
      confirm(update, undoOf(before), (undo) => mutation.mutate({ group, before: changed, update: undo }))
    },
    onError: (error, { update }) =>
      toastFailed(
        update.status == null ? 'The error was not assigned' : `The error was not ${DONE[update.status] ?? 'changed'}`,
        error,
      ),
  })
  return mutation.mutate
}

const DONE: Record<string, string> = { open: 'reopened', resolved: 'resolved', ignored: 'ignored' }

function confirm(
  { status, in_next_release: inNext }: ErrorUpdate,
  undo: ErrorUpdate | null,
  onUndo: (undo: ErrorUpdate) => void,
): void {
  if (status == null) return
  if (status === 'open') return toastDone('Error reopened')
  const message = `Error ${DONE[status] ?? 'changed'}${inNext ? ' in the next release' : ''}`
  if (undo) toastUndo(message, () => onUndo(undo))
  else toastDone(message)
}
