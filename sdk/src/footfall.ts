// The package's client: everything a page tells of the customers that are signed in.
import { type BehaviorTracking, createBehavior } from './behavior/behavior'
import { type Core, createCore } from './core/core'
import type { Customer } from './core/customer'
import { inPage } from './core/in-page'
import type { Options } from './core/options'
import { type Customers, createCustomers } from './customers/customers'
import type { CustomerEventName, Data, DataOf } from './customers/events'
import { all } from './lib/all'
import type { Stop } from './lib/listen'
import { createSessions, type Sessions } from './sessions/tracker'
import { type Widget, widget } from './widget/widget'

export interface Footfall {
  /** Says who is signed in; on every page, since it is not remembered. Somebody else than before: they switched. */
  identify(customer: Customer): void
  signOut(): void
  /** Tells the CRM what the customer did. */
  track<Name extends CustomerEventName>(name: Name, data?: DataOf<Name>): void
  behavior: BehaviorTracking
  /** Follows the customer's visits, until the returned function is called. */
  trackSessions(): Stop
  widget(id: string): Widget
  /** Sends what waits, now. */
  flush(): void
  /** Watches and sends nothing more on this page. What waits is sent by the next one. */
  stop: Stop
}

interface Parts {
  core: Core
  behavior: BehaviorTracking
  customers: Customers
  sessions: Sessions
}

const createParts = (options: Options): Parts => {
  const core = createCore(options)
  return {
    core,
    behavior: createBehavior(core),
    customers: createCustomers(core, options.automatic || {}),
    sessions: createSessions(core),
  }
}

/** One of a kind in a page: made twice, as development servers do, it would tell everything twice. */
const running = new Map<string, Parts>()

/** May be called where a page is rendered by a server: everything does nothing there. */
export const createFootfall = (options: Options): Footfall => {
  const key = `${options.endpoint} ${options.apiKey}`
  let isStopped = false

  const parts = (): Parts => {
    const made = running.get(key) || createParts(options)
    running.set(key, made)
    return made
  }
  const withParts = <A extends unknown[]>(use: (parts: Parts, ...args: A) => void) =>
    inPage((...args: A) => isStopped || use(parts(), ...args))

  // At once in a page: what an earlier page could not deliver waits for nobody's call.
  withParts(() => {})()

  return {
    identify: withParts(({ core }, customer: Customer) => core.identify(customer)),
    signOut: withParts(({ core }) => core.signOut()),
    track: withParts(({ customers }, name: CustomerEventName, data?: Data) => customers.track(name, data || {})),
    behavior: {
      trackPropertyView: withParts(({ behavior }, id, view) => behavior.trackPropertyView(id, view)),
      trackSearch: withParts(({ behavior }, query, filters) => behavior.trackSearch(query, filters)),
      trackFilterApplied: withParts(({ behavior }, type, value) => behavior.trackFilterApplied(type, value)),
      trackContactClick: withParts(({ behavior }, method, id) => behavior.trackContactClick(method, id)),
    },
    trackSessions() {
      let stop: Stop = () => {}
      withParts(({ sessions }) => {
        stop = sessions.start()
      })()
      return inPage(() => stop())
    },
    widget: (id) => widget(id, options),
    flush: withParts(({ core }) => core.flush()),
    stop: withParts(({ core, customers, sessions }) => {
      isStopped = true
      running.delete(key)
      all(sessions.stop, customers.stop, core.stop)()
    }),
  }
}
