// The stack of an event, resolved by the project's source maps.
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client'
import { projectKey } from './keys'

export const stackFramesQuery = (projectId: string, stack: string, occurredAt: string) =>
  queryOptions({
    queryKey: [...projectKey(projectId, 'stack-frames'), stack, occurredAt] as const,
    queryFn: ({ signal }) =>
      answer(
        api.POST('/api/projects/{project_id}/stack-frames', {
          params: { path: { project_id: projectId } },
          body: { stack, occurred_at: occurredAt },
          signal,
        }),
      ),
    select: ({ frames }) => frames,
  })
