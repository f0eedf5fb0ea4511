// The cost of friction: asked once for a period and its filters, for whatever page shows it.
import type { AnalysisSearch } from '../lib/analysis'
import { api } from './client'
import { question } from './question'

/** As many as the server compares. */
export const MAX_COSTED = 50

/** An estimate over days: it is asked again by Refresh and not with every event. */
export const frictionCostQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'friction/cost', search, ({ params, signal }) =>
    api.GET('/api/projects/{project_id}/friction/cost', {
      params: { ...params, query: { ...params.query, limit: MAX_COSTED } },
      signal,
    }),
  ),
  meta: { isStill: true },
  staleTime: 60_000,
})
