// The package's client: everything a page reports of signed-in customers.
import { type BehaviorTracking, createBehavior } from './behavior/behavior'
import { type Consent, purge } from './core/consent'
import { type Core, createCore, prefixOf } from './core/core'
import type { Customer } from './core/customer'
import { inPage } from './core/in-page'
import type { Options } from './core/options'
import { type CustomerTracking, createCustomers } from './customers/customers'
import type { CustomerEventName, Data, DataOf } from './customers/events'
import { all } from './lib/all'
import type { Stop } from './lib/listen'
import { createSessions, type SessionTracking } from './sessions/tracker'
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
  /** Sets the visitor's consent from now on, and removes from the device whatever it does not cover. */
  consent(consent: Consent): void
  /** Sends what waits, now. */
  flush(): void
  /** Watches and sends nothing more on this page. What waits is sent by the next one. */
  stop: Stop
}

interface Parts {
  core: Core
  behavior: BehaviorTracking
  customers: CustomerTracking
  sessions: SessionTracking
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

/** One instance per key in a page: created twice, as development servers do, it would report everything twice. */
const running = new Map<string, Parts>()

/** May be called where a page is rendered by a server: everything does nothing there. */
export const createFootfall = (options: Options): Footfall => {
  const key = `${options.endpoint} ${options.apiKey}`
  let consent = options.consent || 'granted'
  let isStopped = false
  /** The customer the page named last: identified again when the visitor consents. */
  let person: Customer | undefined
  const followers = new Set<{ stop: Stop }>()

  const withParts = <A extends unknown[]>(use: (parts: Parts, ...args: A) => void) =>
    inPage((...args: A) => {
      if (isStopped || consent === 'denied') return
      const parts = running.get(key) || createParts({ ...options, consent })
      running.set(key, parts)
      use(parts, ...args)
    })

  const halt = (): void => {
    const parts = running.get(key)
    running.delete(key)
    if (!parts) return
    const { core, customers, sessions } = parts
    core.allow(consent)
    all(sessions.stop, customers.stop, core.stop)()
  }

  const follow = withParts(({ sessions }, follower: { stop: Stop }) => {
    follower.stop = sessions.start()
  })
  const identify = withParts(({ core }, customer: Customer) => core.identify(customer))
  const signOut = withParts(({ core }) => core.signOut())

  // At once in a page: what an earlier page could not deliver waits for nobody's call.
  withParts(() => {})()

  return {
    // A server renders for many: nobody may be remembered there.
    identify: inPage((customer) => {
      person = customer
      identify(customer)
    }),
    signOut: inPage(() => {
      person = undefined
      signOut()
    }),
    track: withParts(({ customers }, name: CustomerEventName, data?: Data) => customers.track(name, data || {})),
    behavior: {
      trackPropertyView: withParts(({ behavior }, id, view) => behavior.trackPropertyView(id, view)),
      trackSearch: withParts(({ behavior }, query, filters) => behavior.trackSearch(query, filters)),
      trackFilterApplied: withParts(({ behavior }, type, value) => behavior.trackFilterApplied(type, value)),
      trackContactClick: withParts(({ behavior }, method, id) => behavior.trackContactClick(method, id)),
    },
    trackSessions() {
      const follower = { stop: () => {} }
      inPage(() => {
        followers.add(follower)
        follow(follower)
      })()
      return inPage(() => {
        followers.delete(follower)
        follower.stop()
      })
    },
    widget: (id) => widget(id, { endpoint: options.endpoint, consent }),
    consent: inPage((wanted: Consent) => {
      const wasDenied = consent === 'denied'
      consent = wanted
      if (wanted === 'denied') {
        halt()
        purge(prefixOf(options.apiKey))
        return
      }
      withParts(({ core }) => core.allow(wanted))()
      if (!wasDenied) return
      for (const follower of followers) follow(follower)
      if (person) identify(person)
    }),
    flush: withParts(({ core }) => core.flush()),
    stop: inPage(() => {
      isStopped = true
      halt()
    }),
  }
}
