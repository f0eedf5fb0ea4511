// The question of the acquisition page: sessions by a value of where they came from, where they began, and what they used.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { keepPreviousWithinProject, questionKey } from '../../api/keys'
import type { components } from '../../api/schema.gen'
import { type WholeList, wholeList } from '../../api/wholeList'
import type { Breakdown } from '../../lib/breakdowns'
import { type AcquisitionSearch, acquisitionParams, scopeOf } from './model'

type Schemas = components['schemas']
export type Acquisition = Schemas['Acquisition']
export type AcquisitionFigures = Schemas['AcquisitionTotals']
export type AcquisitionRow = Schemas['AcquisitionRow']
export type Sum = Schemas['Amount']

const PATH = '/api/projects/{project_id}/acquisition'

const ask = (
  projectId: string,
  search: AcquisitionSearch,
  by: Breakdown,
  limit: number,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Acquisition> =>
  answer(
    api.GET(PATH, {
      params: {
        path: { project_id: projectId },
        query: { ...acquisitionParams(search, by, Date.now()), limit, ...(cursor === undefined ? {} : { cursor }) },
      },
      signal,
    }),
  )

/** It reads every session of the period, so it is asked again by Refresh and not with every event. */
const STILL = { meta: { isStill: true }, staleTime: 60_000 }

/** Rows of a card. */
export const CARD_ROWS = 8

export const topQuery = (projectId: string, search: AcquisitionSearch, by: Breakdown) =>
  queryOptions<Acquisition>({
    queryKey: questionKey(projectId, 'acquisition/top', scopeOf(search), by),
    queryFn: ({ signal }) => ask(projectId, search, by, CARD_ROWS, undefined, signal),
    // The library's types do not exclude that an answer is a function.
    placeholderData: keepPreviousWithinProject<Acquisition>(projectId) as never,
    ...STILL,
  })

const ROWS_PER_PAGE = 50

export const rowsQuery = (projectId: string, search: AcquisitionSearch, by: Breakdown) =>
  infiniteQueryOptions({
    queryKey: questionKey(projectId, 'acquisition', scopeOf(search), by),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => ask(projectId, search, by, ROWS_PER_PAGE, pageParam, signal),
    getNextPageParam: (page: Acquisition) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousWithinProject(projectId),
    ...STILL,
  })

export const allRows = (projectId: string, search: AcquisitionSearch, by: Breakdown): WholeList =>
  wholeList(PATH, { project_id: projectId }, acquisitionParams(search, by, Date.now()))
