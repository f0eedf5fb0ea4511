// Goals of a project: listing, changing, and how often they are reached.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { AnalysisSearch } from '../lib/analysis'
import { answer, api } from './client'
import { projectKey, questionsOf } from './keys'
import { question } from './question'
import type { components } from './schema.gen'

type Schemas = components['schemas']
export type Goal = Schemas['Goal']
export type NewGoal = Schemas['NewGoal']
export type GoalConversion = Schemas['GoalConversion']
export type GoalOverview = Schemas['GoalOverview']

const CONVERSIONS = 'goal-conversions'
const inProject = (projectId: string) => ({ path: { project_id: projectId } })
const keyOf = (projectId: string) => projectKey(projectId, 'goals')

export const goalsQuery = (projectId: string) =>
  queryOptions({
    queryKey: keyOf(projectId),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/goals', { params: inProject(projectId), signal })),
    select: (data) => data.goals,
  })

/** It reads every session of the period, so it is asked again by Refresh, and when a customer may have done something. */
export const goalConversionsQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, CONVERSIONS, search, (request) =>
    api.GET('/api/projects/{project_id}/goal-conversions', request),
  ),
  meta: { follows: ['customer'] },
})

/** The currency of the project's amounts that name none; null for the server's. */
export const defaultCurrencyQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'default-currency'),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/settings', { params: inProject(projectId), signal })).then(
        (settings) => settings.default_currency,
      ),
  })

/** The document says of rules only that they are JSON. */
function stagesOf(rules: unknown): string[] {
  const { rules: list } = rules as { rules: { status?: { to: string } | null }[] }
  return [...new Set(list.flatMap(({ status }) => (status ? [status.to] : [])))]
}

/** The stages that the project's rules give. */
export const stagesQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'stages'),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/crm/rules', { params: inProject(projectId), signal })),
    select: ({ rules }) => stagesOf(rules),
  })

function useRefresh(projectId: string) {
  const client = useQueryClient()
  return () =>
    Promise.all(
      [keyOf(projectId), [...questionsOf(projectId), CONVERSIONS]].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
}

export function useCreateGoal(projectId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: (body: NewGoal): Promise<Goal> =>
      answer(api.POST('/api/projects/{project_id}/goals', { params: inProject(projectId), body })),
    onSuccess: refresh,
  })
}

/** Replaces the version that was loaded. */
export function useChangeGoal(projectId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: ({ id, version, change }: { id: string; version: number; change: NewGoal }): Promise<Goal> =>
      answer(
        api.PUT('/api/projects/{project_id}/goals/{goal_id}', {
          params: { path: { project_id: projectId, goal_id: id } },
          body: { ...change, version },
        }),
      ),
    onSettled: refresh,
  })
}

export function useDeleteGoal(projectId: string) {
  const refresh = useRefresh(projectId)
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.DELETE('/api/projects/{project_id}/goals/{goal_id}', {
          params: { path: { project_id: projectId, goal_id: id } },
        }),
      ),
    onSuccess: refresh,
  })
}
