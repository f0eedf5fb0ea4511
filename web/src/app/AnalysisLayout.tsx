// Every analytic page: the filter bar under the title, then the page.
import { Outlet, useMatchRoute, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useFreshness } from '../api/useFreshness'
import { parseAcquisitionSearch, withValue } from '../features/acquisition/model'
import { UNUSED as UNUSED_BY_ERRORS } from '../features/errors/model'
import { UNUSED } from '../features/heatmaps/model'
import { parseJourneySearch, withSessionFilter } from '../features/journeys/model'
import { sessionFilters } from '../features/sessions/filters'
import { parseSessionsSearch } from '../features/sessions/model'
import { UNUSED as UNUSED_BY_BOTS } from '../features/bots/model'
import { UNUSED as UNUSED_BY_RETENTION } from '../features/visitor-retention/model'
import { analysisOf, type AnalysisSearch } from '../lib/analysis'
import { ComparisonProvider } from '../ui/comparison'
import { FilterBar } from '../ui/filters/FilterBar'
import type { PageFilters } from '../ui/filters/pageFilters'
import { sessionPageFilters } from '../ui/filters/sessionFilters'
import { carriedOver } from './carriedOver'
import { useComparisonGap } from './useComparisonGap'
import classes from './Frame.module.css'

/** Of pages that cannot use all filters, and have none of their own. */
const without = (unused: PageFilters['unused'] & {}): PageFilters => ({ heading: '', filters: [], chips: [], toggles: [], unused })

export function AnalysisLayout() {
  const { projectId } = useParams({ from: '/p/$projectId' })
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const freshness = useFreshness(projectId)
  const isAt = useMatchRoute()
  const hasFriction = Boolean(isAt({ to: '/p/$projectId/friction' }))
  const gap = useComparisonGap(projectId, analysisOf(search))
  const change = (next: AnalysisSearch) => void navigate({ to: '.', search: { ...carriedOver(search), ...next }, resetScroll: false })
  const show = (next: object) => void navigate({ to: '.', search: next, resetScroll: false })
  const pageFilters = (): PageFilters | undefined => {
    if (isAt({ to: '/p/$projectId/sessions' })) return sessionFilters(parseSessionsSearch(search), show)
    if (isAt({ to: '/p/$projectId/acquisition' })) {
      const parsed = parseAcquisitionSearch(search)
      return sessionPageFilters(parsed, (filter, value) => show(withValue(parsed, filter, value)))
    }
    if (isAt({ to: '/p/$projectId/journeys' })) {
      const parsed = parseJourneySearch(search)
      return sessionPageFilters(parsed, (filter, value) => show(withSessionFilter(parsed, filter, value)))
    }
    if (isAt({ to: '/p/$projectId/heatmaps' })) return without(UNUSED)
    if (isAt({ to: '/p/$projectId/errors', fuzzy: true })) return without(UNUSED_BY_ERRORS)
    if (isAt({ to: '/p/$projectId/retention' })) return without(UNUSED_BY_RETENTION)
    if (isAt({ to: '/p/$projectId/bots' })) return without(UNUSED_BY_BOTS)
    return undefined
  }
  return (
    <div className={classes.analysis}>
      <FilterBar search={analysisOf(search)} onChange={change} hasFriction={hasFriction} page={pageFilters()} {...freshness} />
      <ComparisonProvider value={gap}>
        <Outlet />
      </ComparisonProvider>
    </div>
  )
}
