// Short messages about what was done or failed.
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { describe } from './Result'

export function toastDone(message: string): void {
  notifications.show({ message, color: 'teal', icon: <IconCheck size={16} />, autoClose: 4_000 })
}

export function toastFailed(what: string, error: Error): void {
  const { title, detail, requestId } = describe(error)
  const message = [detail || title, requestId && `Request id ${requestId}`].filter(Boolean).join(' · ')
  notifications.show({ title: what, message, color: 'red', icon: <IconAlertTriangle size={16} />, autoClose: 10_000 })
}
