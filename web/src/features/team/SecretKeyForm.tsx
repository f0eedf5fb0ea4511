// The dialog that makes a secret key.
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { instant } from '../../lib/period'
import { fieldError, FormFailure } from '../../ui/FormFailure'
import { useCreateSecretKey } from './api'
import { EXPIRIES } from './model'
import { RoleSelect } from './RoleSelect'

type Props = { projectId: string; onClose: () => void; onMade: (made: { name: string; key: string }) => void }

export function SecretKeyForm({ projectId, onClose, onMade }: Props) {
  const create = useCreateSecretKey(projectId)
  const [name, setName] = useState('')
  const [role, setRole] = useState<'analyst' | 'admin'>('analyst')
  const [days, setDays] = useState('')

  function submit(event: FormEvent) {
    event.preventDefault()
    const expiry = days ? { expires_at: instant(Date.now() + Number(days) * 86_400_000) } : {}
    create.mutate({ key_name: name.trim(), role, ...expiry }, { onSuccess: ({ key, secret_key }) => onMade({ name: secret_key.key_name, key }) })
  }

  return (
    <Modal opened onClose={onClose} title="Create a secret key">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput label="Name" description="Which program uses it." placeholder="Nightly report" required data-autofocus autoComplete="off" value={name} error={fieldError(create.error, 'key_name')} onChange={(event) => setName(event.currentTarget.value)} />
          <RoleSelect isNamed label="May do the work of an" value={role} roles={['analyst', 'admin']} onChange={(next) => setRole(next === 'admin' ? 'admin' : 'analyst')} />
          <Select label="Valid" data={EXPIRIES} allowDeselect={false} value={days} error={fieldError(create.error, 'expires_at')} onChange={(value) => setDays(value ?? '')} />
          <FormFailure error={create.error} fields={['key_name', 'expires_at']} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!name.trim()} loading={create.isPending}>
              Create secret key
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
