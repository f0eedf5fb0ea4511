// Wires the parts together: settings and signals in, requests out. No logic of its own.
import type { Config } from './config'
import type { Context, Topics } from './context'
import { createDelivery } from './delivery'
import { frictionDestination } from './envelope'
import { all } from './lib/all'
import { createBus } from './lib/bus'
import type { Stop } from './lib/listen'
import { pageUrl } from './lib/page-url'
import { safely } from './lib/safe'
import { createStorage } from './lib/storage'
import { uuid } from './lib/uuid'
import { createSession } from './session'
import { startClick } from './signals/click'
import { startClicks } from './signals/clicks'
import { startDead } from './signals/dead'
import { startError } from './signals/error'
import { startForm } from './signals/form'
import { startPageview } from './signals/pageview'
import { startRage } from './signals/rage'
import { startReactions } from './signals/reactions'
import { startVitals } from './signals/vitals'

/** What a page can do with us: the whole public surface, `window.footfall` without its version. */
export interface Client {
  flush(): void
  stop: Stop
}

export const createClient = (config: Config): Client => {
  // By key: two projects on one origin share neither visitors nor queues.
  const prefix = `footfall.${config.apiKey}.`
  const storage = createStorage(() => localStorage)
  const place = createSession(storage, prefix)
  const { push, flush, start } = createDelivery(frictionDestination(config), storage, prefix)
  const bus = createBus<Topics>()
  const context: Context = {
    config,
    bus,
    capture: (fields) => push({ id: uuid(), timestamp: Date.now(), page_url: pageUrl(), ...fields, ...place() }),
  }

  const stop = all(
    // A signal that cannot start in this browser must not keep the others from starting.
    ...[
      startReactions,
      startClicks,
      startClick,
      startRage,
      startDead,
      startError,
      startForm,
      startPageview,
      startVitals,
    ].map((start) => safely(start)(context)),
    // After the signals: what they report at the last moment still has to leave.
    start(() => bus.emit('hide', undefined)),
  )
  return { flush: safely(flush), stop: safely(stop) }
}
