// The questions about calls and what they cost.
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { keepPreviousWithinProject, projectKey } from '../../api/keys'
import { pagedList } from '../../api/paged'
import type { components } from '../../api/schema.gen'
import { wholeList } from '../../api/wholeList'
import type { Range } from '../../lib/period'
import type { ClosedMonth, Group, Usage } from './model'
import { type BillingPeriod, isOfMonths, lastMonths, periodBefore, resolvePeriod } from './periods'
import type { Tariff } from './tariff'

const EVERY = 30_000

/** An operation that can answer in several formats, of which one was asked for. */
type FormattedResponse<T> = Promise<{ data?: T; error?: unknown; response: Response }>

const usageKey = (projectId: string) => projectKey(projectId, 'usage')

type UsageParams = { period: BillingPeriod; group: Group; widget?: string | undefined }

const usageOf = (
  projectId: string,
  range: Range,
  group: Group,
  widget: string | undefined,
  signal: AbortSignal,
  page: { cursor?: string; limit?: number; differing?: boolean } = {},
) =>
  answer(
    api.GET('/api/projects/{project_id}/billing/usage', {
      params: {
        path: { project_id: projectId },
        query: { ...range, group, ...(widget ? { widget_id: widget } : {}), ...page },
      },
      signal,
    }) as FormattedResponse<Usage>,
  )

/** Calls end without anybody's doing, so usage is asked again by itself. */
export const usageQuery = (projectId: string, { period, group, widget }: UsageParams) =>
  queryOptions<Usage>({
    queryKey: [...usageKey(projectId), period, group, widget],
    queryFn: async ({ signal, client }) =>
      usageOf(projectId, await askedRange(client, projectId, period), group, widget, signal),
    placeholderData: keepPreviousWithinProject<Usage>(projectId),
    refetchInterval: EVERY,
  })

export const usageBeforeQuery = (projectId: string, period: BillingPeriod, widget: string | undefined) =>
  queryOptions({
    queryKey: [...usageKey(projectId), 'before', period, widget],
    queryFn: async ({ signal, client }) =>
      usageOf(
        projectId,
        periodBefore(period, Date.now(), isOfMonths(period) ? await closedMonths(client, projectId) : []),
        'month',
        widget,
        signal,
      ),
    // It ends at the time of day it is now.
    staleTime: 60_000,
    refetchInterval: 60_000,
  })

/** Twenty-four months: as far back as anybody closes one. */
export const monthsQuery = (projectId: string) =>
  queryOptions({
    queryKey: [...usageKey(projectId), 'months'],
    queryFn: async ({ signal, client }) =>
      usageOf(projectId, lastMonths(24, Date.now(), await closedMonths(client, projectId)), 'month', undefined, signal),
  })

export const sessionsQuery = (
  projectId: string,
  period: BillingPeriod,
  widget: string | undefined,
  differing: boolean,
) =>
  infiniteQueryOptions({
    queryKey: [...usageKey(projectId), 'sessions', period, widget, differing],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ signal, client, pageParam }) =>
      usageOf(projectId, await askedRange(client, projectId, period), 'session', widget, signal, {
        limit: 100,
        ...(differing ? { differing } : {}),
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousWithinProject(projectId),
  })

/** All usage of a period by this group. */
export const allUsage = (
  projectId: string,
  {
    period,
    group,
    widget,
    differing,
    closed,
  }: UsageParams & { differing: true | undefined; closed: readonly ClosedMonth[] },
) =>
  wholeList(
    '/api/projects/{project_id}/billing/usage',
    { project_id: projectId },
    {
      ...resolvePeriod(period, Date.now(), closed),
      group,
      ...(widget ? { widget_id: widget } : {}),
      ...(differing ? { differing } : {}),
    },
  )

export const allAdjustments = (projectId: string) =>
  wholeList('/api/projects/{project_id}/billing/adjustments', { project_id: projectId }, {})

/** The events of one session's calls: what every figure of it is made of. */
export const callEventsQuery = (projectId: string, widgetId: string, sessionId: string) =>
  queryOptions({
    queryKey: [...projectKey(projectId, 'call-events'), widgetId, sessionId],
    queryFn: ({ signal }) =>
      answer(
        api.POST('/api/projects/{project_id}/sql', {
          params: { path: { project_id: projectId } },
          body: {
            query:
              'SELECT id, event_type, timestamp, page_url, metadata FROM widget_analytics WHERE widget_id = $1 AND session_id = $2 ORDER BY timestamp, id',
            parameters: [widgetId, sessionId],
            limit: 500,
            format: 'json',
          },
          signal,
        }) as FormattedResponse<components['schemas']['SqlAnswer']>,
      ),
    refetchInterval: EVERY,
  })

const inProject = (projectId: string) => ({ path: { project_id: projectId } })

export const tariffQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'tariff'),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/billing/tariff', { params: inProject(projectId), signal })),
    select: (data) => data.tariff ?? null,
  })

export const closedMonthsQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'closed-months'),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/billing/periods', { params: inProject(projectId), signal })),
    select: (data) => data.periods,
  })

const NO_MONTHS: ClosedMonth[] = []

/** None until they are known. */
export function useClosedMonths(projectId: string): ClosedMonth[] {
  return useQuery(closedMonthsQuery(projectId)).data ?? NO_MONTHS
}

async function closedMonths(client: QueryClient, projectId: string): Promise<ClosedMonth[]> {
  const { periods } = await client.fetchQuery({ ...closedMonthsQuery(projectId), staleTime: 5 * 60_000 })
  return periods
}

/** The instants that a period means now. Months are known only with those that were closed. */
export async function askedRange(client: QueryClient, projectId: string, period: BillingPeriod): Promise<Range> {
  return resolvePeriod(period, Date.now(), isOfMonths(period) ? await closedMonths(client, projectId) : [])
}

export const adjustmentsQuery = (projectId: string) =>
  pagedList(projectId, 'adjustments', (page, signal) =>
    api.GET('/api/projects/{project_id}/billing/adjustments', {
      params: { ...inProject(projectId), query: { ...page, limit: 50 } },
      signal,
    }),
  )

type Health = components['schemas']['HealthFigures']

export const healthQuery = (projectId: string, period: BillingPeriod) =>
  queryOptions<Health>({
    queryKey: [...projectKey(projectId, 'call-health'), period],
    queryFn: async ({ signal, client }) =>
      answer(
        api.GET('/api/projects/{project_id}/health-figures', {
          params: { ...inProject(projectId), query: await askedRange(client, projectId, period) },
          signal,
        }),
      ),
    placeholderData: keepPreviousWithinProject<Health>(projectId),
    refetchInterval: EVERY,
  })

export function useSetTariff(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Tariff) =>
      answer(api.PUT('/api/projects/{project_id}/billing/tariff', { params: inProject(projectId), body })),
    onSuccess: (saved) => {
      client.setQueryData(projectKey(projectId, 'tariff'), saved)
      return client.invalidateQueries({ queryKey: usageKey(projectId) })
    },
  })
}

export function useCloseMonth(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (month: string) =>
      answer(api.POST('/api/projects/{project_id}/billing/periods', { params: inProject(projectId), body: { month } })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: projectKey(projectId, 'closed-months') }),
        client.invalidateQueries({ queryKey: usageKey(projectId) }),
      ]),
  })
}
