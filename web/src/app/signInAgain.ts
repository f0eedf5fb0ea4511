// A lost session leads to the sign-in page, and from there back to where it was lost.
import type { QueryClient } from '@tanstack/react-query'
import { meQuery } from '../api/session'
import { sharedPage, tokenOf } from '../api/shared'
import type { AppRouter } from './pages'

export function signInAgain(router: AppRouter, queryClient: QueryClient): void {
  const { pathname, href } = router.state.location
  if (!pathname.startsWith('/p/')) return
  const link = sharedPage()
  if (link) return void router.navigate({ to: '/shared/$token', params: { token: tokenOf(link) } })
  queryClient.removeQueries({ queryKey: meQuery.queryKey })
  void router.navigate({ to: '/sign-in', search: { return_to: href } })
}
