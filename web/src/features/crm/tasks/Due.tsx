// When a task is due in words, red when it is overdue; exact on hover.
import type { Task } from '../../../api/types'
import { exactTime } from '../../../lib/locale'
import { useNow } from '../../../ui/Figures'
import { dueText, isOverdue } from './model'
import classes from './Tasks.module.css'

export function Due({ task }: { task: Task }) {
  const now = useNow(30_000)
  if (!task.due_at) return <span className={classes.muted}>No due date</span>
  return (
    <time className={classes.due} data-overdue={isOverdue(task, now) || undefined} dateTime={task.due_at} title={`Due ${exactTime(task.due_at)}`}>
      {dueText(task.due_at, now)}
    </time>
  )
}
