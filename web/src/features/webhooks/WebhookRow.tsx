// One webhook: its URL, events, health and actions.
import { ActionIcon, Menu, Switch } from '@mantine/core'
import { IconDots, IconPencil, IconRefresh, IconSend, IconTrash } from '@tabler/icons-react'
import { absoluteTime } from '../../lib/time'
import { EventName } from '../../ui/EventName'
import { Time } from '../../ui/Figures'
import { switchWithUndo } from '../../ui/switchWithUndo'
import { toastDone, toastFailed } from '../../ui/toast'
import { useChangeWebhook, useTestWebhook } from './api'
import { type Webhook, webhookHealth, webhookName } from './model'
import classes from './Webhooks.module.css'

type Props = {
  projectId: string
  webhook: Webhook
  isChosen: boolean
  onChoose: () => void
  onDialog: (kind: 'edit' | 'delete' | 'rotate') => void
}

export function WebhookRow({ projectId, webhook, isChosen, onChoose, onDialog }: Props) {
  const change = useChangeWebhook(projectId)
  const test = useTestWebhook(projectId)
  const name = webhookName(webhook)
  const health = webhookHealth(webhook)

  const toggle = (isActive: boolean) =>
    void switchWithUndo({
      name,
      isActive,
      effect: { on: 'changes are sent to it', off: 'nothing is sent to it' },
      set: (is_active) => change.mutateAsync({ id: webhook.id, change: { is_active } }),
    })
  const send = () => {
    onChoose()
    test.mutate(webhook.id, {
      onSuccess: () => toastDone('Test message sent. See the list for the result.'),
      onError: (error) => toastFailed('The test message was not sent', error),
    })
  }

  return (
    <li className={classes.row} data-on={isChosen || undefined}>
      <button type="button" className={classes.choose} aria-pressed={isChosen} onClick={onChoose}>
        <span className={classes.name}>{name}</span>
        <span className={classes.url} title={webhook.url}>
          {webhook.url}
        </span>
      </button>
      <div className={classes.types}>
        {webhook.event_types.map((type) => (
          <span key={type} className={classes.type}>
            <EventName name={type} />
          </span>
        ))}
      </div>
      <div className={classes.rowActions}>
        <span className={classes.state}>
          <i data-tone={health.tone} />
          {(health.tone === 'good' || health.tone === 'plain') && <span>{health.label}</span>}
        </span>
        <Switch
          size="sm"
          aria-label={`Send changes to ${name}`}
          checked={webhook.is_active}
          onChange={(event) => toggle(event.currentTarget.checked)}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`Actions for ${name}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconSend size={14} />} disabled={!webhook.is_active} onClick={send}>
              Send test message
            </Menu.Item>
            <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => onDialog('edit')}>
              Edit
            </Menu.Item>
            <Menu.Item leftSection={<IconRefresh size={14} />} onClick={() => onDialog('rotate')}>
              Replace secret
            </Menu.Item>
            <Menu.Item c="var(--ff-bad)" leftSection={<IconTrash size={14} />} onClick={() => onDialog('delete')}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <Trouble webhook={webhook} />
    </li>
  )
}

function Trouble({ webhook }: { webhook: Webhook }) {
  const { tone, label, since } = webhookHealth(webhook)
  if (tone === 'warn' && since)
    return (
      <p className={classes.trouble}>
        All messages have failed since <Time at={since} />. After five days the webhook is switched off.
      </p>
    )
  if (tone === 'bad')
    return (
      <p className={classes.trouble} data-tone="bad">
        Switched off {since && <Time at={since} />}: {label}. Fix the endpoint, then switch it on and resend.
      </p>
    )
  if (webhook.previous_secret_until && Date.parse(webhook.previous_secret_until) > Date.now())
    return (
      <p className={classes.trouble}>
        Messages are also signed with the previous secret until {absoluteTime(webhook.previous_secret_until)}.
      </p>
    )
  return null
}
