// Usage by day or month, latest first, with the sum of all rows.
import { duration, exactNumber } from '../../lib/format'
import { moneyColumn } from '../../lib/money'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Num } from '../../ui/Figures'
import classes from './Billing.module.css'
import { hasAdjustments, rowName, type Usage, type UsageRow } from './model'

type Line = UsageRow & { name: string }

export function UsageTable({ usage, group, isStale }: { usage: Usage; group: 'day' | 'month'; isStale: boolean }) {
  const rows = [...usage.rows].reverse().map((row) => ({ ...row, name: rowName(row) }))
  return (
    <Card
      title={group === 'day' ? 'By day' : 'By month'}
      piece="billing.rows"
      note={`${exactNumber(rows.length)} with calls`}
      help="Calls are counted by their start time, in the project's time zone."
      flush
    >
      <DataTable
        label={`Usage by ${group}`}
        columns={columns(usage, group)}
        rows={rows}
        rowKey={(row) => row.day ?? row.month ?? ''}
        isStale={isStale}
      />
    </Card>
  )
}

function columns({ rows, currency }: Usage, group: 'day' | 'month'): Column<Line>[] {
  const amount = currency
    ? moneyColumn(
        rows.flatMap((row) => [row.amount_minor ?? 0, row.adjustments.amount_minor ?? 0]),
        currency,
      )
    : null
  return [
    { key: 'name', header: group === 'day' ? 'Day' : 'Month', cell: (row) => row.name, small: 'title' },
    { key: 'calls', header: 'Calls', align: 'right', cell: (row) => <Num value={row.calls} /> },
    { key: 'inferred', header: 'Inferred ends', align: 'right', cell: (row) => <Zero value={row.inferred_calls} /> },
    { key: 'errors', header: 'Failed calls', align: 'right', cell: (row) => <Zero value={row.errors} /> },
    { key: 'time', header: 'Billable', align: 'right', cell: (row) => duration(row.billable_seconds * 1000) },
    ...(amount
      ? [
          {
            key: 'amount',
            header: 'Amount',
            align: 'right',
            cell: (row: Line) => <b className={classes.nowrap}>{amount(row.amount_minor ?? 0)}</b>,
            small: 'figure',
          } satisfies Column<Line>,
        ]
      : []),
    {
      key: 'late',
      header: 'Adjustments',
      align: 'right',
      cell: (row) => (amount && hasAdjustments(row.adjustments) ? amount(row.adjustments.amount_minor ?? 0) : ''),
      isKnown: (row) => hasAdjustments(row.adjustments),
    },
  ]
}

/** A zero steps back, so that the others are seen. */
function Zero({ value }: { value: number }) {
  return value === 0 ? <span className={classes.muted}>0</span> : <Num value={value} />
}
