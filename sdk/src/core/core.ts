// The core that the package's parts share: the destination, the visit, and the signed-in customer.
import type { Destination } from '../destination'
import { all } from '../lib/all'
import { type Bus, createBus } from '../lib/bus'
import type { Stop } from '../lib/listen'
import { safely } from '../lib/safe'
import type { Storage } from '../lib/storage'
import type { Queued } from '../queue'
import { type Consent, createStores, isKept, purge } from './consent'
import { type Customer, userOf } from './customer'
import { createIdentity, type Identity } from './identity'
import { watchLeaving } from './leaving'
import type { Options } from './options'
import { createOutbox, type Outbox } from './outbox'
import type { Topics } from './topics'
import { createVisits, type Visit } from './visit'

export interface Core extends Identity {
  apiKey: string
  endpoint: string
  bus: Bus<Topics>
  /** Kept for the browser. */
  storage: Storage
  /** Kept for this tab. */
  tab: Storage
  /** Of every name in both. */
  prefix: string
  /** Where in the visit we are; the script of the same key shares it. */
  place(): Visit
  /** Makes the next place the first of a new visit. */
  renew(): void
  /** Query parameters that the project keeps, as the script of the same key has heard of them. */
  parameters(): string
  /** How sessions and behaviour name the customer. */
  user(): string | undefined
  outbox<E extends Queued>(name: string, destination: Destination<E>): Outbox<E>
  /** The visitor allows more or less than before: `granted` or `none`. */
  allow(consent: Consent): void
  flush(): void
  stop: Stop
}

export const trimEndpoint = (endpoint: string): string => endpoint.replace(/\/+$/, '')

/** By key: two projects on one origin share nothing. */
export const prefixOf = (apiKey: string): string => `footfall.${apiKey}.`

/** Of the settings that the script keeps; none where it has kept nothing. */
const parametersIn = (settings: string | null): string => {
  const { query_parameters } = Object(safely(JSON.parse)(settings || '')) as { query_parameters?: unknown }
  return typeof query_parameters === 'string' ? query_parameters : ''
}

/** Only where there is a page. */
export const createCore = ({ apiKey, endpoint, consent = 'granted' }: Options): Core => {
  const prefix = prefixOf(apiKey)
  let allowed = consent
  const mayKeep = (): boolean => isKept(allowed)
  const { storage, tab } = createStores(mayKeep)
  const bus = createBus<Topics>()
  const place = createVisits(storage, prefix, mayKeep)
  const identity = createIdentity(storage, prefix, place, bus)
  const outboxes: Outbox<never>[] = []
  // Before any delivery listens: what the parts report when the page goes away still has to leave.
  const stopLeaving = watchLeaving((isSiteLeft) => bus.emit('hide', { isSiteLeft }))

  return {
    ...identity,
    apiKey,
    endpoint: trimEndpoint(endpoint),
    bus,
    storage,
    tab,
    prefix,
    place,
    renew: () => storage.remove(`${prefix}session`),
    parameters: () => parametersIn(storage.get(`${prefix}settings`)),
    user: () => userOf(identity.customer() as Customer | undefined),
    outbox(name, destination) {
      const outbox = createOutbox(destination, storage, `${prefix}${name}.`)
      outboxes.push(outbox as Outbox<never>)
      return outbox
    },
    allow(consent) {
      allowed = consent
      if (!mayKeep()) purge(prefix)
    },
    flush: () => outboxes.forEach(({ flush }) => void flush()),
    stop: () => all(identity.stop, stopLeaving, ...outboxes.map(({ stop }) => stop))(),
  }
}
