// The dialog that creates or edits a key.
import { Button, Group, Modal, NumberInput, Stack, TagsInput, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { asProblem } from '../../api/problem'
import type { ApiKey } from '../../api/types'
import { parseDomains } from '../../lib/domains'
import { toastDone } from '../../ui/toast'
import { useChangeKey, useCreateKey } from './api'
import classes from './ApiKeys.module.css'

type Props = { projectId: string; apiKey?: ApiKey; onClose: () => void; onCreated?: (key: ApiKey) => void }

export function KeyForm({ projectId, apiKey, onClose, onCreated }: Props) {
  const create = useCreateKey(projectId)
  const change = useChangeKey(projectId)
  const [name, setName] = useState(apiKey?.key_name ?? '')
  const [domains, setDomains] = useState(apiKey?.allowed_domains ?? [])
  const [limit, setLimit] = useState<number | string>(apiKey?.rate_limit_per_minute ?? '')
  const error = create.error ?? change.error
  const problem = error && asProblem(error)
  const fieldError = (field: string) => (problem?.field === field ? problem.detail || problem.title : undefined)
  const isGeneral = problem && !['key_name', 'allowed_domains', 'rate_limit_per_minute'].includes(problem.field ?? '')

  function submit(event: FormEvent) {
    event.preventDefault()
    const body = { key_name: name.trim(), allowed_domains: parseDomains(domains.join(' ')), ...(typeof limit === 'number' ? { rate_limit_per_minute: limit } : {}) }
    if (apiKey) {
      change.mutate({ id: apiKey.id, change: body }, { onSuccess: () => (toastDone(`Key ${body.key_name} saved`), onClose()) })
    } else {
      create.mutate(body, { onSuccess: (key) => (toastDone(`Key ${key.key_name} created`), onCreated?.(key), onClose()) })
    }
  }

  return (
    <Modal opened onClose={onClose} title={apiKey ? `Edit ${apiKey.key_name}` : 'Create a key'}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput label="Name" description="Where the key is used." placeholder="Web shop" required data-autofocus value={name} error={fieldError('key_name')} onChange={(event) => setName(event.currentTarget.value)} />
          <TagsInput
            label="Allowed domains"
            description="Pages of other domains are refused. Empty allows any."
            placeholder={domains.length === 0 ? 'shop.example.com, *.example.org' : ''}
            splitChars={[',', ' ', ';']}
            value={domains}
            error={fieldError('allowed_domains')}
            onChange={(values) => setDomains(parseDomains(values.join(' ')))}
          />
          <NumberInput label="Requests per minute" description="1,000 by default." placeholder="1,000" min={1} step={100} allowDecimal={false} hideControls thousandSeparator="," value={limit} error={fieldError('rate_limit_per_minute')} onChange={setLimit} />
          {isGeneral && (
            <div className={classes.failure} role="alert">
              {problem.detail || problem.title}
            </div>
          )}
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
