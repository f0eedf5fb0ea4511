// The source maps of a project, and deleting one.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { everythingOf, projectKey } from '../../api/keys'
import { pagedList } from '../../api/paged'
import type { components } from '../../api/schema.gen'

export type SourceMap = components['schemas']['SourceMap']

const LIST = '/api/projects/{project_id}/source-maps'
const NAME = 'source-maps'

export const sourceMapsQuery = (projectId: string) =>
  pagedList(projectId, NAME, (page, signal) =>
    api.GET(LIST, { params: { path: { project_id: projectId }, query: page }, signal }),
  )

export function useDeleteSourceMap(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE(`${LIST}/{source_map_id}`, { params: { path: { project_id: projectId, source_map_id: id } } })),
    // Stacks are resolved otherwise from now on.
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: projectKey(projectId, NAME) })
      void client.invalidateQueries({ queryKey: everythingOf(projectId), refetchType: 'none' })
    },
  })
}
