// The share links of a project, and opening one.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import type { components } from '../../api/schema.gen'

const linksKey = (projectId: string) => projectKey(projectId, 'share-links')

export const shareLinksQuery = (projectId: string) =>
  queryOptions({
    queryKey: linksKey(projectId),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/share-links', { params: { path: { project_id: projectId } }, signal }),
      ),
    select: (data) => data.share_links,
  })

export function useCreateShareLink(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: components['schemas']['NewShareLink']) =>
      answer(api.POST('/api/projects/{project_id}/share-links', { params: { path: { project_id: projectId } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: linksKey(projectId) }),
  })
}

export function useRevokeShareLink(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.DELETE('/api/projects/{project_id}/share-links/{share_link_id}', {
          params: { path: { project_id: projectId, share_link_id: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: linksKey(projectId) }),
  })
}

export const openLink = (body: components['schemas']['OpenShareLink']) => answer(api.POST('/api/shared', { body }))
