// Members, invitations, secret keys and the audit log of a project.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import { membersQuery } from '../../api/members'
import { pagedList } from '../../api/paged'
import type { components } from '../../api/schema.gen'
import { meQuery } from '../../api/session'
import { wholeList } from '../../api/wholeList'
import type { RoleName } from '../../lib/roles'

type NewSecretKey = components['schemas']['NewSecretKeyRequest']

const inProject = (projectId: string) => ({ path: { project_id: projectId } })
const invitationsKey = (projectId: string) => projectKey(projectId, 'invitations')
const secretKeysKey = (projectId: string) => projectKey(projectId, 'secret-keys')

export const invitationsQuery = (projectId: string) =>
  queryOptions({
    queryKey: invitationsKey(projectId),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/invitations', { params: inProject(projectId), signal })),
    select: (data) => data.invitations,
  })

export const secretKeysQuery = (projectId: string) =>
  queryOptions({
    queryKey: secretKeysKey(projectId),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/secret-keys', { params: inProject(projectId), signal })),
    select: (data) => data.secret_keys,
  })

export const allEntries = (projectId: string) =>
  wholeList('/api/projects/{project_id}/audit', { project_id: projectId }, {})

export const auditQuery = (projectId: string) =>
  pagedList(projectId, 'audit', (page, signal) =>
    api.GET('/api/projects/{project_id}/audit', {
      params: { ...inProject(projectId), query: { ...page, limit: 50 } },
      signal,
    }),
  )

/** The roles of others, and one's own, may have changed with it. */
function useRefreshMembers(projectId: string) {
  const client = useQueryClient()
  return () =>
    Promise.all(
      [membersQuery(projectId).queryKey, invitationsKey(projectId), meQuery.queryKey].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
}

export function useChangeRole(projectId: string) {
  const refresh = useRefreshMembers(projectId)
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: RoleName }) =>
      answer(
        api.PATCH('/api/projects/{project_id}/members/{member_id}', {
          params: { path: { project_id: projectId, member_id: id } },
          body: { role },
        }),
      ),
    onSuccess: refresh,
  })
}

export function useRemoveMember(projectId: string) {
  const refresh = useRefreshMembers(projectId)
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.DELETE('/api/projects/{project_id}/members/{member_id}', {
          params: { path: { project_id: projectId, member_id: id } },
        }),
      ),
    onSuccess: refresh,
  })
}

export function useLeave(projectId: string) {
  return useMutation({
    mutationFn: () => answer(api.POST('/api/projects/{project_id}/members/leave', { params: inProject(projectId) })),
  })
}

export function useInvite(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { email: string; role: RoleName }) =>
      answer(api.POST('/api/projects/{project_id}/invitations', { params: inProject(projectId), body })),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsKey(projectId) }),
  })
}

export function useRevokeInvitation(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.DELETE('/api/projects/{project_id}/invitations/{invitation_id}', {
          params: { path: { project_id: projectId, invitation_id: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsKey(projectId) }),
  })
}

export function useCreateSecretKey(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewSecretKey) =>
      answer(api.POST('/api/projects/{project_id}/secret-keys', { params: inProject(projectId), body })),
    onSuccess: () => client.invalidateQueries({ queryKey: secretKeysKey(projectId) }),
  })
}

export function useRevokeSecretKey(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.DELETE('/api/projects/{project_id}/secret-keys/{secret_key_id}', {
          params: { path: { project_id: projectId, secret_key_id: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: secretKeysKey(projectId) }),
  })
}
