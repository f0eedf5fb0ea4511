// Whether the period on screen can be compared with the one before, or the reason why not.
import { useQuery } from '@tanstack/react-query'
import { sharedPage } from '../api/shared'
import { overviewQuery } from '../features/overview/api'
import { type AnalysisSearch, NO_COMPARISON, toQuery, withoutFilters } from '../lib/analysis'
import { isCovered, isOlderThan } from '../lib/comparison'
import { useProject } from './useProject'

const NOT_WANTED = 'No comparison is chosen.'
const A_SEGMENT = 'Compared with a segment: only the key figures of the Overview are.'
const BEFORE_THE_FIRST_EVENT = 'No comparison: the previous period starts before the first event.'

/** Asked only where the project may be too young; filters play no part in when its events begin, so that a shared page, whose stay, cannot ask. */
export function useComparisonGap(projectId: string, search: AnalysisSearch): string | null {
  const { project } = useProject(projectId)
  const isInDoubt =
    search.vs === undefined && project !== undefined && isOlderThan(project.created_at, toQuery(search, Date.now()))
  const { data } = useQuery({
    ...overviewQuery(projectId, withoutFilters(search)),
    enabled: isInDoubt && !sharedPage(),
  })
  const isComparable = !isInDoubt || (data !== undefined && isCovered(data.period, data.previous_series))
  if (search.vs !== undefined) return search.vs === NO_COMPARISON ? NOT_WANTED : A_SEGMENT
  return isComparable ? null : BEFORE_THE_FIRST_EVENT
}
