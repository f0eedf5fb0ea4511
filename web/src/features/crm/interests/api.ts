// What contacts look at most, in a period.
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../../api/client'
import { keepPreviousWithinProject, questionKey } from '../../../api/keys'
import type { components } from '../../../api/schema.gen'
import { resolvePreset } from '../../../lib/period'
import type { InterestsPeriod } from './model'

type Preferences = components['schemas']['Preferences']

export type SearchPatterns = components['schemas']['SearchPatterns']

/** Terms and combinations of the lists. */
const MOST_PATTERNS = 100

export const searchPatternsQuery = (projectId: string, period: InterestsPeriod) =>
  queryOptions<SearchPatterns>({
    queryKey: questionKey(projectId, 'crm/search-patterns', { period }),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/crm/search-patterns', {
          params: {
            path: { project_id: projectId },
            query: { ...resolvePreset(period, Date.now()), limit: MOST_PATTERNS },
          },
          signal,
        }),
      ),
    // The library's types do not exclude that an answer is a function.
    placeholderData: keepPreviousWithinProject<SearchPatterns>(projectId) as never,
  })

/** Items of the list. */
export const MOST_ITEMS = 200

export const projectInterestsQuery = (projectId: string, period: InterestsPeriod) =>
  queryOptions<Preferences>({
    queryKey: questionKey(projectId, 'crm/preferences', { period }),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/crm/preferences', {
          params: {
            path: { project_id: projectId },
            query: { ...resolvePreset(period, Date.now()), limit: MOST_ITEMS },
          },
          signal,
        }),
      ),
    // The library's types do not exclude that an answer is a function.
    placeholderData: keepPreviousWithinProject<Preferences>(projectId) as never,
  })
