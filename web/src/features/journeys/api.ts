// The question of the journeys page: the pages that sessions see one after the other.
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { keepPreviousWithinProject, questionKey } from '../../api/keys'
import type { components } from '../../api/schema.gen'
import { journeyKey, journeyParams, scopeOf, type JourneySearch } from './model'

export type JourneyNode = { path: string | null; sessions: number; ended: number | null; friction_sessions: number; converting_sessions: number }
export type Journeys = {
  period: components['schemas']['PeriodAnswer']
  direction: string
  sessions: number
  steps: { nodes: JourneyNode[] }[]
  links: { step: number; from: number; to: number; sessions: number }[]
}

const PATH = '/api/projects/{project_id}/journeys' as '/api/projects/{project_id}/pages'

/** It reads every page view of the period, so it is asked again by Refresh and not with every event. */
export const journeysQuery = (projectId: string, search: JourneySearch) =>
  queryOptions<Journeys>({
    queryKey: questionKey(projectId, 'journeys', scopeOf(search), journeyKey(search)),
    queryFn: ({ signal }) => answer(api.GET(PATH, { params: { path: { project_id: projectId }, query: journeyParams(search, Date.now()) }, signal })) as unknown as Promise<Journeys>,
    // The library's types do not exclude that an answer is a function.
    placeholderData: keepPreviousWithinProject<Journeys>(projectId) as never,
    meta: { isStill: true },
    staleTime: 60_000,
  })
