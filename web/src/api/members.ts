// The members of a project by their ids: who did what, and to whom something can be assigned; programs act by keys.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import { projectKey } from './keys'

export const membersQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'members'),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/members', { params: { path: { project_id: projectId } }, signal })),
    staleTime: 60_000,
  })

/** Who belongs to the project. `nameOf` names a member, or the secret key of a program, by id. */
export function useMembers(projectId: string) {
  const list = useQuery(membersQuery(projectId)).data
  const members = list?.members ?? []
  const nameOf = (id: string) =>
    members.find((member) => member.id === id)?.name ?? list?.secret_keys.find((key) => key.id === id)?.key_name
  return { members, nameOf: (id: string) => nameOf(id) ?? 'a former member or key', knownName: nameOf }
}
