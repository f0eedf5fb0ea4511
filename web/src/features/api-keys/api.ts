// Reading and changing the API keys of a project; the switch is optimistic and rolls back.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import type { ApiKey, ApiKeyChange, NewApiKey } from '../../api/types'

export const apiKeysQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'api-keys'),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/api-keys', { params: { path: { project_id: projectId } }, signal })),
    select: (list) => list.api_keys,
  })

export function useCreateKey(projectId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: (body: NewApiKey): Promise<ApiKey> =>
      answer(api.POST('/api/projects/{project_id}/api-keys', { params: { path: { project_id: projectId } }, body })),
    onSuccess: refresh,
  })
}

export function useChangeKey(projectId: string) {
  const client = useQueryClient()
  const refresh = useRefresh(projectId)
  const { queryKey } = apiKeysQuery(projectId)
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: ApiKeyChange }): Promise<ApiKey> =>
      answer(
        api.PATCH('/api/projects/{project_id}/api-keys/{key_id}', {
          params: { path: { project_id: projectId, key_id: id } },
          body: change,
        }),
      ),
    onMutate: async ({ id, change: { is_active } }) => {
      if (typeof is_active !== 'boolean') return {}
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      client.setQueryData(
        queryKey,
        (list) =>
          list && { ...list, api_keys: list.api_keys.map((key) => (key.id === id ? { ...key, is_active } : key)) },
      )
      return { before }
    },
    onError: (_error, _change, context) => {
      if (context?.before) client.setQueryData(queryKey, context.before)
    },
    onSettled: refresh,
  })
}

export function useDeleteKey(projectId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.DELETE('/api/projects/{project_id}/api-keys/{key_id}', {
          params: { path: { project_id: projectId, key_id: id } },
        }),
      ),
    onSuccess: refresh,
  })
}

function useRefresh(projectId: string) {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: projectKey(projectId, 'api-keys') })
}
