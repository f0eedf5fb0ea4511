// Tasks: what is to be done about whom, and when.
import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useCallback, useState } from 'react'
import { useMembers } from '../../../api/members'
import { isAtLeast, useRole } from '../../../api/role'
import { meQuery } from '../../../api/session'
import { useFreshness } from '../../../api/useFreshness'
import { exactNumber } from '../../../lib/format'
import { sentence } from '../../../lib/words'
import { ListBar } from '../../../ui/filters/ListBar'
import { ContactPanel } from '../contacts/ContactPanel'
import { NoAccess } from '../NoAccess'
import { unreadQuery } from './commentsApi'
import { MentionList } from './MentionList'
import { ME, PRIORITIES, type Priority, TABS, type Tab, type TasksSearch, UNASSIGNED } from './model'
import { NewTask } from './NewTask'
import { TaskList } from './TaskList'
import classes from './Tasks.module.css'
import { useTasks } from './useTasks'

const route = getRouteApi('/p/$projectId/tasks')

export function TasksPage() {
  const { projectId } = route.useParams()
  const role = useRole(projectId)
  if (role === undefined) return null
  return isAtLeast(role, 'analyst') ? <Tasks projectId={projectId} /> : <NoAccess title="Open tasks" what="Tasks" />
}

function Tasks({ projectId }: { projectId: string }) {
  const search = route.useSearch()
  const { tab = 'open', priority, assigned, open } = search
  const navigate = route.useNavigate()
  const freshness = useFreshness(projectId)
  const { data: me } = useQuery(meQuery)
  const [isCreating, setCreating] = useState(false)
  const listed = useTasks(projectId, search)
  const { opened, overdue } = listed

  const show = (next: TasksSearch) => void navigate({ search: next, resetScroll: false })
  const close = useCallback(
    () => void navigate({ search: ({ open: _open, task: _task, ...rest }) => rest, resetScroll: false }),
    [navigate],
  )

  return (
    <div className={classes.page}>
      <ListBar {...freshness}>
        <Tabs
          projectId={projectId}
          tab={tab}
          open={opened.rows.length}
          overdue={overdue.length}
          hasMore={opened.hasMore}
          onChange={(next) => show(without({ ...search, tab: next }))}
        />
        {tab !== 'mentions' && (
          <>
            <PriorityFilter value={priority} onChange={(value) => show(without({ ...search, priority: value }))} />
            <AssignedFilter
              projectId={projectId}
              meId={me?.member.id}
              value={assigned}
              onChange={(value) => show(without({ ...search, assigned: value }))}
            />
          </>
        )}
        <Button leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
          New task
        </Button>
      </ListBar>
      {tab === 'mentions' ? (
        <MentionList
          projectId={projectId}
          onOpen={(contact, task) =>
            void navigate({ search: { tab: 'mentions', open: contact, task }, resetScroll: false })
          }
        />
      ) : (
        <TaskList
          projectId={projectId}
          search={search}
          listed={listed}
          onOpen={(id) =>
            void navigate({
              search: { ...without(search), open: id },
              resetScroll: false,
              replace: open !== undefined,
            })
          }
        />
      )}
      {open !== undefined && (
        <ContactPanel
          key={`${open} ${search.task}`}
          projectId={projectId}
          contactId={open}
          taskId={search.task}
          onClose={close}
        />
      )}
      {isCreating && <NewTask projectId={projectId} onClose={() => setCreating(false)} />}
    </div>
  )
}

type SearchChanges = { [Name in keyof TasksSearch]: TasksSearch[Name] | Tab | string | undefined }

/** The address of another view: without what is open in this one, and without defaults. */
function without({ tab, priority, assigned }: SearchChanges): TasksSearch {
  return {
    ...(tab === 'overdue' || tab === 'done' || tab === 'mentions' ? { tab } : {}),
    ...(PRIORITIES.some((name) => name === priority) ? { priority: priority as (typeof PRIORITIES)[number] } : {}),
    ...(assigned ? { assigned } : {}),
  }
}

function Tabs({
  projectId,
  tab,
  open,
  overdue,
  hasMore,
  onChange,
}: {
  projectId: string
  tab: Tab
  open: number
  overdue: number
  hasMore: boolean
  onChange: (tab: Tab) => void
}) {
  const counted = (label: string, count: number) => `${label} ${exactNumber(count)}${hasMore ? '+' : ''}`
  const { data: unread = 0 } = useQuery(unreadQuery(projectId))
  const mentions = (
    <>
      Mentions
      {unread > 0 && (
        <span className={classes.tabCount} aria-label={`${unread} new`}>
          {exactNumber(unread)}
        </span>
      )}
    </>
  )
  const labels: Record<Tab, ReactNode> = {
    open: counted('Open', open),
    overdue: counted('Overdue', overdue),
    done: 'Completed',
    mentions,
  }
  return (
    <SegmentedControl
      size="xs"
      aria-label="Show"
      value={tab}
      onChange={(value) => onChange(TABS.find((name) => name === value) ?? 'open')}
      data={TABS.map((value) => ({ value, label: labels[value] }))}
    />
  )
}

function PriorityFilter({
  value,
  onChange,
}: {
  value: Priority | undefined
  onChange: (value: string | undefined) => void
}) {
  return (
    <Select
      size="xs"
      w={132}
      aria-label="Priority"
      placeholder="Any priority"
      clearable
      data={PRIORITIES.map((name) => ({ value: name, label: sentence(name) }))}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}

function AssignedFilter({
  projectId,
  meId,
  value,
  onChange,
}: {
  projectId: string
  meId: string | undefined
  value: string | undefined
  onChange: (value: string | undefined) => void
}) {
  const { members } = useMembers(projectId)
  const others = members.filter(({ id }) => id !== meId).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Select
      size="xs"
      w={148}
      aria-label="Assigned to"
      placeholder="Any member"
      clearable
      data={[{ value: ME, label: 'Me' }, { value: UNASSIGNED, label: 'Unassigned' }, ...others]}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}
