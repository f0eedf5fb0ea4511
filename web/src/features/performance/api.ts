// The question behind the performance page.
import { api } from '../../api/client'
import { question } from '../../api/question'
import { wholeList } from '../../api/wholeList'
import { toQuery, type AnalysisSearch } from '../../lib/analysis'

export const vitalsQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(
    projectId,
    'web-vitals/pages',
    search,
    ({ params, signal }) => api.GET('/api/projects/{project_id}/web-vitals', { params: { ...params, query: { ...params.query, limit: 100 } }, signal }),
  ),
  meta: { follows: ['performance'] },
})

export const allVitalPages = (projectId: string, search: AnalysisSearch) =>
  wholeList('/api/projects/{project_id}/web-vitals', { project_id: projectId }, toQuery(search, Date.now()))
