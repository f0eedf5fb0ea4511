// The cache of questions: when to retry, and what a lost session means.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { isLive } from './keys'
import { Problem } from './problem'
import { zoneFollower } from './zoneFollower'

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** The categories of events that change the answer; all where left out. */
      follows?: readonly string[]
      /** Not asked again by the live feed, but by Refresh. */
      isStill?: boolean
      /** Only asks whether there is something new; the live feed alone has it asked again. */
      isProbe?: boolean
    }
  }
}

/** Creates the cache; `onSignedOut` is called when any answer is 401. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof Problem && error.isUnauthenticated) onSignedOut()
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError, onSuccess: (data, { queryKey }) => follow(queryKey, data) }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Without a network a question fails and says so; it does not wait in silence.
        networkMode: 'always',
        staleTime: 10_000,
        refetchOnWindowFocus: (query) => !isLive(query.queryKey),
        refetchOnReconnect: (query) => !isLive(query.queryKey),
        retry: (failures, error) => navigator.onLine && isWorthRetrying(error) && failures < 2,
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
      mutations: { networkMode: 'always' },
    },
  })
  const follow = zoneFollower(client)
  return client
}

/** A refused request stays refused; only a missing or failing server may recover. */
export function isWorthRetrying(error: Error): boolean {
  return !(error instanceof Problem) || error.status === 0 || error.status >= 502
}
