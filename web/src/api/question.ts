// Asks the analytic questions: the period is resolved when asked, old answers stay while new ones arrive.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type AnalysisSearch, toQuery } from '../lib/analysis'
import { answer } from './client'
import { keepPreviousWithinProject, questionKey } from './keys'

type Query = ReturnType<typeof toQuery>
type QuestionRequest = { params: { path: { project_id: string }; query: Query }; signal: AbortSignal }
type Reply<T> = Promise<{ data?: T; error?: unknown; response: Response }>

export function question<T>(
  projectId: string,
  name: string,
  search: AnalysisSearch,
  ask: (asked: QuestionRequest) => Reply<T>,
  extra: unknown = null,
) {
  return queryOptions<T>({
    queryKey: questionKey(projectId, name, search, extra),
    queryFn: ({ signal }) =>
      answer(ask({ params: { path: { project_id: projectId }, query: toQuery(search, Date.now()) }, signal })),
    // The library's types do not exclude that T is a function.
    placeholderData: keepPreviousWithinProject<T>(projectId) as never,
  })
}

type WithCursor = { next_cursor?: string | null }

/** A question answered page by page; `ask` receives the cursor of its page. */
export function pagedQuestion<T extends WithCursor>(
  projectId: string,
  name: string,
  search: AnalysisSearch,
  ask: (asked: QuestionRequest, page: { cursor?: string }) => Reply<T>,
  extra: unknown = null,
) {
  return infiniteQueryOptions({
    queryKey: questionKey(projectId, name, search, extra),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => {
      const request = { params: { path: { project_id: projectId }, query: toQuery(search, Date.now()) }, signal }
      return answer(ask(request, pageParam === undefined ? {} : { cursor: pageParam }))
    },
    getNextPageParam: (page: T) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousWithinProject(projectId),
  })
}

/** The rows of all pages, each once: pages asked at different moments may overlap. */
export function uniqueRows<Row>(pages: Row[][], keyOf: (row: Row) => string): Row[] {
  const rows = new Map<string, Row>()
  for (const row of pages.flat()) {
    const key = keyOf(row)
    if (!rows.has(key)) rows.set(key, row)
  }
  return [...rows.values()]
}
