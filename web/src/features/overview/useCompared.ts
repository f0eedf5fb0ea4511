// The key figures' answers, compared with the period before or with a segment of the same period.
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { segmentsQuery } from '../../api/segments'
import type { Overview } from '../../api/types'
import type { AnalysisSearch } from '../../lib/analysis'
import { comparisonName } from '../../lib/comparison'
import { type Comparison, useComparison } from '../../ui/comparison'
import { engagementQuery, overviewQuery } from './api'
import type { Engagement } from './engagement'
import { comparedWith, segmentOf } from './model'

export function useCompared(
  projectId: string,
  search: AnalysisSearch,
  engagement: UseQueryResult<Engagement>,
): {
  /** The overview with what it is compared with. */
  compared: (overview: Overview) => Overview
  engaged: UseQueryResult<Engagement>
  comparison: Comparison
} {
  const segment = segmentOf(search)
  const isAsked = segment !== undefined
  const other = useQuery({ ...overviewQuery(projectId, segment ?? search), enabled: isAsked })
  const otherEngagement = useQuery({ ...engagementQuery(projectId, segment ?? search), enabled: isAsked })
  const segments = useQuery({ ...segmentsQuery(projectId), enabled: isAsked })
  const period = useComparison()
  // Until all of the segment's figures are there, nothing is compared with it.
  const isKnown = isAsked && !other.isPlaceholderData && !otherEngagement.isPlaceholderData
  const against =
    isKnown && other.data && otherEngagement.data
      ? { overview: other.data, engagement: otherEngagement.data }
      : undefined
  return {
    compared: (overview) => (against ? comparedWith(overview, against.overview) : overview),
    engaged:
      against && engagement.data
        ? ({ ...engagement, data: comparedWith(engagement.data, against.engagement) } as UseQueryResult<Engagement>)
        : engagement,
    comparison: against ? { missing: null, segment: comparisonName(search.vs ?? '', segments.data?.segments) } : period,
  }
}
