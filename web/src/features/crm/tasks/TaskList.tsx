// The list of tasks that an address names, with what is done about each.
import { Result } from '../../../ui/Result'
import { CardSkeleton } from '../../../ui/States'
import { useActOnTask } from './api'
import { type TasksSearch, UNASSIGNED } from './model'
import { TaskTable } from './TaskTable'
import type { ListedTasks } from './useTasks'

type Props = { projectId: string; search: TasksSearch; listed: ListedTasks; onOpen: (contactId: string) => void }

export function TaskList({ projectId, search, listed: { tab, query, rows, list }, onOpen }: Props) {
  const { act } = useActOnTask(projectId)
  const { priority, assigned, open } = search
  return (
    <Result isFramed what="The tasks" question={query} skeleton={<CardSkeleton height={420} />}>
      {() => (
        <TaskTable
          key={tab}
          projectId={projectId}
          tab={tab}
          tasks={rows}
          list={list}
          isNarrower={tab === 'overdue' || assigned === UNASSIGNED}
          isFiltered={priority !== undefined || assigned !== undefined}
          isStale={query.isPlaceholderData}
          hasMore={query.hasNextPage}
          isLoadingMore={query.isFetchingNextPage}
          openContact={open}
          onMore={() => void query.fetchNextPage()}
          onOpen={onOpen}
          onAct={act}
        />
      )}
    </Result>
  )
}
