// The questions of the funnels page: the funnel, the sessions that dropped, and what steps can be chosen from.
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { keepPreviousWithinProject, questionKey } from '../../api/keys'
import { question } from '../../api/question'
import { type AnalysisSearch, analysisOf, withoutFilters } from '../../lib/analysis'
import type { FunnelAnswer } from './figures'
import { droppedBody, type FunnelRequest, type FunnelSearch, funnelBody, funnelKey } from './model'
import { type Outcome, stepsText } from './steps'

const ask = (projectId: string, body: FunnelRequest, signal: AbortSignal) =>
  answer(api.POST('/api/projects/{project_id}/funnel', { params: { path: { project_id: projectId } }, body, signal }))

/** It reads every event of the period, so it is asked again by Refresh and not with every event. */
const STILL = { meta: { isStill: true }, staleTime: 60_000 }

export const funnelQuery = (projectId: string, search: FunnelSearch) =>
  queryOptions<FunnelAnswer>({
    queryKey: questionKey(projectId, 'funnel', analysisOf(search), funnelKey(search)),
    queryFn: ({ signal }) => ask(projectId, funnelBody(search, Date.now()), signal),
    // The library's types do not exclude that an answer is a function.
    placeholderData: keepPreviousWithinProject<FunnelAnswer>(projectId) as never,
    ...STILL,
  })

/** Sessions listed; the API lists no more. */
export const DROPPED_SHOWN = 100

export const droppedQuery = (projectId: string, search: FunnelSearch, step: number) =>
  queryOptions({
    queryKey: questionKey(projectId, 'funnel/dropped', analysisOf(search), {
      ...funnelKey(search),
      by: undefined,
      step,
    }),
    queryFn: ({ signal }) => ask(projectId, droppedBody(search, step, DROPPED_SHOWN, Date.now()), signal),
    ...STILL,
  })

/** Whether anybody placed an order or made a booking in the period, as a funnel counts them. */
export const outcomeQuery = (projectId: string, search: AnalysisSearch, kind: Outcome) =>
  queryOptions({
    queryKey: questionKey(projectId, 'funnel/outcome', analysisOf(search), kind),
    queryFn: async ({ signal }) => {
      const { steps } = await ask(
        projectId,
        funnelBody({ ...analysisOf(search), steps: stepsText([{ kind }, { kind }]) }, Date.now()),
        signal,
      )
      return (steps[0]?.units ?? 0) > 0
    },
    ...STILL,
  })

const SUGGESTED = 50

export const elementsQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'funnel/elements', withoutFilters(search), ({ params, signal }) =>
    api.GET('/api/projects/{project_id}/friction/items', {
      params: { ...params, query: { ...params.query, sort: 'sessions', limit: SUGGESTED } },
      signal,
    }),
  ),
  ...STILL,
})

export const eventsQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'funnel/events', withoutFilters(search), ({ params, signal }) =>
    api.GET('/api/projects/{project_id}/events', {
      params: { ...params, query: { ...params.query, limit: 100 } },
      signal,
    }),
  ),
  ...STILL,
})
