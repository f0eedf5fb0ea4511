// Comments on tasks, and the mentions of the signed-in member.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../../api/client'
import { projectKey, questionKey, questionsOf } from '../../../api/keys'
import { pagedList } from '../../../api/list'
import type { components } from '../../../api/schema.gen'
import { toastFailed } from '../../../ui/toast'

type Schemas = components['schemas']

export type TaskComment = Schemas['TaskComment']
export type Mention = Schemas['Mention']

export const commentsQuery = (projectId: string, taskId: string) =>
  queryOptions({
    queryKey: questionKey(projectId, 'task/comments', {}, taskId),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/tasks/{task_id}/comments', {
          params: { path: { project_id: projectId, task_id: taskId } },
          signal,
        }),
      ),
  })

type CommentChange = { kind: 'add'; text: string; mentions: string[] } | { kind: 'delete'; id: string }

export function useComments(projectId: string, taskId: string) {
  const client = useQueryClient()
  const path = { project_id: projectId, task_id: taskId }
  return useMutation({
    mutationFn: async (change: CommentChange): Promise<void> => {
      if (change.kind === 'add')
        await answer(
          api.POST('/api/projects/{project_id}/tasks/{task_id}/comments', {
            params: { path },
            body: { text: change.text, mentions: change.mentions },
          }),
        )
      else
        await answer(
          api.DELETE('/api/projects/{project_id}/tasks/{task_id}/comments/{comment_id}', {
            params: { path: { ...path, comment_id: change.id } },
          }),
        )
    },
    onSuccess: () => client.invalidateQueries({ queryKey: questionsOf(projectId) }),
    onError: (error, { kind }) =>
      toastFailed(kind === 'add' ? 'The comment was not saved' : 'The comment was not deleted', error),
  })
}

export const mentionsQuery = (projectId: string) =>
  pagedList(projectId, 'mentions', null, ({ path, page, signal }) =>
    api.GET('/api/projects/{project_id}/mentions', { params: { path, query: { ...page, limit: 50 } }, signal }),
  )

/** How many mentions are new: asked once a minute. */
export const unreadQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'unread-mentions'),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/mentions', {
          params: { path: { project_id: projectId }, query: { unread: true, limit: 1 } },
          signal,
        }),
      ).then(({ unread }) => unread),
    staleTime: 60_000,
    refetchInterval: 60_000,
  })

/** Without ids, all of them. */
export function useMarkRead(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (ids: string[] | null) =>
      answer(
        api.POST('/api/projects/{project_id}/mentions/read', {
          params: { path: { project_id: projectId } },
          body: ids === null ? {} : { ids },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: unreadQuery(projectId).queryKey })
      void client.invalidateQueries({ queryKey: questionsOf(projectId) })
    },
    onError: (error) => toastFailed('The mentions were not marked as read', error),
  })
}
