// Short messages about what was done or failed.
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { describe } from './Result'
import classes from './Toast.module.css'

export function toastDone(message: string): void {
  notifications.show({ message, color: 'teal', icon: <IconCheck size={16} />, autoClose: 4_000 })
}

/** For what can be taken back; the offer stays a little longer than a plain message. `way` leads to what was made. Returns
 * what withdraws the offer. */
export function toastUndo(
  message: string,
  onUndo: () => void,
  way?: { label: string; onOpen: () => void },
): () => void {
  const id = notifications.show({
    message: (
      <span className={classes.undo}>
        {message}
        {way && (
          <Button variant="subtle" size="compact-xs" onClick={() => (notifications.hide(id), way.onOpen())}>
            {way.label}
          </Button>
        )}
        <Button variant="subtle" size="compact-xs" onClick={() => (notifications.hide(id), onUndo())}>
          Undo
        </Button>
      </span>
    ),
    color: 'teal',
    icon: <IconCheck size={16} />,
    autoClose: 8_000,
  })
  return () => notifications.hide(id)
}

export function toastFailed(what: string, error: Error): void {
  const { title, detail, requestId } = describe(error)
  const message = [detail || title, requestId && `Request id ${requestId}`].filter(Boolean).join(' · ')
  notifications.show({
    title: what,
    message,
    color: 'red',
    icon: <IconAlertTriangle size={16} />,
    autoClose: 10_000,
    classNames: { description: classes.detail ?? '' },
  })
}
