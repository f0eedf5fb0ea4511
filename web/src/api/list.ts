// Lists that have no period: read page by page, and asked for again, as questions are, when new events are visible.
import { infiniteQueryOptions } from '@tanstack/react-query'
import { answer } from './client'
import { keepPreviousWithinProject, questionKey } from './keys'

type Reply<T> = Promise<{ data?: T; error?: unknown; response: Response }>
type WithCursor = { next_cursor?: string | null }
type ListRequest = { path: { project_id: string }; page: { cursor?: string }; signal: AbortSignal }

/** `extra` distinguishes this list from others of its name: its filters and order. */
export function pagedList<T extends WithCursor>(
  projectId: string,
  name: string,
  extra: unknown,
  ask: (asked: ListRequest) => Reply<T>,
) {
  return infiniteQueryOptions({
    queryKey: questionKey(projectId, name, {}, extra),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        ask({ path: { project_id: projectId }, page: pageParam === undefined ? {} : { cursor: pageParam }, signal }),
      ),
    getNextPageParam: (page: T) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousWithinProject(projectId),
  })
}
