// Notes on the project's time line: listing, writing and deleting.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type AnalysisSearch, toQuery } from '../lib/analysis'
import { answer, api } from './client'
import { questionsOf } from './keys'
import { question } from './question'
import type { components } from './schema.gen'

export type Annotation = components['schemas']['Annotation']
export type NewAnnotation = components['schemas']['NewAnnotation']

const NAME = 'annotations'

/** Those of the period; the filters mean nothing to them. */
export function annotationsQuery(projectId: string, { period, from, to }: AnalysisSearch) {
  const search = { ...(period ? { period } : {}), ...(from && to ? { from, to } : {}) }
  const asked = question(projectId, NAME, search, ({ params: { path }, signal }) => {
    const range = toQuery(search, Date.now())
    return api.GET('/api/projects/{project_id}/annotations', {
      params: { path, query: { from: range.from, to: range.to } },
      signal,
    })
  })
  return { ...asked, meta: { follows: [] } }
}

export function useCreateAnnotation(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewAnnotation): Promise<Annotation> =>
      answer(api.POST('/api/projects/{project_id}/annotations', { params: { path: { project_id: projectId } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: [...questionsOf(projectId), NAME] }),
  })
}

export function useDeleteAnnotation(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.DELETE('/api/projects/{project_id}/annotations/{annotation_id}', {
          params: { path: { project_id: projectId, annotation_id: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: [...questionsOf(projectId), NAME] }),
  })
}
