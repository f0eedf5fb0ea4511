// How long a project keeps its data, and what the next run removes.
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../../api/client'
import { projectKey } from '../../../api/keys'
import { type Days, FIELDS } from './model'

const statusKey = (projectId: string) => projectKey(projectId, 'retention')

export const retentionQuery = (projectId: string) =>
  queryOptions({
    queryKey: statusKey(projectId),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/retention', { params: { path: { project_id: projectId } }, signal })),
  })

/** What the next run would remove if these days were set. Begins with the key of the status, so that a change has both asked again. */
export const previewQuery = (projectId: string, days: Days) => {
  const query = Object.fromEntries(
    FIELDS.flatMap(({ setting }) => (days[setting] ? [[setting, days[setting]]] : [])),
  ) as Record<string, number>
  return queryOptions({
    queryKey: [...statusKey(projectId), 'preview', query],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/retention/preview', {
          params: { path: { project_id: projectId }, query },
          signal,
        }),
      ),
  })
}
