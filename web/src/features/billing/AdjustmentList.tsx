// Adjustments for calls that ended after their month was billed, each with its reason and a link to the call's events.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { uniqueRows } from '../../api/question'
import { useRole } from '../../api/useRole'
import { MINUS, signedDuration } from '../../lib/format'
import { money } from '../../lib/money'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { Time } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { adjustmentsQuery, allAdjustments, tariffQuery } from './api'
import { CallPanel } from './CallPanel'
import { type Adjustment, adjustmentReason, readSessionKey, sessionKey } from './model'
import { monthName } from './periods'
import { widgetsQuery } from './widgetApi'

type Props = {
  projectId: string
  openKey: string | undefined
  onOpen: (key: string | undefined) => void
}

export function AdjustmentList({ projectId, openKey, onOpen }: Props) {
  const { may } = useRole(projectId)
  const adjustments = useInfiniteQuery(adjustmentsQuery(projectId))
  const { data: widgets = [] } = useQuery(widgetsQuery(projectId))
  const currency = useQuery(tariffQuery(projectId)).data?.currency ?? null
  const rows = uniqueRows(adjustments.data?.pages.map((page) => page.adjustments) ?? [], rowKey)
  const nameOf = (id: string) => widgets.find((widget) => widget.id === id)?.name ?? 'Deleted widget'
  const close = useCallback(() => onOpen(undefined), [onOpen])
  return (
    <Card
      title="Adjustments"
      piece="billing.adjustments"
      help="Changes to closed months caused by events that arrived late. Add them to the next bill as a charge or credit."
      flush
      actions={
        <ExportButton
          what="adjustments"
          one="adjustment"
          list={() => allAdjustments(projectId)}
          isEmpty={rows.length === 0}
        />
      }
    >
      <Result what="The adjustments" question={adjustments} skeleton={<RowsSkeleton rows={3} />}>
        {() =>
          rows.length === 0 ? (
            <Empty title="No adjustments">
              Calls that change after their month was closed are listed here with the reason.
            </Empty>
          ) : (
            <>
              <DataTable
                label="Adjustments"
                columns={columns(currency, nameOf)}
                rows={rows}
                rowKey={rowKey}
                openKey={rows.map(rowKey).find((key) => openKey !== undefined && key.startsWith(openKey))}
                {...(may('analyst') ? { onOpen: (row: Adjustment) => onOpen(sessionKey(row)) } : {})}
              />
              <LoadMore
                shown={rows.length}
                what="adjustments"
                one="adjustment"
                hasMore={adjustments.hasNextPage}
                isLoading={adjustments.isFetchingNextPage}
                onMore={() => void adjustments.fetchNextPage()}
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
          row={undefined}
          currency={currency}
          onClose={close}
        />
      )}
    </Card>
  )
}

/** One call may be adjusted several times. */
function rowKey(row: Adjustment): string {
  return `${sessionKey(row)} ${row.started_at} ${row.noted_at} ${row.event_id}`
}

function columns(currency: string | null, nameOf: (id: string) => string): Column<Adjustment>[] {
  return [
    {
      key: 'reason',
      header: 'Reason',
      cell: ({ reason }) => (
        <span title={adjustmentReason(reason).help || reason}>{adjustmentReason(reason).label}</span>
      ),
      small: 'title',
    },
    { key: 'month', header: 'Month', cell: ({ month }) => monthName(month) },
    { key: 'widget', header: 'Widget', cell: (row) => nameOf(row.widget_id), small: 'line' },
    { key: 'started', header: 'Call started', cell: (row) => <Time at={row.started_at} /> },
    { key: 'noted', header: 'Created', cell: (row) => <Time at={row.noted_at} /> },
    { key: 'calls', header: 'Calls', align: 'right', cell: (row) => signedCount(row.calls), small: 'none' },
    { key: 'time', header: 'Billable', align: 'right', cell: (row) => signedDuration(row.billable_seconds * 1000) },
    {
      key: 'amount',
      header: 'Amount',
      align: 'right',
      cell: (row) => <b>{currency ? signedMoney(row.amount_minor ?? 0, currency) : '–'}</b>,
      small: 'figure',
    },
  ]
}

function signedCount(value: number): string {
  return value === 0 ? '0' : `${value > 0 ? '+' : MINUS}${Math.abs(value)}`
}

function signedMoney(minor: number, currency: string): string {
  return `${minor > 0 ? '+' : ''}${money(minor, currency)}`
}
