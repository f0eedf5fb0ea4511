// Asks before something is done that matters; what cannot be undone needs its name typed.
import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { FormFailure } from './FormFailure'

type Props = {
  title: string
  children: ReactNode
  /** Has to be typed; left out where the action can be undone. */
  word?: string
  action: string
  isPending: boolean
  error: Error | null
  /** Only destructive actions are red. */
  isHarmless?: boolean
  onConfirm: () => void
  onClose: () => void
}

export function ConfirmDialog({
  title,
  children,
  word,
  action,
  isPending,
  error,
  isHarmless = false,
  onConfirm,
  onClose,
}: Props) {
  const [typed, setTyped] = useState('')
  const isSame = word === undefined || typed.trim() === word

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isSame && !isPending) onConfirm()
  }

  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={submit}>
        {children}
        {word !== undefined && (
          <TextInput
            label={`Type “${word}” to confirm`}
            data-autofocus
            autoComplete="off"
            mb="sm"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <FormFailure error={error} />
        <Group justify="flex-end" mt="md" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!isSame} loading={isPending} {...(isHarmless ? {} : { color: 'red' })}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
