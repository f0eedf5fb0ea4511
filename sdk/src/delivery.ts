// Everything between an event and its endpoint: the tab's queue, what other tabs left behind, and the moments to send.
import type { Destination } from './destination'
import { all } from './lib/all'
import { listen, type Stop } from './lib/listen'
import type { Storage } from './lib/storage'
import { uuid } from './lib/uuid'
import { createQueue, type Queue, type Queued } from './queue'
import { createStats } from './stats'
import { createTabs } from './tabs'
import { createTransport } from './transport'

export interface Delivery<E extends Queued> {
  /** Takes over the care for an event. */
  push(event: E): void
  /** Sends now, unless the server asked us to wait. */
  flush(): void
  /** Takes over what pages that are gone have left behind. */
  adopt(): void
  queue: Queue<E>
  /** Begins to send at page changes: after those who report at the last moment have their listeners. */
  start(onHide: () => void): Stop
}

/** `prefix`: of the names under which events are kept, one for each kind of event. */
export const createDelivery = <E extends Queued>(
  destination: Destination<E>,
  storage: Storage,
  prefix: string,
): Delivery<E> => {
  const queues = `${prefix}queue.`
  const queueKey = queues + uuid()
  const stats = createStats()
  const queue = createQueue<E>(storage, queues, queueKey, stats)
  const tabs = createTabs(storage, queues, queueKey, (key) => {
    queue.adopt(key)
    wake()
  })
  const transport = createTransport(destination, queue, stats, storage, `${prefix}wait`, tabs.adopt)
  const { wake, flush, leave, stop } = transport

  return {
    flush,
    adopt: tabs.adopt,
    queue,
    push(event) {
      queue.push(event)
      wake()
    },
    start(onHide) {
      const hide = (): void => {
        onHide()
        leave()
      }
      tabs.hold()
      return all(
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
        listen(window, 'pageshow', () => {
          queue.rejoin()
          tabs.hold()
          flush()
        }),
        listen(window, 'online', flush),
        tabs.release,
        stop,
      )
    },
  }
}
