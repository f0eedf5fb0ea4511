// The assignee of a task, who can be changed.
import { useQuery } from '@tanstack/react-query'
import { useMembers } from '../../../api/members'
import { meQuery } from '../../../api/session'
import type { Task, TaskChange } from '../../../api/types'
import { AssignMenu } from '../../../ui/AssignMenu'

type Props = { projectId: string; task: Task; onAct: (task: Task, change: TaskChange) => void }

export function TaskAssignee({ projectId, task, onAct }: Props) {
  const { members } = useMembers(projectId)
  const { data: me } = useQuery(meQuery)
  return (
    <AssignMenu
      people={members}
      myId={me?.member.id}
      assignee={task.assigned_to ?? null}
      onAssign={(id) => onAct(task, { assigned_to: id })}
    />
  )
}
