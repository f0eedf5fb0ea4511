// Wires the parts together: settings and signals in, requests out. No logic of its own.
import type { Config } from './config'
import type { Context, Topics } from './context'
import { all } from './lib/all'
import { createBus } from './lib/bus'
import { listen, type Stop } from './lib/listen'
import { pageUrl } from './lib/page-url'
import { safely } from './lib/safe'
import { createStorage } from './lib/storage'
import { uuid } from './lib/uuid'
import { createQueue } from './queue'
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
import { createStats } from './stats'
import { createTabs } from './tabs'
import { createTransport } from './transport'

/** What a page can do with us: the whole public surface, `window.footfall` without its version. */
export interface Client {
  flush(): void
  stop: Stop
}

export const createClient = (config: Config): Client => {
  // By key: two projects on one origin share neither visitors nor queues.
  const prefix = `footfall.${config.apiKey}.`
  const queueKey = `${prefix}queue.${uuid()}`
  const storage = createStorage(() => localStorage)
  const stats = createStats()
  const queue = createQueue(storage, queueKey, stats)
  const place = createSession(storage, prefix)
  const transport = createTransport(config, queue, stats, storage, `${prefix}wait`)
  const { wake, flush } = transport
  const tabs = createTabs(storage, `${prefix}queue.`, queueKey, (key) => {
    queue.adopt(key)
    wake()
  })
  const bus = createBus<Topics>()
  const context: Context = {
    config,
    bus,
    capture(fields) {
      queue.push({ id: uuid(), timestamp: Date.now(), page_url: pageUrl(), ...fields, ...place() })
      wake()
    },
  }

  const hide = (): void => {
    bus.emit('hide', undefined)
    transport.leave()
  }

  tabs.hold()
  tabs.adopt()
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
    listen(document, 'visibilitychange', () => {
      if (document.visibilityState === 'hidden') return hide()
      tabs.adopt()
      flush()
    }),
    listen(window, 'pagehide', () => {
      hide()
      tabs.release()
    }),
    // Back from the back/forward cache the same page view goes on.
    listen(window, 'pageshow', tabs.hold),
    listen(window, 'pageshow online', flush),
    tabs.release,
    transport.stop,
  )
  return { flush: safely(flush), stop: safely(stop) }
}
