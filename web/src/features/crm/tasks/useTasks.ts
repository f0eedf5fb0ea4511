// The tasks that an address names, in the order shown, and how many are open and overdue.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { uniqueRows } from '../../../api/question'
import { meQuery } from '../../../api/session'
import { useNow } from '../../../ui/Figures'
import { allTasks, tasksQuery, usePending } from './api'
import { inOrder, isAssigned, isOverdue, ME, type TasksSearch, type TaskTab, UNASSIGNED } from './model'

export type ListedTasks = ReturnType<typeof useTasks>

export function useTasks(projectId: string, { tab, priority, assigned }: TasksSearch) {
  const { data: me } = useQuery(meQuery)
  const pending = usePending(projectId)
  const now = useNow(30_000)
  const shownTab: TaskTab = tab === undefined || tab === 'mentions' ? 'open' : tab
  const status: 'open' | 'done' = shownTab === 'done' ? 'done' : 'open'

  const narrowed = priority === undefined ? {} : { priority }
  const opened = useInfiniteQuery(tasksQuery(projectId, { status: 'open', ...narrowed }))
  const done = useInfiniteQuery({
    ...tasksQuery(projectId, { status: 'done', ...narrowed }),
    enabled: status === 'done',
  })

  const rowsOf = (query: typeof opened, shown: 'open' | 'done') =>
    uniqueRows(query.data?.pages.map((page) => page.tasks) ?? [], (task) => task.id)
      .map(pending)
      .filter((task) => task.status === shown && isAssigned(task, assigned, me?.member.id))
  const openRows = inOrder(rowsOf(opened, 'open'), now)
  const overdue = openRows.filter((task) => isOverdue(task, now))
  const rows = { open: openRows, overdue, done: status === 'done' ? rowsOf(done, 'done') : [] }[shownTab]

  const assignee = assigned === ME ? me?.member.id : assigned === UNASSIGNED ? undefined : assigned
  const list = () =>
    allTasks(projectId, { status, ...narrowed, ...(assignee === undefined ? {} : { assigned_to: assignee }) })
  return {
    tab: shownTab,
    query: status === 'done' ? done : opened,
    rows,
    opened: { rows: openRows, hasMore: opened.hasNextPage },
    overdue,
    /** The same tasks as the server lists them. */
    list,
  }
}
