// The question behind the performance page.
import { api } from '../../api/client'
import { question } from '../../api/question'
import type { AnalysisSearch } from '../../lib/analysis'

export const vitalsQuery = (projectId: string, search: AnalysisSearch) =>
  question(
    projectId,
    'web-vitals/pages',
    search,
    ({ params, signal }) => api.GET('/api/projects/{project_id}/web-vitals', { params: { ...params, query: { ...params.query, limit: 100 } }, signal }),
  )
