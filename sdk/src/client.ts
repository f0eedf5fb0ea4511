// Wires the parts together: settings and signals in, requests out. No logic of its own.
import type { Config } from './config'
import { createConsent, isMode, type Mode } from './consent'
import type { Context, Topics } from './context'
import { createDelivery } from './delivery'
import { frictionDestination, type Mask } from './envelope'
import { nameOf, type WireEvent } from './event'
import { all } from './lib/all'
import { createBus } from './lib/bus'
import { later } from './lib/later'
import type { Stop } from './lib/listen'
import { maskRoughly } from './lib/mask-roughly'
import { pageUrl } from './lib/page-url'
import { getBusy, safely } from './lib/safe'
import { selectorOf } from './lib/selector'
import { uuid } from './lib/uuid'
import { fetchSettings } from './remote-settings'
import { createSession, isIn } from './session'
import { type AttributeValues, createSettings, isIgnored, type Settings } from './settings'
import { startClick } from './signals/click'
import { startClicks } from './signals/clicks'
import { startDead } from './signals/dead'
import { startError } from './signals/error'
import { startPageview } from './signals/pageview'
import { startRage } from './signals/rage'
import { startReactions } from './signals/reactions'

/** The public API for pages: `window.footfall` without its version. */
export interface Client {
  flush(): void
  /** The visitor's consent, or the default where nobody asks. */
  consent(mode: Mode): void
  stop: Stop
}

/** Features that can load later: a script of their own, or a part of the site's bundle. */
export interface DeferredParts {
  startMore(context: Context): Stop
  /** Masks a text, by the name of its field. */
  createMask(settings: Settings): Mask
}

export const createClient = (config: Config, loadMore: () => Promise<DeferredParts>): Client => {
  const { apiKey, endpoint, own } = config
  // By key: two projects on one origin share neither visitors nor queues.
  const prefix = `footfall.${apiKey}.`
  const settingsKey = `${prefix}settings`
  const { storage, mode, set } = createConsent(prefix)
  const settings = createSettings(own)
  const place = createSession(storage, prefix)
  let mask: Mask = maskRoughly
  let letSend: () => void = () => {}
  const destination = frictionDestination(
    config,
    mode,
    (name, text) => mask(name, text),
    new Promise((resolve) => (letSend = resolve)),
  )
  const delivery = createDelivery(destination, storage, prefix)
  const bus = createBus<Topics>()
  let last: WireEvent | undefined
  const context: Context = {
    settings,
    bus,
    config,
    mode,
    last: () => last,
    entry: pageUrl(),
    busy: getBusy(),
    uuid,
    selectorOf,
    isIgnored: (node) => isIgnored(node, settings),
    capture(fields) {
      const event: WireEvent = { id: uuid(), timestamp: Date.now(), page_url: pageUrl(), ...fields, ...place() }
      if (settings.get(nameOf(event), true) && isIn(event.session_id, settings.get('session_share', 1))) {
        delivery.push(event)
        bus.emit('event', (last = event))
      }
    },
  }

  /** In this order: the sources of reactions and clicks start before the signals that use them. */
  const starts: ((context: Context) => Stop)[] = [
    startReactions,
    startClicks,
    startClick,
    startRage,
    startDead,
    startError,
    startPageview,
  ]
  let stops: (Stop | undefined)[] = []
  let choice: unknown
  let isLoading = false
  let isStopped = false

  /** Does what page, project and visitor want; `otherwise` when none of them has said anything. */
  const apply = (otherwise?: Mode): void => {
    const next = [choice, settings.get('consent', ''), otherwise].find(isMode)
    if (next) set(next)
    if (isStopped || mode() === 'denied') {
      all(...stops)()
      stops = []
      if (!isStopped) delivery.queue.clear()
      return
    }
    // Another page may have stored a visitor before this page was allowed to read the storage: events that wait are theirs.
    for (const event of delivery.queue.events())
      if (event.visitor_id !== storage.get(`${prefix}visitor`)) Object.assign(event, place())
    // A signal that cannot start in this browser must not keep the others from starting.
    for (const start of starts.slice(stops.length)) stops.push(safely(start)(context))
    // Not in the moment that starts everything: requests take long to begin, and so do others' queues to find.
    later(delivery.adopt)
    if (!isLoading) later(load)
    isLoading = true
  }

  const load = async (): Promise<void> => {
    // Where it is blocked, the first script does without.
    const loaded = loadMore().then(
      safely(({ startMore, createMask }) => {
        mask = createMask(settings)
        starts.push(startMore)
        apply()
      }),
      () => {},
    )
    const remote = await fetchSettings(endpoint, apiKey)
    if (remote) settings.use(remote)
    // Sites that must ask first say so in the tag, or in settings that have loaded.
    safely(apply)('granted')
    if (remote) storage.set(settingsKey, JSON.stringify(remote))
    await loaded
    letSend()
  }

  // Events that signals report when the page is hidden are sent with the others.
  const leave = delivery.start(() => bus.emit('hide', undefined))
  // Kept because the visitor let us, and so it may be read, unless this page knows better.
  const kept = settings.get('consent', 'granted') === 'granted' && safely(() => localStorage.getItem(settingsKey))()
  if (kept) settings.use(safely(JSON.parse)(kept) as AttributeValues)
  apply(kept ? 'granted' : undefined)

  return {
    flush: safely(delivery.flush),
    consent: safely((wanted) => {
      if (!isMode(wanted)) return
      choice = wanted
      apply()
    }),
    stop: safely(() => {
      isStopped = true
      apply()
      leave()
    }),
  }
}
