// Reading recordings, their parts, the events of their session, and the visits before it.
import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import { pagedList } from '../../api/list'
import { Problem } from '../../api/problem'
import type { components } from '../../api/schema.gen'
import { filterOf, type Place, searchedPeriod } from './friction'
import { isOngoing } from './model'
import type { Friction, RecordingFilter } from './search'
import type { VisitQuestions } from './visitSearch'

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
    api.GET('/api/projects/{project_id}/recordings', {
      params: { path, query: { ...filter, ...page, limit: 50 } },
      signal,
    }),
  )

export const recordingQuery = (projectId: string, id: string) =>
  queryOptions({
    queryKey: [...projectKey(projectId, 'recording'), id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/recordings/{recording_id}', {
          params: { path: { project_id: projectId, recording_id: id } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data && isOngoing(state.data.recording, Date.now()) ? ONGOING_MS : false),
  })

/** Those before and after it, of the same visitor. */
export const neighboursQuery = (
  projectId: string,
  { visitor_id, session_id }: Pick<Recording, 'visitor_id' | 'session_id'>,
) => {
  const of = visitor_id ? { visitor_id } : { session_id }
  return queryOptions({
    queryKey: [...projectKey(projectId, 'recording-neighbours'), of],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/recordings', {
          params: { path: { project_id: projectId }, query: { ...of, limit: NEIGHBOURS } },
          signal,
        }),
      ),
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
      return answer(
        api.GET('/api/projects/{project_id}/sessions/{session_id}/events', {
          params: { path: { project_id: projectId, session_id: sessionId }, query },
          signal,
        }),
      )
    },
    getNextPageParam: (page: SessionEvents) => page.next_cursor ?? undefined,
    refetchInterval: mayGoOn ? ONGOING_MS : false,
  })

const VISITS_PER_PAGE = 200
/** As many as the player reads of a visit. */
const EVENT_PAGES = 10

/** What is asked to find the next visit with a friction: the list of visits, and each one's recordings and events. */
export function visitQuestions(
  client: QueryClient,
  projectId: string,
  friction: Friction,
  place: Place,
): VisitQuestions {
  const query = {
    ...searchedPeriod(place, Date.now()),
    ...filterOf(friction),
    has_recording: true,
    sort: 'latest',
    limit: VISITS_PER_PAGE,
  }
  return {
    visits: (cursor) =>
      answer(
        api.GET('/api/projects/{project_id}/sessions', {
          params: { path: { project_id: projectId }, query: { ...query, ...(cursor === undefined ? {} : { cursor }) } },
        }),
      ),
    recordings: async (sessionId) => {
      try {
        return (
          await answer(
            api.GET('/api/projects/{project_id}/sessions/{session_id}', {
              params: { path: { project_id: projectId, session_id: sessionId } },
            }),
          )
        ).recordings
      } catch (error) {
        // It was removed meanwhile.
        if (error instanceof Problem && error.status === 404) return []
        throw error
      }
    },
    // Kept under the player's own key, which shows the visit next.
    events: async (sessionId) =>
      (
        await client.fetchInfiniteQuery({ ...sessionEventsQuery(projectId, sessionId, false), pages: EVENT_PAGES })
      ).pages.flatMap(({ events }) => events),
  }
}
