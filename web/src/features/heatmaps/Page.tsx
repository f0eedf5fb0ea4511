// Heatmaps: where on a page visitors click, point and get stuck, and how far they see it.

import { IconEyeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { activeFilters, withFilter } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { Result } from '../../ui/Result'
import { Empty } from '../../ui/States'
import { PieceSearchContext } from '../../ui/tile'
import { Controls } from './Controls'
import classes from './Heatmaps.module.css'
import { LoadingMap } from './LoadingMap'
import { ALL_WIDTHS, type HeatmapSearch, scopeOf } from './model'
import { PageMap } from './PageMap'
import { useHeatmap, usePages } from './useHeatmap'

const route = getRouteApi('/p/$projectId/analysis/heatmaps')

export function HeatmapsPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const { pages, path } = usePages(projectId, search)
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
  const { layer, width, widths, map, shots: asked } = useHeatmap(projectId, search, path)
  const shots = useQuery(asked)
  const shown = useMemo(() => ({ path, ...(width === undefined ? {} : { width }) }), [path, width])
  return (
    <div className={classes.page}>
      <Controls
        search={search}
        path={path}
        pages={pages}
        layer={layer}
        width={width}
        widths={widths}
        shots={shots.data}
        onChange={change}
      />
      <Result what="The heatmap" question={map} skeleton={<LoadingMap />} isFramed>
        {(answer) => (
          <PieceSearchContext value={shown}>
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
          </PieceSearchContext>
        )}
      </Result>
    </div>
  )
}
