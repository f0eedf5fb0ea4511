// The events of section 4 of the contracts, and what each may say. Members of your own are kept, too.

export interface Data {
  [member: string]: unknown
}

/** Amounts are in major units (`49.9`); without a currency they are in the server's default. */
interface Amount extends Data {
  total_amount?: number
  /** ISO 4217. */
  currency?: string
}

/** Something that can be looked at: the first of name, title and id is remembered. */
export interface Item extends Data {
  item_id?: string | number
  item_name?: string
  vehicle_id?: string | number
  vehicle_name?: string
}

export interface Booking extends Amount, Item {
  /** The site's own id: a completed booking that is reported twice counts once. */
  booking_id?: string | number
  service?: string
  pickup_location?: string
}

export interface Order extends Amount {
  /** The site's own id: an order that is reported twice counts once. */
  order_id?: string | number
}

export interface CustomerEvents {
  'customer.created': Data
  'customer.login': Data
  'customer.updated': Data
  'search.performed': Data & { location?: string; pickup_location?: string }
  'vehicle.viewed': Item
  'page.viewed': Data & { page_title?: string }
  'booking.started': Booking
  'booking.step_completed': Booking & { step?: string | number }
  'booking.abandoned': Booking
  'booking.completed': Booking
  'payment.attempted': Amount
  'payment.successful': Amount
  'payment.failed': Amount & { reason?: string }
  'form.submitted': Data & { form_name?: string }
  'chat.message': Data
  'order.placed': Order
  'review.posted': Data & { rating?: number }
}

/** Any kind of item can be viewed: `villa.viewed`. */
export type CustomerEventName = keyof CustomerEvents | `${string}.viewed`

export type DataOf<Name extends CustomerEventName> = Name extends keyof CustomerEvents ? CustomerEvents[Name] : Item

/** The id by which the server recognises a purchase reported twice, by the page and by the shop's server. */
export const purchaseId = (name: string, { booking_id, order_id }: Data): string | undefined => {
  if (name === 'booking.completed' && booking_id) return `booking:${booking_id}`
  return name === 'order.placed' && order_id ? `order:${order_id}` : undefined
}
