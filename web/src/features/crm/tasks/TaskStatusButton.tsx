// Completes an open task, or opens a done one again.
import { ActionIcon } from '@mantine/core'
import { IconCircle, IconRotate } from '@tabler/icons-react'
import type { Task, TaskChange } from '../../../api/types'
import { taskTitle } from './model'
import classes from './Tasks.module.css'

type Props = { task: Task; about: string; onAct: (task: Task, change: TaskChange) => void }

export function TaskStatusButton({ task, about, onAct }: Props) {
  const isOpen = task.status === 'open'
  const label = isOpen ? 'Complete' : 'Reopen'
  return (
    <ActionIcon
      className={classes.turn}
      title={label}
      aria-label={`${label} “${taskTitle(task.title)}”${about && ` for ${about}`}`}
      onClick={(event) => {
        event.stopPropagation()
        onAct(task, { status: isOpen ? 'done' : 'open' })
      }}
    >
      {isOpen ? <IconCircle size={18} stroke={1.6} /> : <IconRotate size={16} stroke={1.6} />}
    </ActionIcon>
  )
}
