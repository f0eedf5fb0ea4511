// The settings of a project, as one versioned document.
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { everythingOf, projectKey } from '../../api/keys'
import { meQuery } from '../../api/session'
import type { Versioned } from '../../ui/form/versionedDraft'
import { documentOf, type ProjectSettings, versionedOf } from './model'

const keyOf = (projectId: string) => projectKey(projectId, 'settings')
const inProject = (projectId: string) => ({ path: { project_id: projectId } })

export const projectSettingsQuery = (projectId: string) =>
  queryOptions({
    queryKey: keyOf(projectId),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/settings', { params: inProject(projectId), signal })).then(
        versionedOf,
      ),
  })

export function useSaveProjectSettings(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: Versioned<ProjectSettings>) =>
      answer(
        api.PUT('/api/projects/{project_id}/settings', { params: inProject(projectId), body: documentOf(change) }),
      ).then(versionedOf),
    onSuccess: (saved) => settingsSaved(client, projectId, saved),
  })
}

/** The member's projects name their zones; then every figure, day and bill of the project may be another. */
export async function settingsSaved(
  client: QueryClient,
  projectId: string,
  saved: Versioned<ProjectSettings>,
): Promise<void> {
  client.setQueryData(keyOf(projectId), saved)
  await client.invalidateQueries({ queryKey: meQuery.queryKey })
  void client.invalidateQueries({ queryKey: everythingOf(projectId) })
}

/** The picture is the body as it is. */
export function useSetLogo(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (file: File) =>
      answer(
        api.PUT('/api/projects/{project_id}/logo', {
          params: inProject(projectId),
          body: file as unknown as string,
          bodySerializer: () => file,
          headers: { 'content-type': file.type },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
}

export function useRemoveLogo(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/projects/{project_id}/logo', { params: inProject(projectId) })),
    onSettled: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
}
