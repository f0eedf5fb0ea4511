// Reading customers, and making a token by which one reads their own figures.
import { queryOptions, useMutation } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { questionKey } from '../../api/keys'
import { pagedList } from '../../api/list'
import type { Customer, CustomerToken } from '../../api/types'
import type { CustomersSearch } from './model'

type CustomerParams = Pick<CustomersSearch, 'active' | 'search' | 'sort' | 'order'>

export const customersQuery = (projectId: string, { active, search, sort, order }: CustomerParams) => {
  const query = { interval: active ?? 'all', sortBy: sort ?? 'sessions', sortOrder: order ?? 'desc', ...(search === undefined ? {} : { search }) }
  return pagedList(projectId, 'customers', query, ({ path, page, signal }) =>
    api.GET('/api/projects/{project_id}/customers/metrics', { params: { path, query: { ...query, ...page, limit: 50 } }, signal }),
  )
}

/** One customer with the latest sessions of all time, found by searching for the id. */
export const customerQuery = (projectId: string, id: string) =>
  queryOptions({
    queryKey: questionKey(projectId, 'customer', {}, id),
    queryFn: async ({ signal }): Promise<Customer | null> => {
      const found = await answer(api.GET('/api/projects/{project_id}/customers/metrics', { params: { path: { project_id: projectId }, query: { search: id, limit: 200 } }, signal }))
      return found.customers.find((customer) => customer.id === id) ?? null
    },
  })

export function useCreateToken(projectId: string) {
  return useMutation({
    mutationFn: ({ userId, seconds }: { userId: string; seconds: number }): Promise<CustomerToken> =>
      answer(api.POST('/api/projects/{project_id}/customer-tokens', { params: { path: { project_id: projectId } }, body: { user_id: userId, expires_in_seconds: seconds } })),
  })
}
