// The assignee of a task, and a menu to assign it to somebody else.
import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconCheck, IconUserPlus } from '@tabler/icons-react'
import { meQuery } from '../../../api/session'
import type { Task, TaskChange } from '../../../api/types'
import { useMembers } from '../members'
import { initials } from './model'
import classes from './Tasks.module.css'

type Props = { projectId: string; task: Task; onAct: (task: Task, change: TaskChange) => void }

export function AssignMenu({ projectId, task, onAct }: Props) {
  const { members, nameOf } = useMembers(projectId)
  const { data: me } = useQuery(meQuery)
  const assignee = task.assigned_to ?? null
  const isMine = assignee !== null && assignee === me?.member.id
  const name = assignee === null ? null : nameOf(assignee)
  const label = name === null ? 'Assign' : `Assigned to ${isMine ? 'you' : name}`
  // Oneself first: that is whom one gives most tasks to.
  const ordered = [...members].sort((a, b) => Number(b.id === me?.member.id) - Number(a.id === me?.member.id) || a.name.localeCompare(b.name))
  const assign = (id: string | null) => {
    if (id !== assignee) onAct(task, { assigned_to: id })
  }
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className={classes.assignee} data-none={name === null || undefined} aria-label={label} title={label} onClick={(event) => event.stopPropagation()}>
          {name === null ? <IconUserPlus size={14} stroke={1.6} aria-hidden /> : <span className={classes.initials} data-letters={initials(name)} aria-hidden />}
          <span className={classes.assigneeName}>{name === null ? 'Assign' : isMine ? 'You' : name}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        <Menu.Label>Assign to</Menu.Label>
        {ordered.map((member) => (
          <Menu.Item key={member.id} onClick={() => assign(member.id)} rightSection={member.id === assignee && <IconCheck size={14} aria-label="Current" />}>
            {member.name}
            {member.id === me?.member.id && ' (you)'}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => assign(null)} rightSection={assignee === null && <IconCheck size={14} aria-label="Current" />}>
          No one
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
