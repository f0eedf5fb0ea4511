// The map that an address names: the page, layer and width, with their answers.
import { useQuery } from '@tanstack/react-query'
import { useRole } from '../../api/useRole'
import { heatmapQuery, pagesQuery, shotsQuery } from './api'
import { ALL_WIDTHS, type HeatmapSearch, type Layer, usualWidth } from './model'

/** The page that is shown: the most viewed one where none is named. */
export function usePages(projectId: string, search: HeatmapSearch) {
  const pages = useQuery(pagesQuery(projectId, search))
  return { pages, path: search.path ?? pages.data?.pages[0]?.path }
}

export function useHeatmap(projectId: string, search: HeatmapSearch, path: string) {
  const { may } = useRole(projectId)
  const layer: Layer = search.layer ?? 'clicks'
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

  return {
    layer,
    width,
    widths: (map.data ?? whole.data)?.widths,
    /** Of the width that is shown. */
    map: width === undefined ? whole : map,
    /** What shows the page under its map; analysts alone may see it. */
    shots: {
      ...shotsQuery(projectId, search, path, width ?? ALL_WIDTHS),
      enabled: width !== undefined && may('analyst'),
    },
  }
}
