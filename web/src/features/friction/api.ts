// The questions about friction.
import { api } from '../../api/client'
import { pagedQuestion, question } from '../../api/question'
import { wholeList } from '../../api/wholeList'
import { toQuery, type AnalysisSearch } from '../../lib/analysis'
import type { Sort } from './model'

export const kindsQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'friction/kinds', search, (request) => api.GET('/api/projects/{project_id}/friction/kinds', request)),
  meta: { follows: ['friction'] },
})

export const itemsQuery = (projectId: string, search: AnalysisSearch, sort: Sort) =>
  pagedQuestion(
    projectId,
    'friction/items',
    search,
    ({ params, signal }, page) =>
      api.GET('/api/projects/{project_id}/friction/items', { params: { ...params, query: { ...params.query, ...page, sort, limit: 50 } }, signal }),
    sort,
  )

export const pagesQuery = (projectId: string, search: AnalysisSearch, limit: number) =>
  pagedQuestion(
    projectId,
    'friction/pages',
    search,
    ({ params, signal }, page) =>
      api.GET('/api/projects/{project_id}/friction/pages', { params: { ...params, query: { ...params.query, ...page, limit } }, signal }),
    limit,
  )

export const allItems = (projectId: string, search: AnalysisSearch, sort: Sort) =>
  wholeList('/api/projects/{project_id}/friction/items', { project_id: projectId }, { ...toQuery(search, Date.now()), sort })

export const allFrictionPages = (projectId: string, search: AnalysisSearch) =>
  wholeList('/api/projects/{project_id}/friction/pages', { project_id: projectId }, toQuery(search, Date.now()))

export const overviewQuery = (projectId: string, search: AnalysisSearch) =>
  question(projectId, 'overview', search, (request) => api.GET('/api/projects/{project_id}/overview', request))

export const eventsQuery = (projectId: string, search: AnalysisSearch) => ({
  ...question(projectId, 'friction/events', search, ({ params, signal }) =>
    api.GET('/api/projects/{project_id}/events', { params: { ...params, query: { ...params.query, friction_only: true, limit: 50 } }, signal }),
  ),
  meta: { follows: ['friction'] },
})
