// The empty task list: all is done, or the step that creates the first task.
import { IconChecks, IconClockCheck, IconFilterOff } from '@tabler/icons-react'
import { LinkButton } from '../../../ui/LinkButton'
import { Empty } from '../../../ui/States'
import type { Tab } from './model'

export function NoTasks({ projectId, tab, isFiltered }: { projectId: string; tab: Tab; isFiltered: boolean }) {
  if (isFiltered) return <Empty icon={IconFilterOff} title="No task matches">Choose another priority or member to see more.</Empty>
  if (tab === 'overdue') return <Empty icon={IconClockCheck} title="Nothing is overdue">Everything with a due time is still on time.</Empty>
  const contacts = (
    <LinkButton to="/p/$projectId/contacts" params={{ projectId }} variant="default">
      See the contacts
    </LinkButton>
  )
  if (tab === 'done') return <Empty icon={IconChecks} title="No task was done yet" action={contacts}>What you complete is listed here, and can be opened again.</Empty>
  return (
    <Empty icon={IconChecks} title="Nothing to do" action={contacts}>
      A task appears within two seconds when a customer abandons a booking, a payment fails, or a booking waits for its confirmation.
    </Empty>
  )
}
