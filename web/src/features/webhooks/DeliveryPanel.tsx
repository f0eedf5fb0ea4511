// The panel of one message: what became of it, what was sent, what the receiver answered, and sending it again.
import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { duration } from '../../lib/format'
import { absoluteTime } from '../../lib/time'
import { eventLabel, sentence } from '../../lib/words'
import { CopyIcon, Snippet } from '../../ui/Copy'
import { Facts, PanelSection, SidePanel } from '../../ui/SidePanel'
import { toastDone, toastFailed } from '../../ui/toast'
import { useResendDelivery } from './api'
import { DeliveryStatus } from './DeliveryStatus'
import { type Delivery, MAX_ATTEMPTS, type Webhook } from './model'
import classes from './Webhooks.module.css'

type Props = { projectId: string; webhook: Webhook; delivery: Delivery; onClose: () => void }

export function DeliveryPanel({ projectId, webhook, delivery, onClose }: Props) {
  const resend = useResendDelivery(projectId, webhook.id)
  const optional = (name: string, value: ReactNode): [string, ReactNode][] =>
    value == null || value === '' || value === false ? [] : [[name, value]]
  return (
    <SidePanel
      label={`Message: ${eventLabel(delivery.event_type)}`}
      onClose={onClose}
      title={
        <h2 className={classes.panelTitle} title={delivery.event_type}>
          {eventLabel(delivery.event_type)}
        </h2>
      }
    >
      <PanelSection title="Delivery">
        <Facts
          facts={[
            ['Status', <DeliveryStatus key="status" delivery={delivery} />],
            ['Attempts', `${delivery.attempts} of ${MAX_ATTEMPTS}`],
            ...optional(
              'Response',
              delivery.answered_status != null &&
                `HTTP ${delivery.answered_status}${delivery.duration_ms != null ? ` after ${duration(delivery.duration_ms)}` : ''}`,
            ),
            ...optional('Error', delivery.trouble && sentence(delivery.trouble)),
            ...optional('Last attempt', delivery.last_attempt_at && absoluteTime(delivery.last_attempt_at)),
            ...optional(
              'Next attempt',
              delivery.status === 'waiting' &&
                (delivery.next_attempt_at ? absoluteTime(delivery.next_attempt_at) : 'Now'),
            ),
            ['Occurred', absoluteTime(delivery.occurred_at)],
            [
              'Message id',
              <span key="id" className={classes.code}>
                {delivery.id} <CopyIcon text={delivery.id} what="message id" />
              </span>,
            ],
          ]}
        />
        <Button
          variant="default"
          mt="md"
          leftSection={<IconRefresh size={14} />}
          loading={resend.isPending}
          disabled={!webhook.is_active}
          title={webhook.is_active ? undefined : 'Switch on the webhook first'}
          onClick={() =>
            resend.mutate(delivery.id, {
              onSuccess: () => toastDone('The message is being resent with the same id'),
              onError: (error) => toastFailed('The message was not resent', error),
            })
          }
        >
          Resend
        </Button>
      </PanelSection>
      {delivery.answer && (
        <PanelSection title="Response from the endpoint">
          <Snippet code={delivery.answer} what="Response" />
        </PanelSection>
      )}
      <PanelSection title="Message">
        <Snippet code={JSON.stringify(delivery.payload, null, 2)} what="Message" />
      </PanelSection>
    </SidePanel>
  )
}
