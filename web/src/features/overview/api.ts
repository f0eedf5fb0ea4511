// The questions of the overview.
import { api } from '../../api/client'
import { pagedQuestion, question } from '../../api/question'
import { wholeList } from '../../api/wholeList'
import { type AnalysisSearch, narrowsFriction, toQuery } from '../../lib/analysis'
import { isFeedWhole, MOST_ROWS } from './feed'

export const overviewQuery = (projectId: string, search: AnalysisSearch) =>
  question(projectId, 'overview', search, (request) => api.GET('/api/projects/{project_id}/overview', request))

/** It reads every session of the period, so it is asked again only when somebody may have bought something. */
export const engagementQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'engagement', search, (request) => api.GET('/api/projects/{project_id}/engagement', request)),
  meta: { follows: ['customer'] },
})

export const kindsQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'friction/kinds', search, (request) =>
    api.GET('/api/projects/{project_id}/friction/kinds', request),
  ),
  meta: { follows: ['friction'] },
})

export const vitalsQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'web-vitals', search, (request) => api.GET('/api/projects/{project_id}/web-vitals', request)),
  meta: { follows: ['performance'] },
})

export const pagesQuery = (projectId: string, search: AnalysisSearch) => ({
  ...pagedQuestion(projectId, 'pages', search, ({ params, signal }, page) =>
    api.GET('/api/projects/{project_id}/pages', {
      params: { ...params, query: { ...params.query, ...page, limit: 10 } },
      signal,
    }),
  ),
  meta: { follows: ['heatmap', 'friction'] },
})

export const allPages = (projectId: string, search: AnalysisSearch) =>
  wholeList('/api/projects/{project_id}/pages', { project_id: projectId }, toQuery(search, Date.now()))

export const latestQuery = (projectId: string, search: AnalysisSearch, isFriction: boolean) => ({
  ...question(
    projectId,
    'latest',
    search,
    ({ params, signal }) =>
      api.GET('/api/projects/{project_id}/events', {
        params: {
          ...params,
          query: { ...params.query, friction_only: isFriction || narrowsFriction(search), limit: MOST_ROWS },
        },
        signal,
      }),
    isFriction,
  ),
  // The feed brings every event, unless it is filtered.
  ...(isFeedWhole(search) ? { meta: { follows: [] } } : {}),
})
