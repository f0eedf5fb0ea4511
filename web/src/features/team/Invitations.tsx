// The open invitations: one-time links for seven days, shown once.
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { IconMailPlus, IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useRole } from '../../api/useRole'
import { ROLE_LABELS, type RoleName } from '../../lib/roles'
import { absoluteTime, untilText } from '../../lib/time'
import { Card } from '../../ui/Card'
import { Snippet } from '../../ui/Copy'
import { type Column, DataTable } from '../../ui/DataTable'
import { Time } from '../../ui/Figures'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { toastDone, toastFailed } from '../../ui/toast'
import { invitationsQuery, useInvite, useRevokeInvitation } from './api'
import { grantableRoles, type Invitation } from './model'
import { RoleSelect } from './RoleSelect'
import classes from './Team.module.css'

export function Invitations({ projectId }: { projectId: string }) {
  const { may, role } = useRole(projectId)
  const isAdmin = may('admin')
  const invitations = useQuery({ ...invitationsQuery(projectId), enabled: isAdmin })
  const revoke = useRevokeInvitation(projectId)
  const [isInviting, setInviting] = useState(false)
  // Viewers and analysts have nothing to decide here.
  if (!isAdmin) return null

  const columns: Column<Invitation>[] = [
    { key: 'email', header: 'E-mail', cell: ({ email }) => email, small: 'title' },
    { key: 'role', header: 'Role', cell: (invitation) => ROLE_LABELS[invitation.role] },
    { key: 'by', header: 'Invited by', cell: ({ invited_by }) => invited_by, small: 'line' },
    { key: 'created', header: 'Invited', cell: ({ created_at }) => <Time at={created_at} /> },
    { key: 'expires', header: 'Expires', cell: ({ expires_at }) => untilText(expires_at, Date.now()) },
    {
      key: 'actions',
      header: '',
      align: 'right',
      small: 'figure',
      cell: (invitation) => (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Revoke the invitation for ${invitation.email}`}
          onClick={() =>
            revoke.mutate(invitation.id, {
              onSuccess: () => toastDone(`Invitation for ${invitation.email} revoked`),
              onError: (error) => toastFailed(`The invitation for ${invitation.email} was not revoked`, error),
            })
          }
        >
          Revoke
        </Button>
      ),
    },
  ]
  const invite = (
    <Button leftSection={<IconUserPlus size={14} />} onClick={() => setInviting(true)}>
      Invite member
    </Button>
  )

  return (
    <Card
      title="Open invitations"
      help="Each link works once, for one e-mail address, for seven days. Inviting the same address again replaces the link."
      flush
      actions={invite}
    >
      <Result what="The invitations" question={invitations} skeleton={<RowsSkeleton rows={2} />}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon={IconMailPlus} title="No open invitations" action={invite}>
              Create an invitation to get a link that you can send to the new member.
            </Empty>
          ) : (
            <DataTable label="Open invitations" columns={columns} rows={list} rowKey={({ id }) => id} />
          )
        }
      </Result>
      {isInviting && <Invite projectId={projectId} roles={grantableRoles(role)} onClose={() => setInviting(false)} />}
    </Card>
  )
}

function Invite({ projectId, roles, onClose }: { projectId: string; roles: RoleName[]; onClose: () => void }) {
  const invite = useInvite(projectId)
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<RoleName>('analyst')

  function submit(event: FormEvent) {
    event.preventDefault()
    invite.mutate({ email: email.trim(), role })
  }

  if (invite.data) {
    const { invitation, link_path } = invite.data
    return (
      <Modal
        opened
        onClose={onClose}
        title={`Invitation for ${invitation.email}`}
        size={520}
        closeOnClickOutside={false}
      >
        <p className={classes.muted}>
          Send this link to {invitation.email}. It works once, until {absoluteTime(invitation.expires_at)}, and is shown
          only once.
        </p>
        <Snippet code={`${window.location.origin}${link_path}`} what="Invitation link" />
        <Group justify="flex-end" mt="md">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Modal>
    )
  }
  return (
    <Modal opened onClose={onClose} title="Invite a member">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="E-mail"
            type="email"
            required
            data-autofocus
            autoComplete="off"
            value={email}
            error={fieldError(invite.error, 'email')}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <RoleSelect isNamed label="Role" value={role} roles={roles} onChange={setRole} />
          <FormFailure error={invite.error} fields={['email']} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!email.trim()} loading={invite.isPending}>
              Create link
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
