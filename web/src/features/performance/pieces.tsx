// The measurements of performance as pieces of boards.
import { analysisOf } from '../../lib/analysis'
import { VITAL_NAMES, vital } from '../../lib/vitals'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { allVitalPages } from './api'
import { parsePerformanceSearch, pieceOf } from './model'
import { useVitals } from './useVitals'
import { VitalCard } from './VitalCards'
import { VitalGroups } from './VitalGroups'
import { VitalPages } from './VitalPages'

function Measurement({ projectId, search, metric }: PieceProps & { metric: string }) {
  const { vitals, before } = useVitals(projectId, analysisOf(search))
  const { short } = vital(metric)
  return (
    <TileResult title={short} what="The web vitals" question={vitals} height={104}>
      {({ metrics }) => {
        const found = metrics.find((one) => one.metric === metric)
        return found ? (
          <VitalCard metric={found} before={before?.metrics.find((one) => one.metric === metric)?.p75} />
        ) : (
          <Card title={short}>
            <Empty title="No measurements in this period" />
          </Card>
        )
      }}
    </TileResult>
  )
}

function PagesPiece({ projectId, search: raw }: PieceProps) {
  const search = analysisOf(raw)
  const { vitals, before } = useVitals(projectId, search)
  return (
    <TileResult title="Pages" what="The web vitals" question={vitals} height={304}>
      {(data) => (
        <VitalPages
          pages={data.pages}
          before={before?.pages}
          isStale={vitals.isPlaceholderData}
          list={() => allVitalPages(projectId, search)}
        />
      )}
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  ...VITAL_NAMES.map(
    (metric): Piece => ({
      id: pieceOf(metric),
      title: vital(metric).name,
      kind: 'figure',
      width: 1,
      component: (props) => <Measurement {...props} metric={metric} />,
    }),
  ),
  { id: 'performance.pages', title: 'Web vitals by page', kind: 'table', width: 4, component: PagesPiece },
  {
    id: 'performance.groups',
    title: 'Web vitals by country, device or browser',
    kind: 'table',
    width: 4,
    isForMembers: true,
    component: ({ projectId, search, onShow }) => {
      const { by = 'country' } = parsePerformanceSearch(search)
      return (
        <VitalGroups
          projectId={projectId}
          search={analysisOf(search)}
          by={by}
          onBy={(next) => onShow({ ...search, by: next })}
          onNarrow={(narrowed) => onShow({ ...search, ...narrowed })}
        />
      )
    },
  },
]
