// The questions about forms: all of them by field, and the visits that gave up in one.
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { questionKey } from '../../api/keys'
import { question } from '../../api/question'
import { type AnalysisSearch, toQuery } from '../../lib/analysis'

/** Visits listed. */
const VISITS = 100
const FOLLOWS = { follows: ['form'] }

export const formsQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'forms', search, (request) => api.GET('/api/projects/{project_id}/forms', request)),
  meta: FOLLOWS,
})

export const abandonmentsQuery = (
  projectId: string,
  search: AnalysisSearch,
  { path, form, field }: { path: string; form: string; field: string },
) =>
  queryOptions({
    queryKey: questionKey(projectId, 'forms/abandonments', search, [path, form, field]),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/forms/abandonments', {
          params: {
            path: { project_id: projectId },
            query: { ...toQuery(search, Date.now()), form_path: path, form, field, limit: VISITS },
          },
          signal,
        }),
      ),
    meta: FOLLOWS,
  })
