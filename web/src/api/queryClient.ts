// The cache of questions: when to retry, and what a lost session means.
import { QueryCache, QueryClient, MutationCache } from '@tanstack/react-query'
import { Problem } from './problem'

/** Creates the cache; `onSignedOut` is called when any answer is 401. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof Problem && error.isUnauthenticated) onSignedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => isWorthRetrying(error) && failures < 2,
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
    },
  })
}

/** A refused request stays refused; only a missing or failing server may recover. */
export function isWorthRetrying(error: Error): boolean {
  return !(error instanceof Problem) || error.status === 0 || error.status >= 502
}
