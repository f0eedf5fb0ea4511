// The question of the retention page: visitors by when they first came, and how many of them come back.
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { keepPreviousWithinProject, questionKey } from '../../api/keys'
import { Problem } from '../../api/problem'
import type { components } from '../../api/schema.gen'
import { optionsOf, type RetentionSearch, retentionParams, scopeOf } from './model'

export type VisitorRetention = components['schemas']['VisitorRetention']
export type Cohort = VisitorRetention['cohorts'][number]
export type RetentionGroup = VisitorRetention['groups'][number]
export type Average = VisitorRetention['average'][number]

/** It reads every stored event, so it is asked again by Refresh and not with every event. */
export const retentionQuery = (projectId: string, search: RetentionSearch) =>
  queryOptions<VisitorRetention>({
    queryKey: questionKey(projectId, 'visitor-retention', scopeOf(search), optionsOf(search)),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/visitor-retention', {
          params: { path: { project_id: projectId }, query: retentionParams(search, Date.now()) },
          signal,
        }),
      ),
    // The library's types do not exclude that an answer is a function.
    placeholderData: keepPreviousWithinProject<VisitorRetention>(projectId) as never,
    meta: { isStill: true },
    staleTime: 60_000,
  })

/** Whether the period has more units than an answer may. */
export function hasTooManyUnits(error: Error | null): boolean {
  return error instanceof Problem && error.field === 'unit'
}
