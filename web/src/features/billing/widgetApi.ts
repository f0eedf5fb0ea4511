// The project's call widgets: listing, use, creating, changing and deleting.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { keepPreviousWithinProject, projectKey } from '../../api/keys'
import type { components } from '../../api/schema.gen'
import { askedRange } from './api'
import type { Widget } from './model'
import type { BillingPeriod } from './periods'

type NewWidget = components['schemas']['NewWidget']
type WidgetChange = components['schemas']['WidgetChange']
type WidgetActivities = components['schemas']['WidgetActivities']

const keyOf = (projectId: string) => projectKey(projectId, 'widgets')
const at = (projectId: string, id: string) => ({ params: { path: { project_id: projectId, widget_id: id } } })

export const widgetsQuery = (projectId: string) =>
  queryOptions({
    queryKey: keyOf(projectId),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/widgets', { params: { path: { project_id: projectId } }, signal })),
    select: (data) => data.widgets,
  })

/** Asked again every half minute: widgets are loaded and opened while the page is shown. */
export const widgetActivityQuery = (projectId: string, period: BillingPeriod) =>
  queryOptions<WidgetActivities>({
    queryKey: [...projectKey(projectId, 'widget-activity'), period],
    queryFn: async ({ signal, client }) =>
      answer(
        api.GET('/api/projects/{project_id}/widget-activity', {
          params: { path: { project_id: projectId }, query: await askedRange(client, projectId, period) },
          signal,
        }),
      ),
    placeholderData: keepPreviousWithinProject<WidgetActivities>(projectId),
    refetchInterval: 30_000,
  })

export function useCreateWidget(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewWidget): Promise<Widget> =>
      answer(api.POST('/api/projects/{project_id}/widgets', { params: { path: { project_id: projectId } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(projectId) }),
  })
}

/** Shows the change at once and takes it back when the server refuses. */
export function useChangeWidget(projectId: string) {
  const client = useQueryClient()
  const queryKey = widgetsQuery(projectId).queryKey
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: WidgetChange }) =>
      answer(api.PATCH('/api/projects/{project_id}/widgets/{widget_id}', { ...at(projectId, id), body: change })),
    onMutate: async ({ id, change }) => {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      const isActive = change.is_active
      if (isActive != null) {
        client.setQueryData(
          queryKey,
          (list) =>
            list && {
              widgets: list.widgets.map((widget) => (widget.id === id ? { ...widget, is_active: isActive } : widget)),
            },
        )
      }
      return { before }
    },
    onError: (_error, _change, context) => client.setQueryData(queryKey, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
}

export function useDeleteWidget(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/projects/{project_id}/widgets/{widget_id}', at(projectId, id))),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(projectId) }),
  })
}
