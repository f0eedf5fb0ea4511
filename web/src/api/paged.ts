// Lists that are read page by page and do not follow the filter bar.
import { infiniteQueryOptions } from '@tanstack/react-query'
import { answer } from './client'
import { keepPreviousWithinProject, projectKey } from './keys'

type Reply<T> = Promise<{ data?: T; error?: unknown; response: Response }>
type Page = { cursor?: string }

/** A list of a project; `ask` receives the cursor of its page, `extra` holds the other parameters of the query key. */
export function pagedList<T extends { next_cursor?: string | null }>(
  projectId: string,
  name: string,
  ask: (page: Page, signal: AbortSignal) => Reply<T>,
  extra: unknown = null,
) {
  return infiniteQueryOptions({
    queryKey: [...projectKey(projectId, name), extra] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => answer(ask(pageParam === undefined ? {} : { cursor: pageParam }, signal)),
    getNextPageParam: (page: T) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousWithinProject(projectId),
  })
}
