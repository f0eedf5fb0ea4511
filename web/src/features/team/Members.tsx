// The members with their roles; changing one, removing one, and leaving.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { membersQuery } from '../../api/members'
import { meQuery } from '../../api/session'
import { useRole } from '../../api/useRole'
import { exactNumber } from '../../lib/format'
import { ROLE_LABELS, type RoleName } from '../../lib/roles'
import { Card } from '../../ui/Card'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { type Column, DataTable } from '../../ui/DataTable'
import { Time } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { RowsSkeleton } from '../../ui/States'
import { toastDone, toastFailed } from '../../ui/toast'
import { useChangeRole, useLeave, useRemoveMember } from './api'
import { grantableRoles, isLastOwner, type ProjectMember, whyRoleStays } from './model'
import { RoleSelect } from './RoleSelect'
import classes from './Team.module.css'

export function Members({ projectId }: { projectId: string }) {
  const { me, role } = useRole(projectId)
  const members = useQuery({ ...membersQuery(projectId), select: (list) => list.members })
  const change = useChangeRole(projectId)
  const [removing, setRemoving] = useState<ProjectMember | null>(null)
  const myId = me?.member.id
  const list = members.data ?? []

  function setRole(member: ProjectMember, next: RoleName) {
    change.mutate(
      { id: member.id, role: next },
      {
        onSuccess: () =>
          toastDone(`Role of ${member.name || member.email} changed to ${ROLE_LABELS[next].toLowerCase()}`),
        onError: (error) => toastFailed(`The role of ${member.name || member.email} was not changed`, error),
      },
    )
  }

  const columns: Column<ProjectMember>[] = [
    {
      key: 'who',
      header: 'Member',
      cell: (member) => <Person member={member} isMe={member.id === myId} />,
      small: 'title',
    },
    { key: 'joined', header: 'Joined', cell: (member) => <Time at={member.joined_at} /> },
    {
      key: 'role',
      header: 'Role',
      align: 'right',
      cell: (member) => (
        <RoleOf
          member={member}
          why={whyRoleStays(member, role, list)}
          roles={grantableRoles(role)}
          isBusy={change.isPending}
          onChange={(next) => setRole(member, next)}
        />
      ),
      small: 'line',
    },
    {
      key: 'actions',
      header: '',
      align: 'right',
      small: 'figure',
      cell: (member) => {
        const isMe = member.id === myId
        const why = isMe
          ? isLastOwner(member, list)
            ? 'You are the only owner. Make another member an owner first.'
            : null
          : whyRoleStays(member, role, list)
        if (!isMe && role !== 'owner' && role !== 'admin') return null
        return (
          <Button
            variant="default"
            size="compact-sm"
            disabled={why !== null}
            title={why ?? undefined}
            onClick={() => setRemoving(member)}
            aria-label={isMe ? 'Leave project' : `Remove ${member.name || member.email}`}
          >
            {isMe ? 'Leave' : 'Remove'}
          </Button>
        )
      },
    },
  ]

  return (
    <Card
      title="Members"
      help="Owners and admins manage the project, analysts query and export data, viewers view dashboards."
      note={members.data && exactNumber(list.length)}
      flush
    >
      <Result what="The members" question={members} skeleton={<RowsSkeleton rows={3} />}>
        {(data) => <DataTable label="Members" columns={columns} rows={data} rowKey={(member) => member.id} />}
      </Result>
      {removing &&
        (removing.id === myId ? (
          <Leave projectId={projectId} onClose={() => setRemoving(null)} />
        ) : (
          <Remove projectId={projectId} member={removing} onClose={() => setRemoving(null)} />
        ))}
    </Card>
  )
}

function Person({ member, isMe }: { member: ProjectMember; isMe: boolean }) {
  const name = member.name || member.email
  return (
    <span className={classes.person}>
      <span className={classes.initial} data-letter={name.charAt(0).toUpperCase()} aria-hidden />
      <span className={classes.who}>
        <b>
          {name}
          {isMe && <small>You</small>}
        </b>
        <span>{member.email}</span>
      </span>
    </span>
  )
}

type RoleProps = {
  member: ProjectMember
  why: string | null
  roles: RoleName[]
  isBusy: boolean
  onChange: (role: RoleName) => void
}

function RoleOf({ member, why, roles, isBusy, onChange }: RoleProps) {
  if (why !== null) return <span title={why}>{ROLE_LABELS[member.role]}</span>
  return (
    <RoleSelect
      label={`Role of ${member.name || member.email}`}
      value={member.role}
      roles={roles}
      disabled={isBusy}
      className={classes.role ?? ''}
      onChange={onChange}
    />
  )
}

function Remove({ projectId, member, onClose }: { projectId: string; member: ProjectMember; onClose: () => void }) {
  const remove = useRemoveMember(projectId)
  const name = member.name || member.email
  return (
    <ConfirmDialog
      title={`Remove ${name}`}
      action="Remove member"
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => remove.mutate(member.id, { onSuccess: () => (toastDone(`${name} removed`), onClose()) })}
    >
      <p>
        {name} immediately loses access to this project. Open invitations they created are revoked. You can invite them
        again later.
      </p>
    </ConfirmDialog>
  )
}

function Leave({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const leave = useLeave(projectId)
  const client = useQueryClient()
  const navigate = useNavigate()
  const { me } = useRole(projectId)
  const name = me?.projects.find((project) => project.id === projectId)?.name ?? 'the project'

  function done() {
    client.setQueryData(
      meQuery.queryKey,
      (known) => known && { ...known, projects: known.projects.filter(({ id }) => id !== projectId) },
    )
    toastDone(`You left ${name}`)
    void navigate({ to: '/', replace: true })
  }

  return (
    <ConfirmDialog
      title={`Leave ${name}`}
      word={name}
      action="Leave project"
      isPending={leave.isPending}
      error={leave.error}
      onClose={onClose}
      onConfirm={() => leave.mutate(undefined, { onSuccess: done })}
    >
      <p>You lose access to {name}. Only an owner or admin can invite you again.</p>
    </ConfirmDialog>
  )
}
