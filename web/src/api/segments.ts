// Saved segments of the project: listing, saving, changing and deleting.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from './client'
import { projectKey } from './keys'
import type { components } from './schema.gen'

export type Segment = components['schemas']['Segment']
export type NewSegment = components['schemas']['NewSegment']
export type SegmentChange = components['schemas']['SegmentChange']

const NAME = 'segments'

/** The shared ones and one's own, by name. */
export const segmentsQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, NAME),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/segments', { params: { path: { project_id: projectId } }, signal })),
    staleTime: 60_000,
  })

export function useCreateSegment(projectId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: (body: NewSegment): Promise<Segment> =>
      answer(api.POST('/api/projects/{project_id}/segments', { params: { path: { project_id: projectId } }, body })),
    onSuccess: refresh,
  })
}

export function useChangeSegment(projectId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: ({ id, ...body }: SegmentChange & { id: string }): Promise<Segment> =>
      answer(
        api.PATCH('/api/projects/{project_id}/segments/{segment_id}', {
          params: { path: { project_id: projectId, segment_id: id } },
          body,
        }),
      ),
    onSuccess: refresh,
  })
}

export function useDeleteSegment(projectId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.DELETE('/api/projects/{project_id}/segments/{segment_id}', {
          params: { path: { project_id: projectId, segment_id: id } },
        }),
      ),
    onSuccess: refresh,
  })
}

function useRefresh(projectId: string) {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: projectKey(projectId, NAME) })
}
