// The boards of a project: listing, reading, creating, replacing and deleting them.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import type { components } from '../../api/schema.gen'

type Schemas = components['schemas']
export type Board = Schemas['Board']
export type BoardSummary = Schemas['BoardSummary']
export type BoardCard = Schemas['BoardCard']
export type BoardChange = Schemas['BoardChange']
/** All of it is sent, so that a change leaves nothing out. */
export type NewBoard = Required<Schemas['NewBoard']>

const LIST = '/api/projects/{project_id}/boards'
const ONE = '/api/projects/{project_id}/boards/{board_id}'
const NAME = 'boards'

const listPath = (projectId: string) => ({ path: { project_id: projectId } })
const onePath = (projectId: string, id: string) => ({ path: { project_id: projectId, board_id: id } })

export const boardsQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, NAME),
    queryFn: ({ signal }) => answer(api.GET(LIST, { params: listPath(projectId), signal })),
  })

export const boardQuery = (projectId: string, id: string) =>
  queryOptions({
    queryKey: [...projectKey(projectId, NAME), id],
    queryFn: ({ signal }) => answer(api.GET(ONE, { params: onePath(projectId, id), signal })),
  })

export const createBoard = (projectId: string, body: NewBoard): Promise<Board> =>
  answer(api.POST(LIST, { params: listPath(projectId), body }))

export const readBoard = (projectId: string, id: string): Promise<Board> =>
  answer(api.GET(ONE, { params: onePath(projectId, id) }))

export const replaceBoard = (projectId: string, id: string, body: BoardChange): Promise<Board> =>
  answer(api.PUT(ONE, { params: onePath(projectId, id), body }))

/** Takes what a request answered into the cache, and has the list read again. */
export function useStoreBoard(projectId: string) {
  const cache = useQueryClient()
  return (board: Board) => {
    cache.setQueryData(boardQuery(projectId, board.id).queryKey, board)
    void cache.invalidateQueries({ queryKey: projectKey(projectId, NAME), exact: true })
  }
}

export function useCreateBoard(projectId: string) {
  const store = useStoreBoard(projectId)
  return useMutation({ mutationFn: (body: NewBoard) => createBoard(projectId, body), onSuccess: store })
}

export function useDeleteBoard(projectId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE(ONE, { params: onePath(projectId, id) })),
    onSuccess: (_, id) => {
      cache.removeQueries({ queryKey: boardQuery(projectId, id).queryKey })
      return cache.invalidateQueries({ queryKey: projectKey(projectId, NAME), exact: true })
    },
  })
}
