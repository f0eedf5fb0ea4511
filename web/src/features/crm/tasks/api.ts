// Reading tasks, and acting on them: an action shows at once, and is taken back where the server refuses it.
import { type InfiniteData, useMutation, useMutationState, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../../api/client'
import { projectKey, questionKey, questionsOf } from '../../../api/keys'
import { pagedList } from '../../../api/list'
import type { NewTaskRequest, Task, TaskChange } from '../../../api/types'
import { wholeList } from '../../../api/wholeList'
import { toastDone, toastFailed, toastUndo } from '../../../ui/toast'
import { type Priority, taskTitle } from './model'

/** All that are open are read at once, so that they can be put into the order they are best done in. */
const MOST = 1_000

type TaskParams = { status: 'open' | 'done'; priority?: Priority; assigned_to?: string; contact_id?: string }

export const tasksQuery = (projectId: string, params: TaskParams) =>
  pagedList(projectId, 'tasks', params, ({ path, page, signal }) =>
    api.GET('/api/projects/{project_id}/tasks', {
      params: { path, query: { ...params, ...page, limit: params.status === 'open' ? MOST : 50 } },
      signal,
    }),
  )

export const allTasks = (projectId: string, params: TaskParams) =>
  wholeList('/api/projects/{project_id}/tasks', { project_id: projectId }, params)

type Action = { task: Task; change: TaskChange }

const actionKey = (projectId: string) => projectKey(projectId, 'act-on-task')

/** The changes under way, laid over the tasks as they were read. */
export function usePending(projectId: string): (task: Task) => Task {
  const actions = useMutationState({
    filters: { mutationKey: actionKey(projectId), status: 'pending' },
    select: (mutation) => mutation.state.variables as Action,
  })
  return (task) => {
    const changed = { ...task }
    for (const action of actions) if (action.task.id === task.id) Object.assign(changed, definedOf(action.change))
    return changed
  }
}

function definedOf({ status, assigned_to, snooze_until: until }: TaskChange): Partial<Task> {
  return {
    ...(status == null ? {} : { status }),
    ...(assigned_to === undefined ? {} : { assigned_to }),
    ...(until == null ? {} : { due_at: until }),
  }
}

export function useCreateTask(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewTaskRequest): Promise<Task> =>
      answer(api.POST('/api/projects/{project_id}/tasks', { params: { path: { project_id: projectId } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: questionsOf(projectId) }),
  })
}

export function useActOnTask(projectId: string) {
  const client = useQueryClient()
  const tasks = { queryKey: questionKey(projectId, 'tasks', {}).slice(0, 4) }
  const mutation = useMutation({
    mutationKey: actionKey(projectId),
    mutationFn: ({ task, change }: Action): Promise<Task> =>
      answer(
        api.PATCH('/api/projects/{project_id}/tasks/{task_id}', {
          params: { path: { project_id: projectId, task_id: task.id } },
          body: change,
        }),
      ),
    onSuccess: async (changed, { task, change }) => {
      // An answer that is still on its way may be older than this one.
      await client.cancelQueries(tasks)
      client.setQueriesData<InfiniteData<{ tasks: Task[] }>>(
        tasks,
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              tasks: page.tasks.map((row) => (row.id === changed.id ? changed : row)),
            })),
          },
      )
      void client.invalidateQueries({ queryKey: questionsOf(projectId) })
      if (change.status === 'done')
        toastUndo(`${taskTitle(task.title)} completed`, () =>
          mutation.mutate({ task: changed, change: { status: 'open' } }),
        )
      if (change.snooze_until != null) toastDone(`${taskTitle(task.title)} snoozed`)
      if (change.status === 'open') toastDone(`${taskTitle(task.title)} reopened`)
    },
    onError: (error, { task, change }) => toastFailed(`${taskTitle(task.title)} ${failureOf(change)}`, error),
  })
  return { act: (task: Task, change: TaskChange) => mutation.mutate({ task, change }) }
}

function failureOf({ status, snooze_until: until }: TaskChange): string {
  if (until != null) return 'was not snoozed'
  if (status === 'done') return 'was not completed'
  return status === 'open' ? 'was not reopened' : 'was not assigned'
}
