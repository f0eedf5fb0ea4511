// The key figures and their chart, compared with the period before or with a segment of the same period.
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { segmentsQuery } from '../../api/segments'
import type { Overview } from '../../api/types'
import type { AnalysisSearch } from '../../lib/analysis'
import { comparisonName } from '../../lib/comparison'
import { ComparisonProvider, useComparison } from '../../ui/comparison'
import { engagementQuery, overviewQuery } from './api'
import { EngagementFigures } from './EngagementFigures'
import type { Engagement } from './engagement'
import { KeyFigures } from './KeyFigures'
import { comparedWith, type OverviewMetric, segmentOf } from './model'
import { Traffic } from './Traffic'

type Props = {
  projectId: string
  search: AnalysisSearch
  overview: Overview
  engagement: UseQueryResult<Engagement>
  metric: OverviewMetric
  onChoose: (metric: OverviewMetric) => void
  onRange: (range: { from: string; to: string }) => void
}

export function ComparedFigures({ projectId, search, overview, engagement, metric, onChoose, onRange }: Props) {
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
  const data = against ? comparedWith(overview, against.overview) : overview
  const engaged =
    against && engagement.data
      ? ({ ...engagement, data: comparedWith(engagement.data, against.engagement) } as UseQueryResult<Engagement>)
      : engagement
  const comparison = against
    ? { missing: null, segment: comparisonName(search.vs ?? '', segments.data?.segments) }
    : period
  return (
    <ComparisonProvider value={comparison}>
      <KeyFigures overview={data} chosen={metric} onChoose={onChoose}>
        <EngagementFigures overview={data} engagement={engaged} chosen={metric} onChoose={onChoose} />
        <Traffic
          projectId={projectId}
          search={search}
          overview={data}
          engagement={engaged.data}
          metric={metric}
          onRange={onRange}
        />
      </KeyFigures>
    </ComparisonProvider>
  )
}
