// The members of a project by their ids: who did what, and to whom something can be assigned.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import { projectKey } from './keys'

export const membersQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'members'),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/members', { params: { path: { project_id: projectId } }, signal })),
    select: (list) => list.members,
    staleTime: 60_000,
  })

export function useMembers(projectId: string) {
  const members = useQuery(membersQuery(projectId)).data ?? []
  const nameOf = (id: string) => members.find((member) => member.id === id)?.name ?? 'a former member'
  return { members, nameOf }
}
