// Heatmaps: where on a page visitors click, point and get stuck, and how far they see it.

import { IconEyeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useRole } from '../../api/useRole'
import { activeFilters, withFilter } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { Result } from '../../ui/Result'
import { Empty } from '../../ui/States'
import { heatmapQuery, pagesQuery, shotsQuery } from './api'
import { Controls } from './Controls'
import classes from './Heatmaps.module.css'
import { LoadingMap } from './LoadingMap'
import { ALL_WIDTHS, type HeatmapSearch, scopeOf, usualWidth } from './model'
import { PageMap } from './PageMap'

const route = getRouteApi('/p/$projectId/analysis/heatmaps')

export function HeatmapsPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const pages = useQuery(pagesQuery(projectId, search))
  const path = search.path ?? pages.data?.pages[0]?.path
  if (path !== undefined)
    return <HeatmapOf projectId={projectId} search={search} path={path} pages={pages.data?.pages ?? []} />
  const isFiltered = activeFilters(withFilter(scopeOf(search), 'path', undefined)).length > 0
  return (
    <Result what="The list of pages" question={pages} skeleton={<LoadingMap />} isFramed>
      {() => (
        <Card title="Heatmap">
          <Empty icon={IconEyeOff} title="No page was viewed in this period">
            {isFiltered
              ? 'No page view matches the filters. Remove a filter, or choose a longer period.'
              : 'A heatmap shows where visitors click, get stuck and how far they scroll, as soon as your pages send events.'}
          </Empty>
        </Card>
      )}
    </Result>
  )
}

type Props = {
  projectId: string
  search: HeatmapSearch
  path: string
  pages: readonly { path: string; views: number }[]
}

function HeatmapOf({ projectId, search, path, pages }: Props) {
  const navigate = route.useNavigate()
  const change = useCallback(
    (next: (search: HeatmapSearch) => HeatmapSearch) =>
      void navigate({ search: (latest) => next(latest), resetScroll: false }),
    [navigate],
  )
  const { may } = useRole(projectId)
  const layer = search.layer ?? 'clicks'
  // Which width is shown first depends on how many views each has.
  const whole = useQuery({
    ...heatmapQuery(projectId, search, path, layer, ALL_WIDTHS),
    enabled: search.width === undefined,
  })
  const width = search.width ?? (whole.data && usualWidth(whole.data))
  const map = useQuery({
    ...heatmapQuery(projectId, search, path, layer, width ?? ALL_WIDTHS),
    enabled: width !== undefined,
  })
  const shots = useQuery({
    ...shotsQuery(projectId, search, path, width ?? ALL_WIDTHS),
    enabled: width !== undefined && may('analyst'),
  })
  return (
    <div className={classes.page}>
      <Controls
        search={search}
        path={path}
        pages={pages}
        layer={layer}
        width={width}
        widths={(map.data ?? whole.data)?.widths}
        shots={shots.data}
        onChange={change}
      />
      <Result what="The heatmap" question={width === undefined ? whole : map} skeleton={<LoadingMap />} isFramed>
        {(answer) => (
          <PageMap
            projectId={projectId}
            search={search}
            answer={answer}
            layer={layer}
            width={width ?? ALL_WIDTHS}
            shots={shots}
            isStale={map.isPlaceholderData}
            onChange={change}
          />
        )}
      </Result>
    </div>
  )
}
