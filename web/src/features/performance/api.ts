// The questions behind the performance page.
import { api } from '../../api/client'
import { question } from '../../api/question'
import { wholeList } from '../../api/wholeList'
import { type AnalysisSearch, toQuery, withRange } from '../../lib/analysis'
import { COMPARED, type Grouping } from './groups'

export const vitalsQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'web-vitals/pages', search, ({ params, signal }) =>
    api.GET('/api/projects/{project_id}/web-vitals', {
      params: { ...params, query: { ...params.query, limit: 100 } },
      signal,
    }),
  ),
  meta: { follows: ['performance'] },
})

export const allVitalPages = (projectId: string, search: AnalysisSearch) =>
  wholeList('/api/projects/{project_id}/web-vitals', { project_id: projectId }, toQuery(search, Date.now()))

/** The same of the period it is compared with. */
export const vitalsBeforeQuery = (
  projectId: string,
  search: AnalysisSearch,
  period: { previous_from: string; previous_to: string } | undefined,
) => ({
  ...vitalsQuery(
    projectId,
    period ? withRange(search, { from: period.previous_from, to: period.previous_to }) : search,
  ),
  meta: { isStill: true },
  staleTime: 60_000,
  enabled: period !== undefined,
})

/** Knows the period that it is compared with. */
export const overviewQuery = (projectId: string, search: AnalysisSearch) =>
  question(projectId, 'overview', search, (request) => api.GET('/api/projects/{project_id}/overview', request))

/** The measurements of one country, device or browser. It is asked again by Refresh and not with every event. */
export const groupQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'web-vitals/group', search, ({ params, signal }) =>
    api.GET('/api/projects/{project_id}/web-vitals', {
      params: { ...params, query: { ...params.query, limit: 1 } },
      signal,
    }),
  ),
  meta: { isStill: true },
  staleTime: 60_000,
})

/** The values with the most sessions. */
export const groupValuesQuery = (projectId: string, search: AnalysisSearch, by: Grouping) => ({
  ...question(
    projectId,
    'web-vitals/groups',
    search,
    ({ params, signal }) =>
      api.GET('/api/projects/{project_id}/acquisition', {
        params: { ...params, query: { ...params.query, by, limit: COMPARED } },
        signal,
      }),
    by,
  ),
  meta: { isStill: true },
  staleTime: 60_000,
})
