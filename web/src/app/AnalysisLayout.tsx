// Every analytic page: the filter bar under the title, then the page.
import { Button } from '@mantine/core'
import { IconBookmark } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useMatchRoute, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { segmentsQuery } from '../api/segments'
import { sharedPage } from '../api/shared'
import { useFreshness } from '../api/useFreshness'
import { UNUSED as UNUSED_BY_BOTS } from '../features/bots/model'
import { UNUSED as UNUSED_BY_ERRORS } from '../features/errors/model'
import { UNUSED as UNUSED_BY_FORMS } from '../features/forms/model'
import { UNUSED } from '../features/heatmaps/model'
import { sessionFilters } from '../features/sessions/filters'
import { parseSessionsSearch } from '../features/sessions/model'
import { UNUSED as UNUSED_BY_RETENTION } from '../features/visitor-retention/model'
import { type AnalysisSearch, activeFilters, analysisOf, parseAnalysis } from '../lib/analysis'
import { isSame, parseFilters } from '../lib/filters'
import { ComparisonProvider } from '../ui/comparison'
import { FilterBar } from '../ui/filters/FilterBar'
import type { PageFilters } from '../ui/filters/pageFilters'
import { SuggestionsContext } from '../ui/filters/suggestions'
import { lazily } from '../ui/lazily'
import { carriedOver } from './carriedOver'
import classes from './Frame.module.css'
import { suggestionsOf } from './suggestions'
import { useComparisonGap } from './useComparisonGap'

const SegmentMenu = lazily(
  () => import('../features/segments/SegmentMenu').then((menu) => menu.SegmentMenu),
  () => (
    <Button variant="subtle" color="gray" aria-disabled leftSection={<IconBookmark size={14} />}>
      Segments
    </Button>
  ),
)
const ComparisonPicker = lazily(
  () => import('../ui/filters/ComparisonPicker').then((picker) => picker.ComparisonPicker),
  () => <span className={classes.comparison} />,
)
const ShareMenu = lazily(() => import('../features/share-links/ShareMenu').then((menu) => menu.ShareMenu))

/** Of pages that cannot use all filters, and have none of their own. */
const without = (unused: PageFilters['unused'] & {}): PageFilters => ({
  heading: '',
  filters: [],
  chips: [],
  toggles: [],
  unused,
})

export function AnalysisLayout() {
  const { projectId } = useParams({ from: '/p/$projectId' })
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const freshness = useFreshness(projectId)
  const isAt = useMatchRoute()
  const isOverview = Boolean(isAt({ to: '/p/$projectId/overview' }))
  const hasFriction = Boolean(isAt({ to: '/p/$projectId/friction' }))
  const link = sharedPage()
  const compares =
    isOverview ||
    hasFriction ||
    Boolean(isAt({ to: '/p/$projectId/acquisition' })) ||
    Boolean(isAt({ to: '/p/$projectId/boards/$boardId' }))
  const asked = analysisOf(search)
  const gap = useComparisonGap(projectId, asked)
  const filters = activeFilters(asked)
  const [isChoosing, setChoosing] = useState(false)
  // The first figures do not wait for names that nothing on the page needs.
  const needsNames = !link && (filters.length > 0 || asked.vs !== undefined || isChoosing)
  const segments = useQuery({ ...segmentsQuery(projectId), enabled: needsNames }).data?.segments
  const segment =
    filters.length > 0 ? segments?.find((saved) => isSame(parseFilters(saved.filters), filters)) : undefined
  const change = (next: AnalysisSearch) =>
    void navigate({ to: '.', search: { ...carriedOver(search), ...next }, resetScroll: false })
  const show = (next: object) => void navigate({ to: '.', search: next, resetScroll: false })
  const pageFilters = (): PageFilters | undefined => {
    if (isAt({ to: '/p/$projectId/sessions' })) return sessionFilters(parseSessionsSearch(search), show)
    if (isAt({ to: '/p/$projectId/heatmaps' })) return without(UNUSED)
    if (isAt({ to: '/p/$projectId/errors', fuzzy: true })) return without(UNUSED_BY_ERRORS)
    if (isAt({ to: '/p/$projectId/retention' })) return without(UNUSED_BY_RETENTION)
    if (isAt({ to: '/p/$projectId/forms' })) return without(UNUSED_BY_FORMS)
    if (isAt({ to: '/p/$projectId/bots' })) return without(UNUSED_BY_BOTS)
    return undefined
  }
  return (
    <div className={classes.analysis}>
      <SuggestionsContext.Provider value={suggestionsOf(projectId, asked)}>
        <FilterBar
          search={asked}
          onChange={change}
          hasFriction={hasFriction}
          page={pageFilters()}
          segment={segment}
          segments={<SegmentMenu projectId={projectId} search={asked} onChange={change} />}
          share={<ShareMenu projectId={projectId} search={search} />}
          fixed={link ? activeFilters(parseAnalysis(Object.fromEntries(new URLSearchParams(link.search)))) : undefined}
          comparison={
            compares && !link ? (
              <ComparisonPicker
                search={asked}
                onChange={change}
                segments={isOverview ? (segments ?? []) : undefined}
                onOpen={() => setChoosing(true)}
              />
            ) : undefined
          }
          {...freshness}
        />
      </SuggestionsContext.Provider>
      <ComparisonProvider value={{ missing: gap, segment: null }}>
        <Outlet />
      </ComparisonProvider>
    </div>
  )
}
