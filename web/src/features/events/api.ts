// The questions about single events, their outcomes, and the events that failed.
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { keepPreviousWithinProject, projectKey, questionKey, questionsOf } from '../../api/keys'
import { pagedQuestion, question } from '../../api/question'
import { wholeList } from '../../api/wholeList'
import { type AnalysisSearch, toQuery } from '../../lib/analysis'
import { EVENTS_PER_PAGE, type EventPage, type EventPages, withNewest } from './model'

/** Rows stay where they are until somebody asks for the new ones. */
export const eventsQuery = (projectId: string, search: AnalysisSearch, isFrictionOnly: boolean) => ({
  ...pagedQuestion(
    projectId,
    'events',
    search,
    ({ params, signal }, page) =>
      api.GET('/api/projects/{project_id}/events', {
        params: {
          ...params,
          query: { ...params.query, ...page, friction_only: isFrictionOnly, limit: EVENTS_PER_PAGE },
        },
        signal,
      }),
    isFrictionOnly,
  ),
  meta: { isStill: true },
  staleTime: Infinity,
  refetchOnMount: 'always' as const,
})

/** The first page of the same list as it is by now. */
export const newestEventsQuery = (projectId: string, search: AnalysisSearch, isFrictionOnly: boolean) => ({
  ...question(
    projectId,
    'events/newest',
    search,
    ({ params, signal }) =>
      api.GET('/api/projects/{project_id}/events', {
        params: { ...params, query: { ...params.query, friction_only: isFrictionOnly, limit: EVENTS_PER_PAGE } },
        signal,
      }),
    isFrictionOnly,
  ),
  meta: { isProbe: true },
  staleTime: Infinity,
  gcTime: 0,
})

export function useShowNewest(projectId: string, search: AnalysisSearch, isFrictionOnly: boolean) {
  const client = useQueryClient()
  const { queryKey } = eventsQuery(projectId, search, isFrictionOnly)
  return (newest: EventPage) => client.setQueryData<EventPages>(queryKey, (shown) => shown && withNewest(shown, newest))
}

export const allEvents = (projectId: string, search: AnalysisSearch, isFrictionOnly: boolean) =>
  wholeList(
    '/api/projects/{project_id}/events',
    { project_id: projectId },
    { ...toQuery(search, Date.now()), friction_only: isFrictionOnly },
  )

export const outcomesQuery = (projectId: string, search: AnalysisSearch) =>
  question(projectId, 'outcomes', search, ({ params: { path, query }, signal }) =>
    api.GET('/api/projects/{project_id}/outcomes', {
      params: { path, query: { from: query.from, to: query.to } },
      signal,
    }),
  )

export const failedQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: questionKey(projectId, 'failed-events', {}),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/projects/{project_id}/failed-events', {
          params: {
            path: { project_id: projectId },
            query: { limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousWithinProject(projectId),
  })

export const allFailedEvents = (projectId: string) =>
  wholeList('/api/projects/{project_id}/failed-events', { project_id: projectId }, {})

/** One failed event whole: a list has the beginnings of their bodies. */
export const failedEventQuery = (projectId: string, id: string) =>
  queryOptions({
    queryKey: [...projectKey(projectId, 'failed-event'), id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/failed-events/{failed_event_id}', {
          params: { path: { project_id: projectId, failed_event_id: id } },
          signal,
        }),
      ),
    staleTime: Infinity,
  })

export function useResend(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationKey: projectKey(projectId, 'resend'),
    mutationFn: (id: string) =>
      answer(
        api.POST('/api/projects/{project_id}/failed-events/{failed_event_id}/resend', {
          params: { path: { project_id: projectId, failed_event_id: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: questionsOf(projectId) }),
  })
}
