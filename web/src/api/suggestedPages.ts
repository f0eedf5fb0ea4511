// The most viewed pages of a period, whatever its filters: suggestions for fields that take a page.
import { type AnalysisSearch, withoutFilters } from '../lib/analysis'
import { api } from './client'
import { question } from './question'

const SUGGESTED = 50

/** A help, not a figure: it is asked again by Refresh and not with every event. */
export const suggestedPagesQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'suggested-pages', withoutFilters(search), ({ params, signal }) =>
    api.GET('/api/projects/{project_id}/pages', {
      params: { ...params, query: { ...params.query, limit: SUGGESTED } },
      signal,
    }),
  ),
  meta: { isStill: true },
  staleTime: 60_000,
})
