// The dialog that makes a secret key.
import { Button, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { instant } from '../../lib/period'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { useCreateSecretKey } from './api'
import { EXPIRIES, SECRET_KEY_ROLES, type SecretKeyRole } from './model'
import classes from './Team.module.css'

type Props = { projectId: string; onClose: () => void; onMade: (made: { name: string; key: string }) => void }

export function SecretKeyForm({ projectId, onClose, onMade }: Props) {
  const create = useCreateSecretKey(projectId)
  const [name, setName] = useState('')
  const [role, setRole] = useState<SecretKeyRole>('analyst')
  const [limit, setLimit] = useState<number | string>(1_000)
  const [days, setDays] = useState('')

  function submit(event: FormEvent) {
    event.preventDefault()
    const expiry = days ? { expires_at: instant(Date.now() + Number(days) * 86_400_000) } : {}
    create.mutate(
      { key_name: name.trim(), role, rate_limit_per_minute: Number(limit), ...expiry },
      { onSuccess: ({ key, secret_key }) => onMade({ name: secret_key.key_name, key }) },
    )
  }

  return (
    <Modal opened onClose={onClose} title="Create a secret key">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="The program that uses the key."
            placeholder="Nightly report"
            required
            data-autofocus
            autoComplete="off"
            value={name}
            error={fieldError(create.error, 'key_name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label="Role"
            data={SECRET_KEY_ROLES}
            allowDeselect={false}
            value={role}
            error={fieldError(create.error, 'role')}
            renderOption={({ option }) => (
              <span className={classes.option}>
                <b>{option.label}</b>
                <span>{SECRET_KEY_ROLES.find(({ value }) => value === option.value)?.help}</span>
              </span>
            )}
            onChange={(next) => setRole(SECRET_KEY_ROLES.find(({ value }) => value === next)?.value ?? 'analyst')}
          />
          <NumberInput
            label="Requests per minute"
            min={1}
            max={10_000_000}
            allowDecimal={false}
            thousandSeparator=","
            value={limit}
            error={fieldError(create.error, 'rate_limit_per_minute')}
            onChange={setLimit}
          />
          <Select
            label="Expires"
            data={EXPIRIES}
            allowDeselect={false}
            value={days}
            error={fieldError(create.error, 'expires_at')}
            onChange={(value) => setDays(value ?? '')}
          />
          <FormFailure error={create.error} fields={['key_name', 'role', 'rate_limit_per_minute', 'expires_at']} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!name.trim() || !Number(limit)} loading={create.isPending}>
              Create secret key
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
