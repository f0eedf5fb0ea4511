// The signed-in member: every page of the dashboard asks for it first.
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api } from './client'
import { sharedMe, sharedPage } from './shared'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => {
    const shared = sharedPage()
    return shared ? sharedMe(shared) : answer(api.GET('/api/auth/me', { signal }))
  },
  staleTime: 60_000,
})

/** The id of the member who is signed in, from what is already known. */
export function knownMemberId(client: QueryClient): string | undefined {
  return client.getQueryData(meQuery.queryKey)?.member.id
}

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => answer(api.GET('/api/setup', { signal })),
  staleTime: 0,
})
