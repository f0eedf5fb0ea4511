// What an error costs, as another feature estimates it.
import type { AnalysisSearch } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import type { ErrorDetail } from './api'
import { errorName } from './model'
import type { ErrorParts } from './parts'

type Props = ErrorParts & { projectId: string; search: AnalysisSearch; error: ErrorDetail }

export function GroupCost({ projectId, search, error, Cost }: Props) {
  return (
    <Card title="Cost" piece="error.cost">
      <Cost
        projectId={projectId}
        search={search}
        item={{ error_group: error.error_group, error_message: errorName(error) }}
      />
    </Card>
  )
}
