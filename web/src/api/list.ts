// Lists that have no period: read page by page, and asked for again, as questions are, when new events are visible.
import { infiniteQueryOptions } from '@tanstack/react-query'
import { answer } from './client'
import { keepWithinProject, questionKey } from './keys'

type Reply<T> = Promise<{ data?: T; error?: unknown; response: Response }>
type Cursored = { next_cursor?: string | null }
type Asked = { path: { project_id: string }; page: { cursor?: string }; signal: AbortSignal }

/** `extra` is what tells this list from others of its name: its filters and order. */
export function pagedList<T extends Cursored>(projectId: string, name: string, extra: unknown, ask: (asked: Asked) => Reply<T>) {
  return infiniteQueryOptions({
    queryKey: questionKey(projectId, name, {}, extra),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => answer(ask({ path: { project_id: projectId }, page: pageParam === undefined ? {} : { cursor: pageParam }, signal })),
    getNextPageParam: (page: T) => page.next_cursor ?? undefined,
    placeholderData: keepWithinProject(projectId),
  })
}
