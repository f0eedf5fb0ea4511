// The signed-in member: every page of the dashboard asks for it first.
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => answer(api.GET('/api/auth/me', { signal })),
  staleTime: 60_000,
})

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => answer(api.GET('/api/setup', { signal })),
  staleTime: 0,
})
