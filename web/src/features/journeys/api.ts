// The question of the journeys page: the pages that sessions see one after the other.
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { keepPreviousWithinProject, questionKey } from '../../api/keys'
import type { components } from '../../api/schema.gen'
import { type JourneySearch, journeyKey, journeyParams, scopeOf } from './model'

export type Journeys = components['schemas']['Journeys']
export type JourneyNode = components['schemas']['JourneyNode']

/** It reads every page view of the period, so it is asked again by Refresh and not with every event. */
export const journeysQuery = (projectId: string, search: JourneySearch) =>
  queryOptions<Journeys>({
    queryKey: questionKey(projectId, 'journeys', scopeOf(search), journeyKey(search)),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/journeys', {
          params: { path: { project_id: projectId }, query: journeyParams(search, Date.now()) },
          signal,
        }),
      ),
    // The library's types do not exclude that an answer is a function.
    placeholderData: keepPreviousWithinProject<Journeys>(projectId) as never,
    meta: { isStill: true },
    staleTime: 60_000,
  })
