// Reading recordings, their parts, and the events of their session.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import { pagedList } from '../../api/list'
import type { components } from '../../api/schema.gen'
import { isOngoing } from './model'
import type { RecordingFilter } from './search'

export type Recording = components['schemas']['Recording']
export type RecordingDetail = components['schemas']['RecordingDetail']

export type SessionEvent = components['schemas']['SessionEvent']
type SessionEvents = components['schemas']['SessionEvents']

/** How often a recording that goes on is asked for. */
const ONGOING_MS = 10_000
/** Recordings of one visitor among which the previous and next one are looked for. */
const NEIGHBOURS = 200

export const recordingsQuery = (projectId: string, filter: RecordingFilter) =>
  pagedList(projectId, 'recordings', filter, ({ path, page, signal }) =>
    api.GET('/api/projects/{project_id}/recordings', { params: { path, query: { ...filter, ...page, limit: 50 } }, signal }),
  )

export const recordingQuery = (projectId: string, id: string) =>
  queryOptions({
    queryKey: [...projectKey(projectId, 'recording'), id],
    queryFn: ({ signal }) => answer(api.GET('/api/projects/{project_id}/recordings/{recording_id}', { params: { path: { project_id: projectId, recording_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isOngoing(state.data.recording, Date.now()) ? ONGOING_MS : false),
  })

/** Those before and after it, of the same visitor. */
export const neighboursQuery = (projectId: string, { visitor_id, session_id }: Pick<Recording, 'visitor_id' | 'session_id'>) => {
  const of = visitor_id ? { visitor_id } : { session_id }
  return queryOptions({
    queryKey: [...projectKey(projectId, 'recording-neighbours'), of],
    queryFn: ({ signal }) => answer(api.GET('/api/projects/{project_id}/recordings', { params: { path: { project_id: projectId }, query: { ...of, limit: NEIGHBOURS } }, signal })),
    staleTime: 60_000,
  })
}

/** The events of a session, the earliest first. */
export const sessionEventsQuery = (projectId: string, sessionId: string, mayGoOn: boolean) =>
  infiniteQueryOptions({
    queryKey: [...projectKey(projectId, 'session-events'), sessionId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => {
      const query = { limit: 500, ...(pageParam === undefined ? {} : { cursor: pageParam }) }
      return answer(api.GET('/api/projects/{project_id}/sessions/{session_id}/events', { params: { path: { project_id: projectId, session_id: sessionId }, query }, signal }))
    },
    getNextPageParam: (page: SessionEvents) => page.next_cursor ?? undefined,
    refetchInterval: mayGoOn ? ONGOING_MS : false,
  })
