// The orders and bookings of a person, with their totals by currency.

import { plural } from '../../../lib/format'
import { money } from '../../../lib/locale'
import { Card } from '../../../ui/Card'
import { type Column, DataTable } from '../../../ui/DataTable'
import { Time } from '../../../ui/Figures'
import type { Person, Purchase } from './api'
import { statusText } from './model'
import classes from './Person.module.css'

export function PurchaseList({ figures: { orders, bookings, purchases } }: { figures: Person['figures'] }) {
  const count = orders.count + bookings.count
  return (
    <Card
      title="Orders and bookings"
      help="Orders and completed bookings that your site reports. Each counts once, by its id."
      note={count > purchases.length ? `the latest ${purchases.length} of ${count}` : undefined}
      flush
    >
      {purchases.length === 0 ? (
        <p className={classes.none}>No orders or bookings yet.</p>
      ) : (
        <>
          <dl className={classes.totals}>
            <Total name={plural(orders.count, 'order')} amounts={orders.amounts} />
            <Total name={plural(bookings.count, 'booking')} amounts={bookings.amounts} />
          </dl>
          <DataTable
            label="Orders and bookings"
            columns={COLUMNS}
            rows={purchases}
            rowKey={({ kind, id }) => `${kind} ${id}`}
          />
        </>
      )}
    </Card>
  )
}

function Total({ name, amounts }: { name: string; amounts: { amount: string; currency: string }[] }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {amounts.length === 0
          ? '–'
          : amounts.map(({ amount, currency }) => <span key={currency}>{money(Number(amount), currency)}</span>)}
      </dd>
    </div>
  )
}

const COLUMNS: Column<Purchase>[] = [
  {
    key: 'what',
    header: 'What',
    cell: ({ kind, service }) => service ?? (kind === 'booking' ? 'Booking' : 'Order'),
    small: 'title',
  },
  { key: 'at', header: 'When', cell: ({ at }) => <Time at={at} /> },
  { key: 'kind', header: 'Kind', cell: ({ kind }) => (kind === 'booking' ? 'Booking' : 'Order'), isExtra: true },
  { key: 'status', header: 'Status', cell: ({ status }) => statusText(status) },
  {
    key: 'id',
    header: 'Id',
    cell: ({ id }) => (
      <code className={classes.id} title={id}>
        {id}
      </code>
    ),
    isExtra: true,
    small: 'fact',
  },
  {
    key: 'amount',
    header: 'Amount',
    align: 'right',
    cell: ({ amount }) => (amount ? money(Number(amount.amount), amount.currency) : '–'),
    small: 'figure',
  },
]
