// Performance: how fast pages feel, by the web vitals, in all and page by page.

import { IconGauge } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { sharedPage } from '../../api/shared'
import { analysisOf } from '../../lib/analysis'
import { Result } from '../../ui/Result'
import { BlockSkeleton, Empty, RowsSkeleton } from '../../ui/States'
import { allVitalPages } from './api'
import classes from './Performance.module.css'
import { useVitals } from './useVitals'
import { VitalCards } from './VitalCards'
import { VitalGroups } from './VitalGroups'
import { VitalPages } from './VitalPages'

const route = getRouteApi('/p/$projectId/analysis/performance')

export function PerformancePage() {
  const { projectId } = route.useParams()
  const { by, ...rest } = route.useSearch()
  const search = analysisOf(rest)
  const navigate = route.useNavigate()
  const { vitals, before } = useVitals(projectId, search)
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
            <VitalCards metrics={data.metrics} before={before?.metrics} />
            {/* Their countries and devices are asked of Acquisition, whose revenue a link to this page does not show. */}
            {!sharedPage() && (
              <VitalGroups
                projectId={projectId}
                search={search}
                by={by ?? 'country'}
                onBy={(next) =>
                  void navigate({
                    search: { ...search, ...(next === 'country' ? {} : { by: next }) },
                    resetScroll: false,
                  })
                }
                onNarrow={(narrowed) => void navigate({ search: { ...narrowed, ...(by ? { by } : {}) } })}
              />
            )}
            <VitalPages
              pages={data.pages}
              before={before?.pages}
              isStale={vitals.isPlaceholderData}
              list={() => allVitalPages(projectId, search)}
            />
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
