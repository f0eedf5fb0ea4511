// Events that wait for the server's acknowledgement: bounded by bytes and age, kept on disk per tab.
//
// On disk: a JSON array of the counts and then the events.
import { bytes } from './lib/bytes'
import { safely } from './lib/safe'
import type { Storage } from './lib/storage'
import { drop, merge, type Stats } from './stats'

/** localStorage is the host page's too, about 5 MB: we stay a small guest. */
export const MAX_BYTES = 256 * 1024
/** Safari deletes script-written storage after seven days anyway. */
export const MAX_AGE_MS = 7 * 24 * 3600 * 1000

/** What every contract's events have: an id, by which the server knows them again, and their time. */
export interface Queued {
  id: string
  timestamp: number
}

export interface Queue<E extends Queued> {
  /** What waits, first come first. */
  events(): E[]
  push(event: E): void
  /** Writes the counts, which others change, to disk. */
  save(): void
  /** Answers how many of these still waited: an event may be acknowledged twice. */
  remove(gone: (E | undefined)[]): number
  /** Takes over what another page of this browser left under `key`. */
  adopt(key: string): void
}

const isPageview = (event: object): boolean => (event as { interaction_type?: string }).interaction_type === 'pageview'

export const createQueue = <E extends Queued>(storage: Storage, key: string, stats: Stats): Queue<E> => {
  let events: E[] = []

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
        const [counts, ...left] = JSON.parse(storage.get(from) || '[{}]') as [Stats, ...E[]]
        events.push(...left.filter((event) => event.id))
        merge(stats, counts)
      })()
      // Written under our key before it disappears under theirs: a crash between makes copies, not losses.
      persist()
      storage.remove(from)
    },
  }
}
