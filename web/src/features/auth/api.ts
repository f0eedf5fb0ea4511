// Setting up, signing in and signing out.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { meQuery } from '../../api/session'
import type { Me, SetupRequest, SignInRequest } from '../../api/types'

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
  return useMutation({ mutationFn: () => answer(api.POST('/api/auth/sign-out')) })
}
