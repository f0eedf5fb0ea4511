// The settings of a project, as one versioned document.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import type { Versioned } from '../../ui/form/versionedDraft'
import { documentOf, versionedOf, type ProjectSettings } from './model'

const keyOf = (projectId: string) => projectKey(projectId, 'settings')
const inProject = (projectId: string) => ({ path: { project_id: projectId } })

export const projectSettingsQuery = (projectId: string) =>
  queryOptions({
    queryKey: keyOf(projectId),
    queryFn: ({ signal }) => answer(api.GET('/api/projects/{project_id}/settings', { params: inProject(projectId), signal })).then(versionedOf),
  })

export function useSaveProjectSettings(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: Versioned<ProjectSettings>) =>
      answer(api.PUT('/api/projects/{project_id}/settings', { params: inProject(projectId), body: documentOf(change) })).then(versionedOf),
    onSuccess: (saved) => client.setQueryData(keyOf(projectId), saved),
  })
}
