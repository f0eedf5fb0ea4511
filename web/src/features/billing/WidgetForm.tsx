// The dialog that creates or edits a widget.
import { Button, Group, Modal, Select, Stack, Switch, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { DomainsInput } from '../../ui/DomainsInput'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { toastDone } from '../../ui/toast'
import type { Widget } from './model'
import { useChangeWidget, useCreateWidget } from './widgetApi'
import { KINDS } from './widgetKinds'

const FIELDS = ['name', 'kind', 'allowed_domains', 'is_demo']

type Props = { projectId: string; widget?: Widget; onClose: () => void; onCreated: (widget: Widget) => void }

export function WidgetForm({ projectId, widget, onClose, onCreated }: Props) {
  const create = useCreateWidget(projectId)
  const change = useChangeWidget(projectId)
  const [name, setName] = useState(widget?.name ?? '')
  const [kind, setKind] = useState(widget?.kind ?? 'floating')
  const [domains, setDomains] = useState(widget?.allowed_domains ?? [])
  const [isDemo, setDemo] = useState(widget?.is_demo ?? false)
  const error = create.error ?? change.error

  function submit(event: FormEvent) {
    event.preventDefault()
    const body = { name: name.trim(), kind, allowed_domains: domains, is_demo: isDemo }
    if (widget)
      change.mutate(
        { id: widget.id, change: body },
        { onSuccess: () => (toastDone(`Widget ${body.name} saved`), onClose()) },
      )
    else
      create.mutate(body, {
        onSuccess: (made) => (toastDone(`Widget ${made.name} created`), onCreated(made), onClose()),
      })
  }

  return (
    <Modal opened onClose={onClose} title={widget ? `Edit ${widget.name}` : 'Create a widget'}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="Shown in usage and bills."
            placeholder="Reservations line"
            required
            data-autofocus
            value={name}
            error={fieldError(error, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label="Display"
            data={KINDS}
            allowDeselect={false}
            value={kind}
            error={fieldError(error, 'kind')}
            onChange={(value) => value && setKind(value)}
          />
          <DomainsInput value={domains} error={fieldError(error, 'allowed_domains')} onChange={setDomains} />
          <Switch
            size="sm"
            label="Demo"
            description="For testing: nothing is stored or charged."
            checked={isDemo}
            onChange={(event) => setDemo(event.currentTarget.checked)}
          />
          <FormFailure error={error} fields={FIELDS} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!name.trim()} loading={create.isPending || change.isPending}>
              {widget ? 'Save' : 'Create widget'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
