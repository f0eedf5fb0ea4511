// The rejected events, with the reason and the body as received; each can be resent.

import { IconCircleCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { uniqueRows } from '../../api/question'
import type { FailedEvent } from '../../api/types'
import { reasonLabel } from '../../lib/words'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { Time } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { allFailedEvents, failedQuery } from './api'
import classes from './Events.module.css'
import { FailedPanel } from './FailedPanel'

const COLUMNS: Column<FailedEvent>[] = [
  {
    key: 'received',
    header: 'Received',
    width: '110px',
    cell: (event) => <Time at={event.received_at} />,
    small: 'figure',
  },
  {
    key: 'reason',
    header: 'Reason',
    cell: (event) => (
      <span className={classes.reason} title={event.reason}>
        {reasonLabel(event.reason)}
      </span>
    ),
    small: 'title',
  },
  {
    key: 'detail',
    header: 'Detail',
    cell: (event) => <span className={classes.subject}>{event.detail}</span>,
    small: 'line',
  },
  {
    key: 'body',
    header: 'Body',
    cell: (event) => <code className={classes.body}>{event.body.slice(0, 120)}</code>,
    isExtra: true,
  },
  {
    key: 'resent',
    header: 'Resent',
    align: 'right',
    cell: (event) => (event.resent_at ? <Time at={event.resent_at} /> : '–'),
  },
]

type Props = { projectId: string; openId: string | undefined; onOpen: (id: string | undefined) => void }

export function FailedEvents({ projectId, openId, onOpen }: Props) {
  const failed = useInfiniteQuery(failedQuery(projectId))
  const rows = uniqueRows(failed.data?.pages.map((page) => page.failed_events) ?? [], (event) => event.id)
  const opened = rows.find((event) => event.id === openId)
  const close = useCallback(() => onOpen(undefined), [onOpen])
  return (
    <Card
      title="Failed events"
      piece="events.failed"
      help="Rejected events are kept as received, so that you can fix the cause and resend them. The period and filters do not apply."
      flush
      actions={
        <ExportButton
          what="failed events"
          one="failed event"
          list={() => allFailedEvents(projectId)}
          isEmpty={rows.length === 0}
          note="The CSV file has all failed events, each with the first 2 KiB of its body."
        />
      }
    >
      <Result what="The failed events" question={failed} skeleton={<RowsSkeleton rows={8} />}>
        {() =>
          rows.length === 0 ? (
            <Empty icon={IconCircleCheck} title="No failed events">
              Every received event was accepted or a duplicate.
            </Empty>
          ) : (
            <>
              <DataTable
                label="Failed events"
                columns={COLUMNS}
                rows={rows}
                rowKey={(event) => event.id}
                openKey={openId}
                onOpen={(event) => onOpen(event.id)}
              />
              <LoadMore
                shown={rows.length}
                what="failed events"
                hasMore={failed.hasNextPage}
                isLoading={failed.isFetchingNextPage}
                onMore={() => void failed.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
      {opened && <FailedPanel projectId={projectId} event={opened} onClose={close} />}
    </Card>
  )
}
