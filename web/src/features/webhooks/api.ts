// Webhooks and what was sent to them.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import { pagedList } from '../../api/paged'
import type { components } from '../../api/schema.gen'
import { wholeList } from '../../api/wholeList'
import type { Status } from './model'

type Schemas = components['schemas']

const keyOf = (projectId: string) => projectKey(projectId, 'webhooks')
const deliveriesKey = (projectId: string) => projectKey(projectId, 'webhook-deliveries')
const at = (projectId: string, id: string) => ({ path: { project_id: projectId, webhook_id: id } })

/** Messages that are being sent have their result a moment later. */
const WAITING_MS = 2_000

export const webhooksQuery = (projectId: string) =>
  queryOptions({
    queryKey: keyOf(projectId),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/webhooks', { params: { path: { project_id: projectId } }, signal })),
    select: (data) => data.webhooks,
  })

export const allDeliveries = (projectId: string, webhookId: string, status: Status | undefined) =>
  wholeList(
    '/api/projects/{project_id}/webhooks/{webhook_id}/deliveries',
    { project_id: projectId, webhook_id: webhookId },
    status ? { status } : {},
  )

export const deliveriesQuery = (projectId: string, webhookId: string, status: Status | undefined) => ({
  ...pagedList(
    projectId,
    'webhook-deliveries',
    (page, signal) =>
      api.GET('/api/projects/{project_id}/webhooks/{webhook_id}/deliveries', {
        params: { ...at(projectId, webhookId), query: { ...page, limit: 50, ...(status ? { status } : {}) } },
        signal,
      }),
    [webhookId, status],
  ),
  refetchInterval: (query: { state: { data?: { pages: Schemas['DeliveryList'][] } | undefined } }) => {
    const latest = query.state.data?.pages[0]?.deliveries ?? []
    return latest.some((delivery) => delivery.status === 'waiting' && delivery.next_attempt_at == null)
      ? WAITING_MS
      : 30_000
  },
})

function useRefresh(projectId: string) {
  const client = useQueryClient()
  return () =>
    Promise.all([keyOf(projectId), deliveriesKey(projectId)].map((queryKey) => client.invalidateQueries({ queryKey })))
}

export function useCreateWebhook(projectId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: (body: Schemas['NewWebhook']) =>
      answer(api.POST('/api/projects/{project_id}/webhooks', { params: { path: { project_id: projectId } }, body })),
    onSuccess: refresh,
  })
}

/** Shows a switch's new position at once and takes it back when the server refuses. */
export function useChangeWebhook(projectId: string) {
  const client = useQueryClient()
  const refresh = useRefresh(projectId)
  const { queryKey } = webhooksQuery(projectId)
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: Schemas['WebhookChange'] }) =>
      answer(
        api.PATCH('/api/projects/{project_id}/webhooks/{webhook_id}', { params: at(projectId, id), body: change }),
      ),
    onMutate: async ({ id, change: { is_active } }) => {
      if (typeof is_active !== 'boolean') return {}
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      client.setQueryData(
        queryKey,
        (list) =>
          list && {
            webhooks: list.webhooks.map((webhook) => (webhook.id === id ? { ...webhook, is_active } : webhook)),
          },
      )
      return { before }
    },
    onError: (_error, _change, context) => {
      if (context?.before) client.setQueryData(queryKey, context.before)
    },
    onSettled: refresh,
  })
}

export function useDeleteWebhook(projectId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE('/api/projects/{project_id}/webhooks/{webhook_id}', { params: at(projectId, id) })),
    onSuccess: refresh,
  })
}

export function useRotateSecret(projectId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST('/api/projects/{project_id}/webhooks/{webhook_id}/rotate-secret', { params: at(projectId, id) })),
    onSuccess: refresh,
  })
}

export function useTestWebhook(projectId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST('/api/projects/{project_id}/webhooks/{webhook_id}/test', { params: at(projectId, id) })),
    onSuccess: refresh,
  })
}

export function useResendDelivery(projectId: string, webhookId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.POST('/api/projects/{project_id}/webhooks/{webhook_id}/deliveries/{delivery_id}/resend', {
          params: { path: { project_id: projectId, webhook_id: webhookId, delivery_id: id } },
        }),
      ),
    onSuccess: refresh,
  })
}
