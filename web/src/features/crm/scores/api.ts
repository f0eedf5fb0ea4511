// Lead scores, highest first, and the weights they are made of.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../../api/client'
import { projectKey } from '../../../api/keys'
import { pagedList } from '../../../api/list'
import type { components } from '../../../api/schema.gen'
import type { Versioned } from '../../../ui/form/versionedDraft'
import { weightsQuery } from '../contacts/api'
import type { Weights } from './weights'

type Document = components['schemas']['LeadWeights']
export type WeightsDryRun = components['schemas']['WeightsDryRun']

const inProject = (projectId: string) => ({ path: { project_id: projectId } })

/** The document describes the weights as any object. */
export const versionedOf = ({ version, weights }: Document): Versioned<Weights> => ({
  version,
  value: weights as unknown as Weights,
})

export const scoresQuery = (projectId: string) =>
  pagedList(projectId, 'lead-scores', null, ({ path, page, signal }) =>
    api.GET('/api/projects/{project_id}/lead-scores', { params: { path, query: { ...page, limit: 50 } }, signal }),
  )

export const defaultWeightsQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'default-lead-weights'),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/default-lead-weights', { params: inProject(projectId), signal })),
    select: (document) => versionedOf(document).value,
    staleTime: Infinity,
  })

export function useSaveWeights(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, value }: Versioned<Weights>) =>
      answer(
        api.PUT('/api/projects/{project_id}/lead-weights', {
          params: inProject(projectId),
          body: { version, weights: value as unknown as Document['weights'] },
        }),
      ),
    onSuccess: (saved) => client.setQueryData(weightsQuery(projectId).queryKey, saved),
  })
}

/** Scores of now by these weights and by the saved ones; changes nothing. */
export function useTryWeights(projectId: string) {
  return useMutation({
    mutationFn: (weights: Weights) =>
      answer(
        api.POST('/api/projects/{project_id}/lead-weights/dry-run', {
          params: inProject(projectId),
          body: { weights: weights as unknown as Document['weights'] },
        }),
      ),
  })
}
