// The options a page starts with.
import type { Consent } from './consent'

export interface Options {
  /** An ingest key of the project, `fk_…`: public by nature, it may only write. */
  apiKey: string
  /** Where the server is: `https://footfall.example`. */
  endpoint: string
  /** `granted` by default; later by `consent()`. */
  consent?: Consent
  /** Events of signed-in customers that are sent automatically. */
  automatic?: Automatic
}

export interface Automatic {
  /** `page.viewed`, for documents and for the routes of single-page applications. Off by default. */
  pageViews?: boolean
  /** `form.submitted`: the form's name, never what it holds. Off by default. */
  forms?: boolean
  /** `customer.login`, once a visit. Off by default: a site may have a better moment for it. */
  logins?: boolean
  /** `booking.abandoned` when the site is left with a booking under way. On by default. */
  abandonedBookings?: boolean
}
