// The questions of the heatmaps page: the map of a page, its snapshots, the pages to choose from, and the recording of a snapshot.
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey, questionKey } from '../../api/keys'
import { question } from '../../api/question'
import type { components } from '../../api/schema.gen'
import { type AnalysisSearch, toQuery, withFilter } from '../../lib/analysis'
import { boundsOf, type Layer, scopeOf, type Width } from './model'
import type { Shot } from './shots'

type Schemas = components['schemas']
export type Heatmap = Schemas['Heatmap']
export type HeatmapElement = Schemas['HeatmapElement']
export type WidthClass = Schemas['HeatmapWidth']

/** It reads every event of the page, so it is asked again by Refresh and not with every event. */
const STILL = { meta: { isStill: true }, staleTime: 60_000 }

export const heatmapQuery = (projectId: string, search: AnalysisSearch, path: string, layer: Layer, width: Width) => {
  const scope = { ...scopeOf(search), path }
  return queryOptions<Heatmap>({
    queryKey: questionKey(projectId, 'heatmap', scope, { layer, width }),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/heatmap', {
          params: {
            path: { project_id: projectId },
            query: { ...toQuery(scope, Date.now()), layer, ...boundsOf(width) },
          },
          signal,
        }),
      ),
    // What another page had must not lie on this one.
    placeholderData: ((previous: Heatmap | undefined, query: { queryKey: readonly unknown[] } | undefined) =>
      query?.queryKey[1] === projectId && previous?.path === path ? previous : undefined) as never,
    ...STILL,
  })
}

const SHOTS = 100

export const shotsQuery = (projectId: string, search: AnalysisSearch, path: string, width: Width) => {
  const scope = { ...scopeOf(search), path }
  return queryOptions<Shot[]>({
    queryKey: questionKey(projectId, 'heatmap/snapshots', scope, width),
    queryFn: async ({ signal }) => {
      const query = { ...toQuery(scope, Date.now()), ...boundsOf(width), limit: SHOTS }
      const { snapshots } = await answer(
        api.GET('/api/projects/{project_id}/heatmap/snapshots', {
          params: { path: { project_id: projectId }, query },
          signal,
        }),
      )
      return snapshots
    },
    ...STILL,
  })
}

const PAGES = 100

/** The most viewed first. */
export const pagesQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'heatmap/pages', withFilter(scopeOf(search), 'path', undefined), ({ params, signal }) =>
    api.GET('/api/projects/{project_id}/pages', {
      params: { ...params, query: { ...params.query, limit: PAGES } },
      signal,
    }),
  ),
  ...STILL,
})

/** The parts of a snapshot's recording. */
export const recordingQuery = (projectId: string, id: string) =>
  queryOptions({
    queryKey: [...projectKey(projectId, 'heatmap-recording'), id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/recordings/{recording_id}', {
          params: { path: { project_id: projectId, recording_id: id } },
          signal,
        }),
      ),
    // Its parts are handed over once.
    staleTime: Infinity,
  })
