// The key figures and their chart, with what they are compared with.
import type { UseQueryResult } from '@tanstack/react-query'
import type { Overview } from '../../api/types'
import type { AnalysisSearch } from '../../lib/analysis'
import { ComparisonProvider } from '../../ui/comparison'
import { EngagementFigures } from './EngagementFigures'
import type { Engagement } from './engagement'
import { KeyFigures } from './KeyFigures'
import type { OverviewMetric } from './model'
import { Traffic } from './Traffic'
import { useCompared } from './useCompared'

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
  const { compared, engaged, comparison } = useCompared(projectId, search, engagement)
  const data = compared(overview)
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
