// Values that a filter may have, under the other filters of the page.
import type { AnalysisSearch } from '../lib/analysis'
import type { Dimension } from '../lib/filters'
import { api } from './client'
import { question } from './question'

/** A help, not a figure: it is asked again by Refresh and not with every event. */
export const filterValuesQuery = (projectId: string, search: AnalysisSearch, dimension: Dimension, text: string) => ({
  ...question(
    projectId,
    'filter-values',
    search,
    ({ params, signal }) =>
      api.GET('/api/projects/{project_id}/filter-values', {
        params: { ...params, query: { ...params.query, dimension, ...(text === '' ? {} : { search: text }) } },
        signal,
      }),
    { dimension, text },
  ),
  meta: { isStill: true },
  staleTime: 60_000,
})
