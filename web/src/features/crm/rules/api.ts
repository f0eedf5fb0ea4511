// The rules of a project's CRM, as one versioned document, and those it began with.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../../api/client'
import { projectKey } from '../../../api/keys'
import type { components } from '../../../api/schema.gen'
import type { Versioned } from '../../../ui/form/versionedDraft'
import { type RuleSet, readRules, writeRules } from './rules'

type Schemas = components['schemas']

export type RulesDryRun = Schemas['RulesDryRun']

const keyOf = (projectId: string) => projectKey(projectId, 'crm-rules')
const inProject = (projectId: string) => ({ path: { project_id: projectId } })
const versionedOf = ({ version, rules }: Schemas['CrmRules']): Versioned<RuleSet> => ({
  version,
  value: readRules(rules),
})

export const rulesQuery = (projectId: string) =>
  queryOptions({
    queryKey: keyOf(projectId),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/crm/rules', { params: inProject(projectId), signal })).then(
        versionedOf,
      ),
  })

export const defaultRulesQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'default-crm-rules'),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/projects/{project_id}/crm/default-rules', { params: inProject(projectId), signal })).then(
        ({ rules }) => readRules(rules),
      ),
    staleTime: Infinity,
  })

export function useSaveRules(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, value }: Versioned<RuleSet>) =>
      // The document describes the rules as any object.
      answer(
        api.PUT('/api/projects/{project_id}/crm/rules', {
          params: inProject(projectId),
          body: { version, rules: writeRules(value) as Schemas['NewCrmRules']['rules'] },
        }),
      ).then(versionedOf),
    onSuccess: (saved) => client.setQueryData(keyOf(projectId), saved),
  })
}

/** What rules would have changed in the last days; changes nothing. */
export function useDryRun(projectId: string) {
  return useMutation({
    mutationFn: ({ rules, days }: { rules: RuleSet; days: number }) =>
      answer(
        api.POST('/api/projects/{project_id}/crm/rules/dry-run', {
          params: inProject(projectId),
          body: { days, rules: writeRules(rules) as Schemas['RulesToTry']['rules'] },
        }),
      ),
  })
}
