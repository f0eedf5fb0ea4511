// Secret keys: what programs read and report with; their text is shown once.
import { Button } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRole } from '../../api/useRole'
import { untilText } from '../../lib/time'
import { LevelBadge } from '../../ui/Badges'
import { Card } from '../../ui/Card'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { type Column, DataTable } from '../../ui/DataTable'
import { Time } from '../../ui/Figures'
import { NeedsRole } from '../../ui/NeedsRole'
import { Result } from '../../ui/Result'
import { RevealOnce } from '../../ui/RevealOnce'
import { Empty, RowsSkeleton } from '../../ui/States'
import { toastDone } from '../../ui/toast'
import { secretKeysQuery, useRevokeSecretKey } from './api'
import { isExpired, type SecretKey, secretKeyRoleLabel } from './model'
import { SecretKeyForm } from './SecretKeyForm'
import classes from './Team.module.css'

export function SecretKeys({ projectId }: { projectId: string }) {
  const { may, role } = useRole(projectId)
  const keys = useQuery({ ...secretKeysQuery(projectId), enabled: may('admin') })
  const [isCreating, setCreating] = useState(false)
  const [made, setMade] = useState<{ name: string; key: string } | null>(null)
  const [revoking, setRevoking] = useState<SecretKey | null>(null)

  if (role && !may('admin'))
    return (
      <Card title="Secret keys">
        <NeedsRole what="Secret keys" needed="admin" role={role} />
      </Card>
    )
  const create = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
      Create secret key
    </Button>
  )
  const columns: Column<SecretKey>[] = [
    { key: 'name', header: 'Name', cell: (key) => <b>{key.key_name}</b>, small: 'title' },
    { key: 'role', header: 'Role', cell: (key) => secretKeyRoleLabel(key.role) },
    { key: 'created', header: 'Created', cell: (key) => <Time at={key.created_at} /> },
    {
      key: 'used',
      header: 'Last used',
      cell: (key) => (key.last_used_at ? <Time at={key.last_used_at} /> : <span className={classes.muted}>Never</span>),
    },
    { key: 'expires', header: 'Expires', cell: (key) => <Ends secretKey={key} /> },
    {
      key: 'actions',
      header: '',
      align: 'right',
      small: 'figure',
      cell: (key) => (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Revoke ${key.key_name}`}
          onClick={() => setRevoking(key)}
        >
          Revoke
        </Button>
      ),
    },
  ]
  return (
    <Card
      title="Secret keys"
      help="For programs on your servers. Requests from browsers with a secret key are rejected."
      flush
      actions={create}
    >
      <Result what="The secret keys" question={keys} skeleton={<RowsSkeleton rows={3} />}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon={IconKey} title="No secret keys" action={create}>
              A secret key lets a program read data, report orders and bookings, or manage the project.
            </Empty>
          ) : (
            <DataTable label="Secret keys" columns={columns} rows={list} rowKey={({ id }) => id} />
          )
        }
      </Result>
      {isCreating && (
        <SecretKeyForm
          projectId={projectId}
          onClose={() => setCreating(false)}
          onMade={(secret) => (setCreating(false), setMade(secret))}
        />
      )}
      {made && (
        <RevealOnce title={`Secret key ${made.name}`} what="Secret key" secret={made.key} onClose={() => setMade(null)}>
          Send it in the header <code>Authorization: Bearer …</code>. Never put it in a web page or an app.
        </RevealOnce>
      )}
      {revoking && <Revoke projectId={projectId} secretKey={revoking} onClose={() => setRevoking(null)} />}
    </Card>
  )
}

function Ends({ secretKey }: { secretKey: SecretKey }) {
  if (secretKey.expires_at == null) return 'Never'
  return isExpired(secretKey, Date.now()) ? <LevelBadge level="expired" /> : untilText(secretKey.expires_at, Date.now())
}

function Revoke({ projectId, secretKey, onClose }: { projectId: string; secretKey: SecretKey; onClose: () => void }) {
  const revoke = useRevokeSecretKey(projectId)
  return (
    <ConfirmDialog
      title={`Revoke ${secretKey.key_name}`}
      word={secretKey.key_name}
      action="Revoke key"
      isPending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(secretKey.id, {
          onSuccess: () => (toastDone(`Secret key ${secretKey.key_name} revoked`), onClose()),
        })
      }
    >
      <p>
        Programs that use this key immediately lose access, and invitations created with it are revoked. You cannot undo
        this.
      </p>
    </ConfirmDialog>
  )
}
