// The dialog that creates or edits a key.
import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ApiKey } from '../../api/types'
import { DomainsInput } from '../../ui/DomainsInput'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { toastDone } from '../../ui/toast'
import { useChangeKey, useCreateKey } from './api'

const FIELDS = ['key_name', 'allowed_domains', 'rate_limit_per_minute']

type Props = { projectId: string; apiKey?: ApiKey; onClose: () => void; onCreated?: (key: ApiKey) => void }

export function KeyForm({ projectId, apiKey, onClose, onCreated }: Props) {
  const create = useCreateKey(projectId)
  const change = useChangeKey(projectId)
  const [name, setName] = useState(apiKey?.key_name ?? '')
  const [domains, setDomains] = useState(apiKey?.allowed_domains ?? [])
  const [limit, setLimit] = useState<number | string>(apiKey?.rate_limit_per_minute ?? '')
  const error = create.error ?? change.error

  function submit(event: FormEvent) {
    event.preventDefault()
    const body = {
      key_name: name.trim(),
      allowed_domains: domains,
      ...(typeof limit === 'number' ? { rate_limit_per_minute: limit } : {}),
    }
    if (apiKey) {
      change.mutate(
        { id: apiKey.id, change: body },
        { onSuccess: () => (toastDone(`Key ${body.key_name} saved`), onClose()) },
      )
    } else {
      create.mutate(body, {
        onSuccess: (key) => (toastDone(`Key ${key.key_name} created`), onCreated?.(key), onClose()),
      })
    }
  }

  return (
    <Modal opened onClose={onClose} title={apiKey ? `Edit ${apiKey.key_name}` : 'Create a key'}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="The site or app that uses the key."
            placeholder="Web shop"
            required
            data-autofocus
            value={name}
            error={fieldError(error, 'key_name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <DomainsInput value={domains} error={fieldError(error, 'allowed_domains')} onChange={setDomains} />
          <NumberInput
            label="Requests per minute"
            description="Default: 1,000."
            placeholder="1,000"
            min={1}
            step={100}
            allowDecimal={false}
            hideControls
            thousandSeparator=","
            value={limit}
            error={fieldError(error, 'rate_limit_per_minute')}
            onChange={setLimit}
          />
          <FormFailure error={error} fields={FIELDS} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!name.trim()} loading={create.isPending || change.isPending}>
              {apiKey ? 'Save' : 'Create key'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
