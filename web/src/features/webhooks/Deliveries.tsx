// Sent and waiting messages of a webhook; a message opens next to the list.
import { Button, SegmentedControl } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { uniqueRows } from '../../api/question'
import { duration } from '../../lib/format'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { EventName } from '../../ui/EventName'
import { ExportButton } from '../../ui/ExportButton'
import { Time, useNow } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { toastFailed } from '../../ui/toast'
import { allDeliveries, deliveriesQuery, useTestWebhook } from './api'
import { DeliveryPanel } from './DeliveryPanel'
import { DeliveryStatus } from './DeliveryStatus'
import { type Delivery, deliveryResult, STATUS_LABELS, STATUSES, type Status, type Webhook, webhookName } from './model'
import classes from './Webhooks.module.css'

type Props = {
  projectId: string
  webhook: Webhook
  status: Status | undefined
  openId: string | undefined
  onStatus: (status: Status | undefined) => void
  onOpen: (id: string | undefined) => void
}

export function Deliveries({ projectId, webhook, status, openId, onStatus, onOpen }: Props) {
  const deliveries = useInfiniteQuery(deliveriesQuery(projectId, webhook.id, status))
  const test = useTestWebhook(projectId)
  const now = useNow(5_000)
  const rows = uniqueRows(deliveries.data?.pages.map((page) => page.deliveries) ?? [], (delivery) => delivery.id)
  const opened = rows.find((delivery) => delivery.id === openId)
  const close = useCallback(() => onOpen(undefined), [onOpen])
  const send = (
    <Button
      variant="default"
      leftSection={<IconSend size={14} />}
      loading={test.isPending}
      disabled={!webhook.is_active}
      title={webhook.is_active ? undefined : 'Switch on the webhook first'}
      onClick={() =>
        test.mutate(webhook.id, { onError: (error) => toastFailed('The test message was not sent', error) })
      }
    >
      Send test message
    </Button>
  )
  const actions = (
    <>
      {send}
      <ExportButton
        what="messages"
        one="message"
        list={() => allDeliveries(projectId, webhook.id, status)}
        isEmpty={rows.length === 0}
      />
    </>
  )
  return (
    <Card
      title="Deliveries"
      piece="webhooks.deliveries"
      note={`to ${webhookName(webhook)}`}
      help="Messages are kept for 30 days after they are delivered or have failed."
      flush
      actions={actions}
    >
      <div className={classes.filter}>
        <SegmentedControl
          size="xs"
          aria-label="Status"
          value={status ?? 'all'}
          data={[{ value: 'all', label: 'All' }, ...STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] }))]}
          onChange={(value) => onStatus(STATUSES.find((name) => name === value))}
        />
      </div>
      <Result what="The deliveries" question={deliveries} skeleton={<RowsSkeleton rows={6} />}>
        {() =>
          rows.length === 0 ? (
            <Empty
              icon={IconSend}
              title={status ? `No ${STATUS_LABELS[status].toLowerCase()} messages` : 'No messages yet'}
            >
              {status
                ? 'Choose another status.'
                : 'Messages are listed here when contacts or tasks change. Send a test message to see one now.'}
            </Empty>
          ) : (
            <>
              <DataTable
                label="Deliveries"
                columns={columns(now)}
                rows={rows}
                rowKey={(delivery) => delivery.id}
                isStale={deliveries.isPlaceholderData}
                openKey={openId}
                onOpen={(delivery) => onOpen(delivery.id)}
              />
              <LoadMore
                shown={rows.length}
                what="messages"
                one="message"
                hasMore={deliveries.hasNextPage}
                isLoading={deliveries.isFetchingNextPage}
                onMore={() => void deliveries.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
      {opened && (
        <DeliveryPanel key={opened.id} projectId={projectId} webhook={webhook} delivery={opened} onClose={close} />
      )}
    </Card>
  )
}

function columns(now: number): Column<Delivery>[] {
  return [
    { key: 'type', header: 'Message', cell: (delivery) => <EventName name={delivery.event_type} />, small: 'title' },
    { key: 'status', header: 'Status', cell: (delivery) => <DeliveryStatus delivery={delivery} />, small: 'figure' },
    { key: 'result', header: 'Result', cell: (delivery) => deliveryResult(delivery, now), small: 'line' },
    { key: 'attempts', header: 'Attempts', align: 'right', cell: (delivery) => delivery.attempts },
    {
      key: 'duration',
      header: 'Duration',
      align: 'right',
      cell: (delivery) => (delivery.duration_ms != null ? duration(delivery.duration_ms) : '–'),
    },
    { key: 'occurred', header: 'Occurred', align: 'right', cell: (delivery) => <Time at={delivery.occurred_at} /> },
  ]
}
