// Performance: how fast pages feel, by the web vitals, in all and page by page.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { IconGauge } from '@tabler/icons-react'
import { analysisOf } from '../../lib/analysis'
import { Result } from '../../ui/Result'
import { BlockSkeleton, Empty, RowsSkeleton } from '../../ui/States'
import { allVitalPages, vitalsQuery } from './api'
import { VitalCards } from './VitalCards'
import { VitalPages } from './VitalPages'
import classes from './Performance.module.css'

const route = getRouteApi('/p/$projectId/analysis/performance')

export function PerformancePage() {
  const { projectId } = route.useParams()
  const search = analysisOf(route.useSearch())
  const vitals = useQuery(vitalsQuery(projectId, search))
  return (
    <Result isFramed what="The web vitals" question={vitals} skeleton={<PerformanceSkeleton />}>
      {(data) =>
        data.metrics.every((metric) => metric.samples === 0) ? (
          <div className={classes.empty}>
            <Empty icon={IconGauge} title="No measurements in this period">
              The tracker measures every page view automatically in browsers that support web vitals.
            </Empty>
          </div>
        ) : (
          <div className={classes.page}>
            <VitalCards metrics={data.metrics} />
            <VitalPages pages={data.pages} isStale={vitals.isPlaceholderData} list={() => allVitalPages(projectId, search)} />
          </div>
        )
      }
    </Result>
  )
}

function PerformanceSkeleton() {
  return (
    <div className={classes.page}>
      <div className={classes.cards}>
        {[1, 2, 3, 4, 5, 6, 7].map((key) => (
          <div key={key} className={classes.card}>
            <BlockSkeleton height={104} />
          </div>
        ))}
      </div>
      <div className={classes.empty}>
        <RowsSkeleton rows={10} />
      </div>
    </div>
  )
}
