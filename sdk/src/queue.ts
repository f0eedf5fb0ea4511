// Events that wait for the server's acknowledgement: bounded by bytes and age, kept on disk per tab.
//
// On disk: a JSON array of the counts and then the events.
import type { WireEvent } from './event'
import { bytes } from './lib/bytes'
import { safely } from './lib/safe'
import type { Storage } from './lib/storage'
import { drop, merge, type Stats } from './stats'

/** localStorage is the host page's too, about 5 MB: we stay a small guest. */
export const MAX_BYTES = 256 * 1024
/** Safari deletes script-written storage after seven days anyway. */
export const MAX_AGE_MS = 7 * 24 * 3600 * 1000

export interface Queue {
  /** What waits, first come first. */
  events(): WireEvent[]
  push(event: WireEvent): void
  /** Writes the counts, which others change, to disk. */
  save(): void
  /** Answers how many of these still waited: an event may be acknowledged twice. */
  remove(gone: (WireEvent | undefined)[]): number
  /** Takes over what another page of this browser left under `key`. */
  adopt(key: string): void
}

const isPageview = (event: WireEvent): boolean => 'interaction_type' in event && event.interaction_type === 'pageview'

export const createQueue = (storage: Storage, key: string, stats: Stats): Queue => {
  let events: WireEvent[] = []

  // Safely, since requests run on from here: a failure must not become a rejection in the page.
  const persist = safely((): void => {
    const count = events.length
    events = events.filter((event) => event.timestamp > Date.now() - MAX_AGE_MS)
    drop(stats, 'queue_expired', count - events.length)
    let text = ''
    while (bytes((text = JSON.stringify([stats, ...events]))) > MAX_BYTES) {
      // Page views go last: without them every rate loses its denominator.
      events.splice(
        Math.max(
          0,
          events.findIndex((event) => !isPageview(event)),
        ),
        1,
      )
      drop(stats, 'queue_overflow', 1)
    }
    storage.set(key, text)
  })

  return {
    events: () => events,
    save: persist,
    push(event) {
      events.push(event)
      stats.created++
      persist()
    },
    remove(gone) {
      const count = events.length
      events = events.filter((event) => !gone.some((other) => other && other.id === event.id))
      persist()
      return count - events.length
    },
    adopt: (from) => {
      safely(() => {
        const [counts, ...left] = JSON.parse(storage.get(from) || '[{}]') as [Stats, ...WireEvent[]]
        events.push(...left.filter((event) => event.id))
        merge(stats, counts)
      })()
      // Written under our key before it disappears under theirs: a crash between makes copies, not losses.
      persist()
      storage.remove(from)
    },
  }
}
