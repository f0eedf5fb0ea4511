// The empty task list: all is done, or the step that creates the first task.
import { IconChecks, IconClockCheck, IconFilterOff } from '@tabler/icons-react'
import { LinkButton } from '../../../ui/LinkButton'
import { Empty } from '../../../ui/States'
import type { TaskTab } from './model'

export function NoTasks({ projectId, tab, isFiltered }: { projectId: string; tab: TaskTab; isFiltered: boolean }) {
  if (isFiltered)
    return (
      <Empty icon={IconFilterOff} title="No tasks found">
        Choose another priority or member.
      </Empty>
    )
  if (tab === 'overdue')
    return (
      <Empty icon={IconClockCheck} title="No overdue tasks">
        All tasks with a due date are on time.
      </Empty>
    )
  const contacts = (
    <LinkButton to="/p/$projectId/contacts" params={{ projectId }} variant="default">
      Show contacts
    </LinkButton>
  )
  if (tab === 'done')
    return (
      <Empty icon={IconChecks} title="No completed tasks yet" action={contacts}>
        Completed tasks are listed here. You can reopen them.
      </Empty>
    )
  return (
    <Empty icon={IconChecks} title="No open tasks" action={contacts}>
      A task appears when a customer abandons a booking, a payment fails, or a booking needs confirmation.
    </Empty>
  )
}
