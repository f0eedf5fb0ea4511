// The open tasks of one contact, in its panel.
import { useInfiniteQuery } from '@tanstack/react-query'
import { PanelSection } from '../../../ui/SidePanel'
import { ToneBadge } from '../../../ui/Badges'
import { Result } from '../../../ui/Result'
import { RowsSkeleton } from '../../../ui/States'
import { sentence } from '../../../lib/words'
import { tasksQuery, useActOnTask, usePending } from './api'
import { Due } from './Due'
import { priorityTone, taskTitle } from './model'
import { TaskAssignee } from './TaskAssignee'
import { TaskStatusButton } from './TaskStatusButton'
import classes from './Tasks.module.css'

export function ContactTasks({ projectId, contactId }: { projectId: string; contactId: string }) {
  const tasks = useInfiniteQuery(tasksQuery(projectId, { status: 'open', contact_id: contactId }))
  const { act } = useActOnTask(projectId)
  const pending = usePending(projectId)
  const read = tasks.data?.pages.flatMap((page) => page.tasks) ?? []
  const rows = read.map(pending).filter(({ status }) => status === 'open')
  return (
    <PanelSection title={rows.length > 0 ? `Open tasks (${rows.length})` : 'Open tasks'}>
      <Result what="The tasks" question={tasks} skeleton={<RowsSkeleton rows={1} />}>
        {() =>
          rows.length === 0 ? (
            <p className={classes.muted}>No open tasks</p>
          ) : (
            <ul className={classes.mine}>
              {rows.map((task) => (
                <li key={task.id}>
                  <TaskStatusButton task={task} about="" onAct={act} />
                  <div className={classes.mineText}>
                    <span>{taskTitle(task.title)}</span>
                    <span className={classes.mineLine}>
                      <ToneBadge tone={priorityTone(task.priority)}>{sentence(task.priority)}</ToneBadge>
                      <Due task={task} />
                    </span>
                  </div>
                  <TaskAssignee projectId={projectId} task={task} onAct={act} />
                </li>
              ))}
            </ul>
          )
        }
      </Result>
    </PanelSection>
  )
}
