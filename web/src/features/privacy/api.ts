// Data of a person, their erasure, and the receipts of erasures.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import { pagedList } from '../../api/paged'
import type { components } from '../../api/schema.gen'
import { wholeList } from '../../api/wholeList'
import { isUnderWay, readSubject, type Subject } from './model'

type ErasuresResponse = components['schemas']['Erasures']

const erasuresKey = (projectId: string) => projectKey(projectId, 'erasures')
const UNDER_WAY_MS = 2_000

/** A look-up is made when it is asked for and kept nowhere: no cache, no address. */
export function useLookUp(projectId: string) {
  return useMutation({
    mutationFn: async (subject: string): Promise<Subject> => {
      const text: string = await answer(
        api.GET('/api/projects/{project_id}/privacy/subjects/{subject}', {
          params: { path: { project_id: projectId, subject } },
          parseAs: 'text',
        }) as Promise<{ data?: string; error?: unknown; response: Response }>,
      )
      return readSubject(subject, text)
    },
    gcTime: 0,
  })
}

export const erasuresQuery = (projectId: string) => ({
  ...pagedList(projectId, 'erasures', (page, signal) =>
    api.GET('/api/projects/{project_id}/privacy/erasures', {
      params: { path: { project_id: projectId }, query: { ...page, limit: 50 } },
      signal,
    }),
  ),
  refetchInterval: (query: { state: { data?: { pages: ErasuresResponse[] } | undefined } }) =>
    query.state.data?.pages.some((page) => page.erasures.some(isUnderWay)) ? UNDER_WAY_MS : false,
})

export function useErase(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (subject: string) =>
      answer(
        api.DELETE('/api/projects/{project_id}/privacy/subjects/{subject}', {
          params: { path: { project_id: projectId, subject } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: erasuresKey(projectId) }),
  })
}

export function useLift(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.DELETE('/api/projects/{project_id}/privacy/erasures/{erasure_id}/suppression', {
          params: { path: { project_id: projectId, erasure_id: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: erasuresKey(projectId) }),
  })
}

/** Receipts know who asked by id only. */
export const allErasures = (projectId: string) =>
  wholeList('/api/projects/{project_id}/privacy/erasures', { project_id: projectId }, {})
