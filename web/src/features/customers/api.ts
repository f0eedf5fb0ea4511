// Reading customers, and making a token by which one reads their own figures.
import { queryOptions, useMutation } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { keepPreviousWithinProject, projectKey, questionKey } from '../../api/keys'
import { pagedList } from '../../api/list'
import { Problem } from '../../api/problem'
import type { Customer, CustomerToken, SessionFigures } from '../../api/types'
import { wholeList } from '../../api/wholeList'
import type { CustomersSearch, Interval } from './model'

type CustomerParams = Pick<CustomersSearch, 'active' | 'search' | 'sort' | 'order'>

/** The parameters of a list and of its export. */
function queryOf({ active, search, sort, order }: CustomerParams) {
  return {
    interval: active ?? 'all',
    sortBy: sort ?? 'sessions',
    sortOrder: order ?? 'desc',
    ...(search === undefined ? {} : { search }),
  }
}

export const customersQuery = (projectId: string, params: CustomerParams) => {
  const query = queryOf(params)
  return pagedList(projectId, 'customers', query, ({ path, page, signal }) =>
    api.GET('/api/projects/{project_id}/customers/metrics', {
      params: { path, query: { ...query, ...page, sessions: 1, limit: 50 } },
      signal,
    }),
  )
}

/** All sessions are added up for it, so it is asked once a minute and not with every event. */
export const sessionFiguresQuery = (projectId: string, interval: Interval) =>
  queryOptions<SessionFigures>({
    queryKey: [...projectKey(projectId, 'session-figures'), interval],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/customers/session-figures', {
          params: { path: { project_id: projectId }, query: { interval } },
          signal,
        }),
      ),
    // The library's types do not exclude that an answer is a function.
    placeholderData: keepPreviousWithinProject<SessionFigures>(projectId) as never,
    staleTime: 60_000,
    refetchInterval: 60_000,
  })

export const allCustomers = (projectId: string, params: CustomerParams) =>
  wholeList('/api/projects/{project_id}/customers/metrics', { project_id: projectId }, queryOf(params))

/** One customer; null where there is none of that id. */
export const customerQuery = (projectId: string, id: string) =>
  queryOptions({
    queryKey: questionKey(projectId, 'customer', {}, id),
    queryFn: ({ signal }): Promise<Customer | null> =>
      answer(
        api.GET('/api/projects/{project_id}/customers/by-id/{user_id}', {
          params: { path: { project_id: projectId, user_id: id } },
          signal,
        }),
      ).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 404) return null
        throw error
      }),
  })

/** All sessions of a customer that are kept, latest first. */
export const customerSessionsQuery = (projectId: string, id: string) =>
  pagedList(projectId, 'customer-sessions', id, ({ path, page, signal }) =>
    api.GET('/api/projects/{project_id}/customers/by-id/{user_id}/sessions', {
      params: { path: { ...path, user_id: id }, query: { ...page, limit: 20 } },
      signal,
    }),
  )

export const allSessions = (projectId: string, id: string) =>
  wholeList('/api/projects/{project_id}/customers/by-id/{user_id}/sessions', { project_id: projectId, user_id: id }, {})

export function useCreateToken(projectId: string) {
  return useMutation({
    mutationFn: ({ userId, seconds }: { userId: string; seconds: number }): Promise<CustomerToken> =>
      answer(
        api.POST('/api/projects/{project_id}/customer-tokens', {
          params: { path: { project_id: projectId } },
          body: { user_id: userId, expires_in_seconds: seconds },
        }),
      ),
  })
}
