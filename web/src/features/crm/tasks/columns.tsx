// The columns of the tasks, open and done.

import { IconMessage } from '@tabler/icons-react'
import type { Task, TaskChange } from '../../../api/types'
import { plural } from '../../../lib/format'
import { sentence } from '../../../lib/words'
import { ToneBadge } from '../../../ui/Badges'
import type { Column } from '../../../ui/DataTable'
import { PersonLink } from '../../../ui/PersonLink'
import { Sums, When } from '../../../ui/When'
import { contactLine, contactName } from '../contacts/model'
import { Due } from './Due'
import { priorityTone, taskTitle } from './model'
import { SnoozeMenu } from './SnoozeMenu'
import { TaskAssignee } from './TaskAssignee'
import { TaskStatusButton } from './TaskStatusButton'
import classes from './Tasks.module.css'

type Around = {
  projectId: string
  nameOf: (memberId: string) => string
  onAct: (task: Task, change: TaskChange) => void
}

export function openColumns(around: Around): Column<Task>[] {
  return [
    turn(around, 'Complete'),
    what,
    who,
    value,
    priority,
    {
      key: 'due',
      header: 'Due',
      align: 'right',
      cell: (task) => <Due task={task} snoozedBy={task.snooze ? around.nameOf(task.snooze.by) : undefined} />,
      small: 'figure',
    },
    created,
    assigned(around),
    snooze(around),
  ]
}

export function doneColumns(around: Around): Column<Task>[] {
  return [
    turn(around, 'Reopen'),
    what,
    who,
    {
      key: 'done',
      header: 'Completed',
      align: 'right',
      cell: (task) => (task.done_at ? <When at={task.done_at} /> : '–'),
      small: 'figure',
    },
    {
      key: 'by',
      header: 'Completed by',
      cell: (task) => (task.done_by ? around.nameOf(task.done_by) : <span className={classes.muted}>Automatic</span>),
      small: 'line',
    },
    created,
  ]
}

const what: Column<Task> = { key: 'what', header: 'Task', cell: (task) => <What task={task} />, small: 'title' }
const priority: Column<Task> = {
  key: 'priority',
  header: 'Priority',
  cell: (task) => <ToneBadge tone={priorityTone(task.priority)}>{sentence(task.priority)}</ToneBadge>,
}
const created: Column<Task> = {
  key: 'created',
  header: 'Created',
  align: 'right',
  cell: (task) => <When at={task.created_at} />,
  isExtra: true,
}

const turn = ({ onAct }: Around, header: string): Column<Task> => ({
  key: 'turn',
  header,
  width: '40px',
  cell: (task) => <TaskStatusButton task={task} about={contactName(task.contact)} onAct={onAct} />,
})

const snooze = ({ onAct }: Around): Column<Task> => ({
  key: 'snooze',
  header: 'Snooze',
  width: '40px',
  cell: (task) => <SnoozeMenu task={task} about={contactName(task.contact)} onAct={onAct} />,
})

const who: Column<Task> = {
  key: 'who',
  header: 'Contact',
  cell: ({ contact }) => <Who contact={contact} />,
  small: 'line',
}

/** The value of the task's booking: the reason to begin with this task. */
const value: Column<Task> = {
  key: 'value',
  header: 'Deal value',
  align: 'right',
  cell: ({ contact }) => <Sums sums={contact.estimated_deal_value ? [contact.estimated_deal_value] : []} />,
  isExtra: true,
  small: 'none',
}

const assigned = ({ projectId, onAct }: Around): Column<Task> => ({
  key: 'assigned',
  header: 'Assigned to',
  cell: (task) => <TaskAssignee projectId={projectId} task={task} onAct={onAct} />,
})

function What({ task }: { task: Task }) {
  return (
    <span className={classes.what}>
      {taskTitle(task.title)}
      {task.comments > 0 && (
        <span className={classes.count} title={plural(task.comments, 'comment')}>
          <IconMessage size={13} stroke={1.6} aria-hidden /> {task.comments}
          <span className={classes.hidden}> {task.comments === 1 ? 'comment' : 'comments'}</span>
        </span>
      )}
    </span>
  )
}

function Who({ contact }: { contact: Task['contact'] }) {
  const line = contact.phone ?? contactLine(contact)
  return (
    <span className={classes.who}>
      <span className={classes.whoName}>
        <PersonLink personId={contact.id}>{contactName(contact)}</PersonLink>
      </span>
      {line && <span className={classes.whoLine}>{line}</span>}
    </span>
  )
}
