// Shows a secret the one time it is known, and is closed on purpose only: a click beside it would lose it.
import { Button, Group, Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Snippet } from './Copy'
import classes from './RevealOnce.module.css'

type Props = { title: string; what: string; secret: string; children: ReactNode; onClose: () => void }

export function RevealOnce({ title, what, secret, children, onClose }: Props) {
  const [isSure, setSure] = useState(false)
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      size={520}
    >
      <div className={classes.text}>{children}</div>
      <Snippet code={secret} what={what} />
      <p className={classes.warning}>It is shown only once. You cannot look it up later.</p>
      <Group justify="flex-end" mt="md" gap="xs">
        <label className={classes.sure}>
          <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.currentTarget.checked)} /> I have
          stored it in a safe place
        </label>
        <Button disabled={!isSure} onClick={onClose}>
          Done
        </Button>
      </Group>
    </Modal>
  )
}
