// The settings of the browser SDK, and how many of its events arrive.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import type { components } from '../../api/schema.gen'
import type { Versioned } from '../../ui/form/versionedDraft'
import { readSettings, type Settings } from './settings'

type Change = components['schemas']['SdkSettingsChange']

const keyOf = (projectId: string) => projectKey(projectId, 'sdk-settings')
const inProject = (projectId: string) => ({ path: { project_id: projectId } })
const versionedOf = ({ version, settings }: Change): Versioned<Settings> => ({ version, value: readSettings(settings) })

export const settingsQuery = (projectId: string) =>
  queryOptions({
    queryKey: keyOf(projectId),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/sdk-settings', { params: inProject(projectId), signal })).then(
        versionedOf,
      ),
  })

/** `version` is the one the change was made from. */
export function useSaveSettings(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    // The document describes the settings as any object.
    mutationFn: ({ version, value }: Versioned<Settings>) =>
      answer(
        api.PUT('/api/projects/{project_id}/sdk-settings', {
          params: inProject(projectId),
          body: { version, settings: value as unknown as Change['settings'] },
        }),
      ).then(versionedOf),
    onSuccess: (saved) => client.setQueryData(keyOf(projectId), saved),
  })
}

/** What arrived of what browsers numbered, and what they themselves tell of it. */
export const deliveryQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'event-delivery'),
    queryFn: async ({ signal }) => {
      const asked = { params: inProject(projectId), signal }
      const [{ event_delivery: arrived }, report] = await Promise.all([
        answer(api.GET('/api/projects/{project_id}/health-figures', asked)),
        answer(api.GET('/api/projects/{project_id}/sdk-report', asked)),
      ])
      return { arrived: arrived ?? null, report }
    },
    refetchInterval: 60_000,
  })
