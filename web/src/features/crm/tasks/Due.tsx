// When a task is due in words, red when it is overdue; exact on hover.
import type { Task } from '../../../api/types'
import { exactTime } from '../../../lib/locale'
import { useNow } from '../../../ui/Figures'
import { dueText, isOverdue } from './model'
import classes from './Tasks.module.css'

export function Due({ task, snoozedBy }: { task: Task /** Who put it off. */; snoozedBy?: string | undefined }) {
  const now = useNow(30_000)
  if (!task.due_at) return <span className={classes.muted}>No due date</span>
  return (
    <time
      className={classes.due}
      data-overdue={isOverdue(task, now) || undefined}
      dateTime={task.due_at}
      title={[
        `Due ${exactTime(task.due_at)}`,
        task.snooze && `snoozed ${snoozedBy ? `by ${snoozedBy} ` : ''}on ${exactTime(task.snooze.at)}`,
      ]
        .filter(Boolean)
        .join(', ')}
    >
      {dueText(task.due_at, now)}
      {task.snooze && <span className={classes.snoozed}>snoozed</span>}
    </time>
  )
}
