// The form of a webhook: its URL and its events.
import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { EventName } from '../../ui/EventName'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { toastDone } from '../../ui/toast'
import { useChangeWebhook, useCreateWebhook } from './api'
import { EVENT_TYPES, type Webhook } from './model'
import classes from './Webhooks.module.css'

type Props = {
  projectId: string
  webhook?: Webhook
  onClose: () => void
  onMade: (made: { webhook: Webhook; secret: string }) => void
}

export function WebhookForm({ projectId, webhook, onClose, onMade }: Props) {
  const create = useCreateWebhook(projectId)
  const change = useChangeWebhook(projectId)
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [description, setDescription] = useState(webhook?.description ?? '')
  const [types, setTypes] = useState<string[]>(
    webhook?.event_types ?? ['contact.created', 'contact.updated', 'task.created'],
  )
  const error = create.error ?? change.error

  function submit(event: FormEvent) {
    event.preventDefault()
    const body = { url: url.trim(), description: description.trim(), event_types: types }
    if (webhook)
      change.mutate({ id: webhook.id, change: body }, { onSuccess: () => (toastDone('Webhook saved'), onClose()) })
    else create.mutate(body, { onSuccess: onMade })
  }

  return (
    <Modal opened onClose={onClose} title={webhook ? 'Edit webhook' : 'Create a webhook'}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Endpoint URL"
            description="Must respond with 2xx within 15 seconds. Redirects count as failures."
            type="url"
            placeholder="https://crm.example.com/hooks/footfall"
            required
            data-autofocus
            value={url}
            error={fieldError(error, 'url')}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <TextInput
            label="Description"
            placeholder="Agency CRM"
            maxLength={200}
            value={description}
            error={fieldError(error, 'description')}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <fieldset className={classes.checks}>
            <legend>Events</legend>
            {EVENT_TYPES.map(({ value, help }) => (
              <Checkbox
                key={value}
                size="xs"
                label={
                  <>
                    <EventName name={value} /> <small>{help}</small>
                  </>
                }
                checked={types.includes(value)}
                onChange={(event) =>
                  setTypes(event.currentTarget.checked ? [...types, value] : types.filter((type) => type !== value))
                }
              />
            ))}
            {fieldError(error, 'event_types') && (
              <p className={classes.fieldError}>{fieldError(error, 'event_types')}</p>
            )}
          </fieldset>
          <FormFailure error={error} fields={['url', 'description', 'event_types']} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              disabled={!url.trim() || types.length === 0}
              loading={create.isPending || change.isPending}
            >
              {webhook ? 'Save' : 'Create webhook'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
