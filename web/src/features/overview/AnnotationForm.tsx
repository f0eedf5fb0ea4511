// The dialog that writes a note on the time line.
import { Button, Group, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useCreateAnnotation } from '../../api/annotations'
import { civil, dayText, instantOf, zoneLabel } from '../../lib/zone'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { toastDone } from '../../ui/toast'

const FIELDS = ['text', 'kind', 'at']
const KINDS = [
  { value: 'note', label: 'Note' },
  { value: 'release', label: 'Release' },
]

export function AnnotationForm({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const create = useCreateAnnotation(projectId)
  const [opened] = useState(Date.now)
  const [text, setText] = useState('')
  const [kind, setKind] = useState('note')
  const [day, setDay] = useState(() => dayText(opened))
  const [time, setTime] = useState(() => timeText(opened))
  const at = instantOf(day, time)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (at === null || !text.trim()) return
    const body = { text: text.trim(), kind, at: new Date(at).toISOString() }
    create.mutate(body, { onSuccess: () => (toastDone('Note added'), onClose()) })
  }

  return (
    <Modal opened onClose={onClose} title="Add a note to the time line">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Text"
            description="Shown in the charts."
            placeholder="Radio campaign begins"
            required
            data-autofocus
            maxLength={200}
            value={text}
            error={fieldError(create.error, 'text')}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <SegmentedControl data={KINDS} value={kind} onChange={setKind} aria-label="Kind" />
          <Group grow align="flex-start">
            <TextInput
              type="date"
              label="Day"
              required
              value={day}
              error={fieldError(create.error, 'at')}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
            <TextInput
              type="time"
              label={`Time (${zoneLabel()})`}
              required
              value={time}
              onChange={(event) => setTime(event.currentTarget.value)}
            />
          </Group>
          <FormFailure error={create.error} fields={FIELDS} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!text.trim() || at === null} loading={create.isPending}>
              Add note
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function timeText(at: number): string {
  const { hour, minute } = civil(at)
  return [hour, minute].map((part) => String(part).padStart(2, '0')).join(':')
}
