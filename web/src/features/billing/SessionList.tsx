// Usage by session, page by page; a row is followed to the events it is made of.

import { IconPhoneCall } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { uniqueRows } from '../../api/question'
import { duration } from '../../lib/format'
import { moneyColumn } from '../../lib/money'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Num, Time } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { Result } from '../../ui/Result'
import { SessionLink } from '../../ui/SessionLink'
import { Empty, RowsSkeleton } from '../../ui/States'
import { sessionsQuery } from './api'
import classes from './Billing.module.css'
import { CallPanel } from './CallPanel'
import { Ended } from './Ended'
import { differenceText, readSessionKey, sessionKey, type UsageRow } from './model'
import type { BillingPeriod } from './periods'
import { clock } from './tariff'
import { widgetsQuery } from './widgetApi'

type Props = {
  projectId: string
  period: BillingPeriod
  widget: string | undefined
  differing: boolean
  openKey: string | undefined
  onOpen: (key: string | undefined) => void
}

export function SessionList({ projectId, period, widget, differing, openKey, onOpen }: Props) {
  const sessions = useInfiniteQuery(sessionsQuery(projectId, period, widget, differing))
  const { data: widgets = [] } = useQuery(widgetsQuery(projectId))
  const rows = uniqueRows(sessions.data?.pages.map((page) => page.rows) ?? [], sessionKey)
  const currency = sessions.data?.pages[0]?.currency ?? null
  const close = useCallback(() => onOpen(undefined), [onOpen])
  const opened = openKey === undefined ? undefined : rows.find((row) => sessionKey(row) === openKey)
  const nameOf = (id: string | null | undefined) => widgets.find((entry) => entry.id === id)?.name ?? 'Deleted widget'

  return (
    <Card
      title={differing ? 'Sessions with different talk time and session span' : 'By session'}
      piece="billing.sessions"
      help={
        differing
          ? 'Talk time adds up the calls. The session span runs from the first start to the last end, pauses included.'
          : 'One row per widget and session. Click a row to see its events.'
      }
      flush
    >
      <Result what="The sessions" question={sessions} skeleton={<RowsSkeleton rows={10} />}>
        {() =>
          rows.length === 0 ? (
            <Empty icon={IconPhoneCall} title="No calls found">
              Choose another widget or a longer period.
            </Empty>
          ) : (
            <>
              <DataTable
                label="Usage by session"
                columns={columns(rows, currency, nameOf, differing)}
                rows={rows}
                rowKey={sessionKey}
                isStale={sessions.isPlaceholderData}
                openKey={openKey}
                onOpen={(row) => onOpen(sessionKey(row))}
              />
              <LoadMore
                shown={rows.length}
                what="sessions"
                one="session"
                hasMore={sessions.hasNextPage}
                isLoading={sessions.isFetchingNextPage}
                onMore={() => void sessions.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
      {openKey !== undefined && (
        <CallPanel
          key={openKey}
          projectId={projectId}
          {...readSessionKey(openKey)}
          widgetName={nameOf(readSessionKey(openKey).widgetId)}
          row={opened}
          currency={currency}
          onClose={close}
        />
      )}
    </Card>
  )
}

function columns(
  rows: UsageRow[],
  currency: string | null,
  nameOf: (id: string | null | undefined) => string,
  differing: boolean,
): Column<UsageRow>[] {
  const amount = currency
    ? moneyColumn(
        rows.map((row) => row.amount_minor ?? 0),
        currency,
      )
    : null
  return [
    { key: 'started', header: 'Started', cell: (row) => <Time at={row.started_at} />, small: 'title' },
    { key: 'widget', header: 'Widget', cell: (row) => nameOf(row.widget_id), small: 'line' },
    {
      key: 'session',
      header: 'Session',
      cell: (row) => row.session_id && <SessionLink sessionId={row.session_id} isShort />,
      isExtra: true,
    },
    { key: 'end', header: 'Ended', cell: (row) => <Ended row={row} />, small: 'line' },
    { key: 'calls', header: 'Calls', align: 'right', cell: (row) => <Num value={row.calls} /> },
    ...(differing
      ? ([
          { key: 'talk', header: 'Talk time', align: 'right', cell: (row) => clock(Math.round(row.talk_seconds)) },
          {
            key: 'span',
            header: 'Session span',
            align: 'right',
            cell: (row) =>
              row.span_seconds < 0 ? `−${clock(Math.round(-row.span_seconds))}` : clock(Math.round(row.span_seconds)),
          },
          {
            key: 'why',
            header: 'Reason',
            cell: (row) => (row.differences ?? []).map(differenceText).join('; '),
            small: 'line',
          },
        ] satisfies Column<UsageRow>[])
      : []),
    { key: 'time', header: 'Billable', align: 'right', cell: (row) => duration(row.billable_seconds * 1000) },
    ...(amount
      ? [
          {
            key: 'amount',
            header: 'Amount',
            align: 'right',
            cell: (row: UsageRow) => <b className={classes.nowrap}>{amount(row.amount_minor ?? 0)}</b>,
            small: 'figure',
          } satisfies Column<UsageRow>,
        ]
      : []),
  ]
}
