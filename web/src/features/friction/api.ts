// The questions about friction.
import { api } from '../../api/client'
import { pagedQuestion, question } from '../../api/question'
import { wholeList } from '../../api/wholeList'
import { type AnalysisSearch, toQuery } from '../../lib/analysis'
import type { Sort } from './model'
import type { Audience } from './story'

/** It reads every session of a period, so it is asked again by Refresh and not with every event. */
const STILL = { meta: { isStill: true }, staleTime: 60_000 }

export const kindsQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'friction/kinds', search, (request) =>
    api.GET('/api/projects/{project_id}/friction/kinds', request),
  ),
  meta: { follows: ['friction'] },
})

export const itemsQuery = (projectId: string, search: AnalysisSearch, sort: Sort) =>
  pagedQuestion(
    projectId,
    'friction/items',
    search,
    ({ params, signal }, page) =>
      api.GET('/api/projects/{project_id}/friction/items', {
        params: { ...params, query: { ...params.query, ...page, sort, limit: 50 } },
        signal,
      }),
    sort,
  )

export const pagesQuery = (projectId: string, search: AnalysisSearch, limit: number) =>
  pagedQuestion(
    projectId,
    'friction/pages',
    search,
    ({ params, signal }, page) =>
      api.GET('/api/projects/{project_id}/friction/pages', {
        params: { ...params, query: { ...params.query, ...page, limit } },
        signal,
      }),
    limit,
  )

export const allItems = (projectId: string, search: AnalysisSearch, sort: Sort) =>
  wholeList(
    '/api/projects/{project_id}/friction/items',
    { project_id: projectId },
    { ...toQuery(search, Date.now()), sort },
  )

export const allFrictionPages = (projectId: string, search: AnalysisSearch) =>
  wholeList('/api/projects/{project_id}/friction/pages', { project_id: projectId }, toQuery(search, Date.now()))

export const overviewQuery = (projectId: string, search: AnalysisSearch) =>
  question(projectId, 'overview', search, (request) => api.GET('/api/projects/{project_id}/overview', request))

export const eventsQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'friction/events', search, ({ params, signal }) =>
    api.GET('/api/projects/{project_id}/events', {
      params: { ...params, query: { ...params.query, friction_only: true, limit: 50 } },
      signal,
    }),
  ),
  meta: { follows: ['friction'] },
})

/** The entry in all that is stored, to know since when it has been there. */
export const everQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'friction/ever', search, ({ params, signal }) =>
    api.GET('/api/projects/{project_id}/friction/items', {
      params: { ...params, query: { ...params.query, limit: 1 } },
      signal,
    }),
  ),
  ...STILL,
})

/** Sessions by their browser, device or country. */
export const audienceQuery = (projectId: string, search: AnalysisSearch, by: Audience) => ({
  ...question(
    projectId,
    'friction/audience',
    search,
    ({ params, signal }) =>
      api.GET('/api/projects/{project_id}/acquisition', {
        params: { ...params, query: { ...params.query, by, limit: 50 } },
        signal,
      }),
    by,
  ),
  ...STILL,
})

/** Sessions with it that were recorded, the latest first. */
export const recordedQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'friction/recorded', search, ({ params, signal }) =>
    api.GET('/api/projects/{project_id}/sessions', {
      params: { ...params, query: { ...params.query, has_recording: true, limit: 3 } },
      signal,
    }),
  ),
  ...STILL,
})
