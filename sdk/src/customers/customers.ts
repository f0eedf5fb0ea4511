// Events of signed-in customers, for the CRM. Visitors whom the page does not name send none.
import type { Core } from '../core/core'
import type { Automatic } from '../core/options'
import { watchRoutes } from '../core/routes'
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'
import { pageUrl } from '../lib/page-url'
import { uuid } from '../lib/uuid'
import { eventOfClick, eventOfForm, eventsOfPage, type MarkupEvent } from './attributes'
import { createOpenBooking } from './booking'
import { customerDestination } from './destination'
import { type CustomerEventName, type Data, type DataOf, purchaseId } from './events'

export interface CustomerTracking {
  track<Name extends CustomerEventName>(name: Name, data?: DataOf<Name>): void
  stop: Stop
}

/** Global Privacy Control asks not to be linked: then there is no CRM. */
const mayLink = (): boolean => !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl

export const createCustomers = (core: Core, automatic: Automatic): CustomerTracking => {
  const { pageViews = false, forms = false, logins = false, abandonedBookings = true } = automatic
  const { push } = core.outbox('customer', customerDestination(core.endpoint, core.apiKey, core.parameters))
  const booking = createOpenBooking(core)

  const send = (name: CustomerEventName, data: Data): void => {
    const customer = core.customer()
    if (!customer || !mayLink()) return
    push({
      id: purchaseId(name, data) || uuid(),
      timestamp: Date.now(),
      event_type: name,
      customer,
      event_data: data,
      session: { session_id: core.place().session_id },
      page_url: pageUrl(),
    })
  }

  const track = (name: CustomerEventName, data: Data = {}): void => {
    booking.see(name, data)
    send(name, data)
  }

  const resume = (): void => {
    const resumed = booking.resume()
    if (resumed) track('booking.started', resumed)
  }

  const trackAll = (all: (MarkupEvent | undefined)[]): void => {
    for (const event of all) if (event) track(event.name, event.data)
  }

  /** Before it is known who views the page, the view waits for that. */
  let isViewWaiting = false
  const viewPage = (): void => {
    isViewWaiting = !core.customer()
    if (isViewWaiting) return
    if (pageViews) track('page.viewed', { page_title: document.title.slice(0, 256) })
    trackAll(eventsOfPage())
  }

  const stop = all(
    core.bus.on('signIn', ({ isNew }) => {
      if (logins && isNew) track('customer.login')
      resume()
      if (isViewWaiting) viewPage()
    }),
    core.bus.on('hide', ({ isSiteLeft }) => {
      const left = isSiteLeft && abandonedBookings && booking.leave()
      if (left) send('booking.abandoned', left)
    }),
    // Back from the back/forward cache.
    listen(window, 'pageshow', resume),
    listen<MouseEvent>(document, 'click', ({ target }) => trackAll([eventOfClick(target as Element)])),
    listen(document, 'submit', ({ target }) => trackAll([eventOfForm(target as HTMLFormElement, forms)])),
    watchRoutes(viewPage),
  )

  return { track, stop }
}
