// The columns of the customers and their CSV.
import type { Customer } from '../../api/types'
import { money } from '../../lib/locale'
import type { Column } from '../../ui/DataTable'
import { Num } from '../../ui/Figures'
import { PersonLink } from '../../ui/PersonLink'
import { When } from '../../ui/When'
import classes from './Customers.module.css'
import { customerLine, customerName, deviceText } from './model'

/** Names lead to the person where the member `mayOpen` one. */
export const customerColumns = (mayOpen: boolean): Column<Customer>[] => [
  {
    key: 'name',
    header: 'Customer',
    cell: (customer) => <Name customer={customer} mayOpen={mayOpen} />,
    small: 'title',
  },
  {
    key: 'sessions',
    header: 'Sessions',
    align: 'right',
    sort: 'sessions',
    cell: (customer) => <Num value={customer.total_sessions} />,
    small: 'figure',
  },
  {
    key: 'orders',
    header: 'Orders',
    align: 'right',
    sort: 'orders',
    cell: (customer) => <Num value={customer.total_orders} />,
  },
  {
    key: 'bookings',
    header: 'Bookings',
    align: 'right',
    sort: 'bookings',
    cell: (customer) => <Num value={customer.total_bookings} />,
  },
  {
    key: 'reviews',
    header: 'Reviews',
    align: 'right',
    cell: (customer) => <Num value={customer.total_reviews} />,
    isExtra: true,
    isKnown: (customer) => customer.total_reviews > 0,
  },
  {
    key: 'order',
    header: 'Last order',
    align: 'right',
    cell: (customer) => <LastOrder customer={customer} />,
    isKnown: (customer) => customer.last_order_at != null,
    small: 'none',
  },
  {
    key: 'booking',
    header: 'Last booking',
    cell: (customer) => <LastBooking customer={customer} />,
    isKnown: (customer) => customer.last_booking_at != null,
    small: 'none',
  },
  {
    key: 'device',
    header: 'Device',
    cell: (customer) => <span className={classes.device}>{deviceText(customer) || '–'}</span>,
    isExtra: true,
  },
  {
    key: 'login',
    header: 'Last sign-in',
    align: 'right',
    sort: 'last_login',
    cell: (customer) => (customer.last_login_at ? <When at={customer.last_login_at} /> : '–'),
  },
  {
    key: 'registered',
    header: 'Registered',
    align: 'right',
    sort: 'registered',
    cell: (customer) => (customer.registered_at ? <When at={customer.registered_at} /> : '–'),
  },
]

function Name({ customer, mayOpen }: { customer: Customer; mayOpen: boolean }) {
  const line = customerLine(customer)
  const isHere = customer.sessions.some((session) => session.status === 'active')
  return (
    <div className={classes.who}>
      <span className={classes.name}>
        <span className={classes.nameText}>
          {mayOpen ? <PersonLink personId={customer.id}>{customerName(customer)}</PersonLink> : customerName(customer)}
        </span>
        {isHere && <i className={classes.here} role="img" aria-label="Active now" title="Active now" />}
      </span>
      {line && <span className={classes.line}>{line}</span>}
    </div>
  )
}

/** The last payment, in the reader's locale. */
export function orderAmount(customer: Customer): string {
  const { last_order_amount: amount, last_order_currency: currency } = customer
  return amount == null || !currency ? '' : money(amount, currency)
}

function LastOrder({ customer }: { customer: Customer }) {
  if (!customer.last_order_at) return '–'
  return (
    <>
      {orderAmount(customer)}
      <span className={classes.line}>
        <When at={customer.last_order_at} />
      </span>
    </>
  )
}

function LastBooking({ customer }: { customer: Customer }) {
  if (!customer.last_booking_at) return '–'
  return (
    <>
      <span className={classes.service}>{customer.last_booking_service ?? 'Booking'}</span>
      <span className={classes.line}>
        <When at={customer.last_booking_at} />
      </span>
    </>
  )
}
