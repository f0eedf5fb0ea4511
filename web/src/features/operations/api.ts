// How the server does, asked again every ten seconds, and running one of its jobs now.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { meQuery } from '../../api/session'
import type { JobName } from './jobs'

const LIVE_MS = 10_000

export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: ({ signal }) => answer(api.GET('/api/operations', { signal })),
  refetchInterval: LIVE_MS,
  staleTime: LIVE_MS / 2,
})

/** The owner of the server alone may read them. */
export function useOperations() {
  const { data: me } = useQuery(meQuery)
  const isOwner = me?.is_server_owner === true
  return { mayRead: me === undefined || isOwner, operations: useQuery({ ...operationsQuery, enabled: isOwner }) }
}

/** The job's run is in the answer; the page's figures follow. */
export function useRunJob() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: JobName) => answer(api.POST('/api/operations/jobs/{name}/run', { params: { path: { name } } })),
    onSettled: () => client.invalidateQueries({ queryKey: operationsQuery.queryKey }),
  })
}
