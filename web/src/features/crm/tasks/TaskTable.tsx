// The table of tasks; a row opens the panel of the contact it is about.
import { useState } from 'react'
import { useMembers } from '../../../api/members'
import type { Task, TaskChange } from '../../../api/types'
import type { WholeList } from '../../../api/wholeList'
import { exactNumber } from '../../../lib/format'
import { Card } from '../../../ui/Card'
import { DataTable } from '../../../ui/DataTable'
import { ExportButton } from '../../../ui/ExportButton'
import { useNow } from '../../../ui/Figures'
import { LoadMore } from '../../../ui/LoadMore'
import { CsvButton } from '../../../ui/TableActions'
import { useColumns } from '../../../ui/table/useColumns'
import { contactName } from '../contacts/model'
import { doneColumns, openColumns } from './columns'
import { BUCKET_LABELS, bucketOf, type TaskTab } from './model'
import { NoTasks } from './NoTasks'

const TITLES: Record<TaskTab, string> = { open: 'Open tasks', overdue: 'Overdue tasks', done: 'Completed tasks' }

/** Rows drawn at a time: all open tasks are read, but few look at more. */
const STEP = 50

type Props = {
  projectId: string
  tab: TaskTab
  /** In the order shown. */
  tasks: Task[]
  /** The same tasks as the server lists them. */
  list: () => WholeList
  /** Whether these are fewer than the server can list: those of one day, or of nobody. */
  isNarrower: boolean
  isFiltered: boolean
  isStale: boolean
  hasMore: boolean
  isLoadingMore: boolean
  openContact: string | undefined
  onMore: () => void
  onOpen: (contactId: string) => void
  onAct: (task: Task, change: TaskChange) => void
}

export function TaskTable({
  projectId,
  tab,
  tasks,
  list,
  isNarrower,
  isFiltered,
  isStale,
  hasMore,
  isLoadingMore,
  openContact,
  onMore,
  onOpen,
  onAct,
}: Props) {
  const [limit, setLimit] = useState(STEP)
  const [openId, setOpenId] = useState<string>()
  const now = useNow(30_000)
  const rows = tasks.slice(0, limit)
  const { nameOf } = useMembers(projectId)
  const around = { projectId, nameOf, onAct }
  const isDone = tab === 'done'
  const { columns, menu } = useColumns(
    isDone ? 'tasks.done' : 'tasks',
    isDone ? doneColumns(around) : openColumns(around),
    rows,
  )
  // A contact may have several tasks; the one that was opened is marked, or the first of an address opened anew.
  const marked =
    rows.find((task) => task.id === openId && task.contact_id === openContact) ??
    rows.find((task) => task.contact_id === openContact)
  const sizes = new Map<string, number>()
  for (const task of tasks) sizes.set(bucketOf(task, now), (sizes.get(bucketOf(task, now)) ?? 0) + 1)
  const sheet = {
    name: `footfall-tasks-${tab}`,
    header: [
      'Id',
      'Task',
      'Kind',
      'Priority',
      'Status',
      'Contact id',
      'Contact',
      'Contact e-mail',
      'Created at',
      'Due at',
      'Completed at',
      'Assigned to',
      'Completed by',
    ],
    rows: tasks.map((task) => {
      const member = (id: string | null | undefined) => (id ? nameOf(id) : '')
      return [
        task.id,
        task.title,
        task.kind,
        task.priority,
        task.status,
        task.contact_id,
        contactName(task.contact),
        task.contact.email,
        task.created_at,
        task.due_at,
        task.done_at,
        member(task.assigned_to),
        member(task.done_by),
      ]
    }),
  }

  function more() {
    setLimit(limit + STEP)
    if (limit + STEP >= tasks.length && hasMore) onMore()
  }

  const what = tab === 'done' ? 'completed tasks' : 'open tasks'
  const note = isNarrower ? `The CSV file has all ${what}, not only the ones shown here.` : undefined
  const exported =
    isNarrower && !hasMore ? (
      <CsvButton sheet={sheet} />
    ) : (
      <ExportButton
        what={what}
        one={what.replace(/s$/, '')}
        list={list}
        isEmpty={rows.length === 0}
        {...(note ? { note } : {})}
      />
    )

  return (
    <Card
      title={TITLES[tab]}
      piece="tasks.list"
      flush
      actions={
        <>
          {menu}
          {exported}
        </>
      }
      help="Your project’s rules create tasks from customer events, such as an abandoned booking or a failed payment; members create others."
    >
      {rows.length === 0 ? (
        <NoTasks projectId={projectId} tab={tab} isFiltered={isFiltered} />
      ) : (
        <>
          <DataTable
            label={TITLES[tab]}
            columns={columns}
            rows={rows}
            rowKey={(task) => task.id}
            isStale={isStale}
            openKey={openContact === undefined ? undefined : (marked?.id ?? '')}
            onOpen={(task) => (setOpenId(task.id), onOpen(task.contact_id))}
            {...(tab === 'open'
              ? {
                  groupOf: (task: Task) => {
                    const bucket = bucketOf(task, now)
                    return { key: bucket, heading: `${BUCKET_LABELS[bucket]} · ${exactNumber(sizes.get(bucket) ?? 0)}` }
                  },
                }
              : {})}
          />
          <LoadMore
            shown={rows.length}
            total={hasMore ? undefined : tasks.length}
            what="tasks"
            hasMore={rows.length < tasks.length || hasMore}
            isLoading={isLoadingMore}
            onMore={more}
          />
        </>
      )}
    </Card>
  )
}
