// Setting up, signing in and out, and the member's own name and password.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { meQuery } from '../../api/session'
import type { Me, SetupRequest, SignInRequest } from '../../api/types'
import { forgetMembers } from '../../lib/store'

export function useSetUp() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SetupRequest): Promise<Me> => answer(api.POST('/api/setup', { body })),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  })
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SignInRequest): Promise<Me> => answer(api.POST('/api/auth/sign-in', { body })),
    onSuccess: (me) => {
      client.clear()
      client.setQueryData(meQuery.queryKey, me)
    },
  })
}

export function useSignOut() {
  return useMutation({ mutationFn: () => answer(api.POST('/api/auth/sign-out')), onSuccess: forgetMembers })
}

export function useRename() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => answer(api.PATCH('/api/auth/me', { body: { name } })),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  })
}

/** All other sign-ins end with the old password. */
export function useChangePassword() {
  return useMutation({
    mutationFn: (change: { old_password: string; password: string }) =>
      answer(api.POST('/api/auth/password', { body: change })),
  })
}

export function useSignOutEverywhere() {
  return useMutation({ mutationFn: () => answer(api.POST('/api/auth/sign-out-everywhere')), onSuccess: forgetMembers })
}
