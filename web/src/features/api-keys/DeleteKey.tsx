// Deleting a key cannot be undone, so its name has to be typed.
import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ApiKey } from '../../api/types'
import { toastDone, toastFailed } from '../../ui/toast'
import { useDeleteKey } from './api'

export function DeleteKey({ projectId, apiKey, onClose }: { projectId: string; apiKey: ApiKey; onClose: () => void }) {
  const remove = useDeleteKey(projectId)
  const [typed, setTyped] = useState('')
  const isSame = typed === apiKey.key_name

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!isSame) return
    remove.mutate(apiKey.id, {
      onSuccess: () => (toastDone(`Key ${apiKey.key_name} deleted`), onClose()),
      onError: (error) => toastFailed(`Key ${apiKey.key_name} was not deleted`, error),
    })
  }

  return (
    <Modal opened onClose={onClose} title={`Delete key ${apiKey.key_name}`}>
      <form onSubmit={submit}>
        <p>
          Sites that use this key can no longer send events. Existing events are kept. To pause the key, switch it off
          instead.
        </p>
        <TextInput
          label={`Type “${apiKey.key_name}” to confirm`}
          data-autofocus
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" disabled={!isSame} loading={remove.isPending}>
            Delete key
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
