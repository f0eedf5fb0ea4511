// The open tasks of one contact, in its panel and on the person's page: acted on, put off, commented on, and created.
import { Button } from '@mantine/core'
import { IconMessage, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMembers } from '../../../api/members'
import type { Task, TaskChange } from '../../../api/types'
import { plural } from '../../../lib/format'
import { sentence } from '../../../lib/words'
import { ToneBadge } from '../../../ui/Badges'
import { Result } from '../../../ui/Result'
import { PanelSection } from '../../../ui/SidePanel'
import { RowsSkeleton } from '../../../ui/States'
import { When } from '../../../ui/When'
import { tasksQuery, useActOnTask, usePending } from './api'
import { Comments } from './Comments'
import { Due } from './Due'
import { priorityTone, taskTitle } from './model'
import { NewTask } from './NewTask'
import { SnoozeMenu } from './SnoozeMenu'
import { TaskAssignee } from './TaskAssignee'
import { TaskStatusButton } from './TaskStatusButton'
import classes from './Tasks.module.css'

type Props = {
  projectId: string
  contactId: string
  /** The task whose comments are shown at first. */
  taskId?: string | undefined
  /** Shows those that are done, too. */
  withDone?: boolean
}

export function ContactTasks({ projectId, contactId, taskId, withDone = false }: Props) {
  const tasks = useInfiniteQuery(tasksQuery(projectId, { status: 'open', contact_id: contactId }))
  const done = useInfiniteQuery({
    ...tasksQuery(projectId, { status: 'done', contact_id: contactId }),
    enabled: withDone || taskId !== undefined,
  })
  const { act } = useActOnTask(projectId)
  const pending = usePending(projectId)
  const [isCreating, setCreating] = useState(false)
  const rowsOf = (query: typeof tasks, shown: string) =>
    (query.data?.pages.flatMap((page) => page.tasks) ?? []).map(pending).filter(({ status }) => status === shown)
  const rows = rowsOf(tasks, 'open')
  const doneRows = rowsOf(done, 'done').filter(({ id }) => withDone || id === taskId)
  const add = (
    <Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={12} />} onClick={() => setCreating(true)}>
      New task
    </Button>
  )
  return (
    <>
      <PanelSection title={rows.length > 0 ? `Open tasks (${rows.length})` : 'Open tasks'} actions={add}>
        <Result what="The tasks" question={tasks} skeleton={<RowsSkeleton rows={1} />}>
          {() =>
            rows.length === 0 ? (
              <p className={classes.muted}>No open tasks</p>
            ) : (
              <TaskItems projectId={projectId} tasks={rows} taskId={taskId} onAct={act} />
            )
          }
        </Result>
      </PanelSection>
      {doneRows.length > 0 && (
        <PanelSection title={`Completed tasks (${doneRows.length}${done.hasNextPage ? '+' : ''})`}>
          <TaskItems projectId={projectId} tasks={doneRows} taskId={taskId} onAct={act} />
        </PanelSection>
      )}
      {isCreating && <NewTask projectId={projectId} contactId={contactId} onClose={() => setCreating(false)} />}
    </>
  )
}

type ItemsProps = {
  projectId: string
  tasks: Task[]
  taskId: string | undefined
  onAct: (task: Task, change: TaskChange) => void
}

function TaskItems({ projectId, tasks, taskId, onAct }: ItemsProps) {
  return (
    <ul className={classes.mine}>
      {tasks.map((task) => (
        <TaskItem key={task.id} projectId={projectId} task={task} isShown={task.id === taskId} onAct={onAct} />
      ))}
    </ul>
  )
}

function TaskItem({
  projectId,
  task,
  isShown,
  onAct,
}: {
  projectId: string
  task: Task
  isShown: boolean
  onAct: ItemsProps['onAct']
}) {
  const [isOpen, setOpen] = useState(isShown)
  const { nameOf } = useMembers(projectId)
  const isDone = task.status === 'done'
  return (
    <li>
      <TaskStatusButton task={task} about="" onAct={onAct} />
      <div className={classes.mineText}>
        <span>{taskTitle(task.title)}</span>
        <span className={classes.mineLine}>
          {isDone ? (
            <span className={classes.muted}>
              {task.done_by ? `by ${nameOf(task.done_by)}` : 'automatically'}{' '}
              {task.done_at && <When at={task.done_at} />}
            </span>
          ) : (
            <>
              <ToneBadge tone={priorityTone(task.priority)}>{sentence(task.priority)}</ToneBadge>
              <Due task={task} snoozedBy={task.snooze ? nameOf(task.snooze.by) : undefined} />
            </>
          )}
          <button
            type="button"
            className={classes.commentToggle}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            <IconMessage size={13} stroke={1.6} aria-hidden />{' '}
            {task.comments === 0 ? 'Comment' : plural(task.comments, 'comment')}
          </button>
        </span>
      </div>
      {isDone ? <span /> : <SnoozeMenu task={task} about="" onAct={onAct} />}
      {isDone ? <span /> : <TaskAssignee projectId={projectId} task={task} onAct={onAct} />}
      {isOpen && (
        <div className={classes.mineComments}>
          <Comments projectId={projectId} taskId={task.id} />
        </div>
      )}
    </li>
  )
}
