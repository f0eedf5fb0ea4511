// The questions about sessions: the list, one session, and its events.
import { type InfiniteData, infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { keepPreviousWithinProject, questionKey } from '../../api/keys'
import { Problem } from '../../api/problem'
import type { components } from '../../api/schema.gen'
import type { Customer } from '../../api/types'
import { type WholeList, wholeList } from '../../api/wholeList'
import { type SessionsSearch, sessionsParams } from './model'

type Schemas = components['schemas']

export type Session = Schemas['Session']
export type SessionPage = Schemas['Sessions']
export type SessionDetail = Schemas['SessionDetail']
export type SessionRecording = SessionDetail['recordings'][number]
export type SessionEvent = Schemas['SessionEvent']
export type SessionEvents = Schemas['SessionEvents']

export const SESSIONS_PER_PAGE = 50

const pageOfSessions = (projectId: string, search: SessionsSearch, cursor: string | undefined, signal: AbortSignal) =>
  answer(
    api.GET('/api/projects/{project_id}/sessions', {
      params: {
        path: { project_id: projectId },
        query: {
          ...sessionsParams(search, Date.now()),
          limit: SESSIONS_PER_PAGE,
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
      signal,
    }),
  )

/** Rows stay where they are until somebody asks for the new ones. */
export const sessionsQuery = (projectId: string, search: SessionsSearch) =>
  infiniteQueryOptions({
    queryKey: questionKey(projectId, 'sessions', search),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => pageOfSessions(projectId, search, pageParam, signal),
    getNextPageParam: (page: SessionPage) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousWithinProject(projectId),
    meta: { isStill: true },
    staleTime: Infinity,
    refetchOnMount: 'always' as const,
  })

/** The first page of the same list as it is by now. */
export const newestSessionsQuery = (projectId: string, search: SessionsSearch) =>
  queryOptions({
    queryKey: questionKey(projectId, 'sessions/newest', search),
    queryFn: ({ signal }) => pageOfSessions(projectId, search, undefined, signal),
    meta: { isProbe: true },
    staleTime: Infinity,
    gcTime: 0,
  })

/** Begins the list again with its newest page: between it and the pages shown there may be more. */
export function useShowNewest(projectId: string, search: SessionsSearch) {
  const client = useQueryClient()
  const { queryKey } = sessionsQuery(projectId, search)
  return (newest: SessionPage) =>
    client.setQueryData<InfiniteData<SessionPage, string | undefined>>(queryKey, {
      pages: [newest],
      pageParams: [undefined],
    })
}

export const allSessions = (projectId: string, search: SessionsSearch): WholeList =>
  wholeList('/api/projects/{project_id}/sessions', { project_id: projectId }, sessionsParams(search, Date.now()))

/** The events of a session as a file. */
export const allSessionEvents = (projectId: string, sessionId: string): WholeList =>
  wholeList(
    '/api/projects/{project_id}/sessions/{session_id}/events',
    { project_id: projectId, session_id: sessionId },
    {},
  )

/** One session with all of its events that are kept; null where there is none of that id. */
export const sessionQuery = (projectId: string, sessionId: string) =>
  queryOptions({
    queryKey: questionKey(projectId, 'session', {}, sessionId),
    queryFn: ({ signal }): Promise<SessionDetail | null> =>
      answer(
        api.GET('/api/projects/{project_id}/sessions/{session_id}', {
          params: { path: { project_id: projectId, session_id: sessionId } },
          signal,
        }),
      ).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 404) return null
        throw error
      }),
    meta: { isStill: true },
  })

const EVENTS_PER_PAGE = 250

/** The events of a session, the earliest first. */
export const sessionEventsQuery = (projectId: string, sessionId: string) =>
  infiniteQueryOptions({
    queryKey: questionKey(projectId, 'session/events', {}, sessionId),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/projects/{project_id}/sessions/{session_id}/events', {
          params: {
            path: { project_id: projectId, session_id: sessionId },
            query: { limit: EVENTS_PER_PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page: SessionEvents) => page.next_cursor ?? undefined,
    meta: { isStill: true },
  })

/** The customer of a session's user id; null where there is none, as for ids that only events name. */
export const customerQuery = (projectId: string, userId: string) =>
  queryOptions({
    queryKey: questionKey(projectId, 'session/customer', {}, userId),
    queryFn: ({ signal }): Promise<Customer | null> =>
      answer(
        api.GET('/api/projects/{project_id}/customers/by-id/{user_id}', {
          params: { path: { project_id: projectId, user_id: userId } },
          signal,
        }),
      ).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 404) return null
        throw error
      }),
    meta: { isStill: true },
  })
