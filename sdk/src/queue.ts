// Events that wait for the server's acknowledgement: bounded by bytes and age, kept on disk per tab.
//
// On disk: a JSON array of the counts and then the events. A full queue is set aside under a name that no tab
// owns, and taken up again, by whoever has room, like one that a closed tab has left.
import { bytes } from './lib/bytes'
import { safely } from './lib/safe'
import type { Storage } from './lib/storage'
import { uuid } from './lib/uuid'
import { createStats, drop, merge, type Stats } from './stats'

/** Of one queue: it is written anew with every event. */
export const MAX_BYTES = 256 * 1024
/** Of all queues: localStorage is the host page's too, about 5 MB, and we stay a small guest. */
export const MAX_ALL_BYTES = 5 * MAX_BYTES
/** Safari deletes script-written storage after seven days anyway. */
export const MAX_AGE_MS = 7 * 24 * 3600 * 1000

/** The fields that events of every contract share: an id, by which the server detects duplicates, and a time. */
export interface Queued {
  id: string
  timestamp: number
}

export interface Queue<E extends Queued> {
  /** The waiting events, oldest first. */
  events(): E[]
  push(event: E): void
  /** Writes the counts, which others change, to disk. */
  save(): void
  /** Answers how many of these still waited: an event may be acknowledged twice. */
  remove(gone: (E | undefined)[]): number
  /** Forgets everything, uncounted. */
  clear(): void
  /** After the page was away: what others have taken over in the meantime is theirs. */
  rejoin(): void
  /** Takes over what was left under `key`, when there is room. */
  adopt(key: string): void
}

const isPageview = (event: object): boolean => (event as { interaction_type?: string }).interaction_type === 'pageview'

/** `prefix`: of all queues of this kind; `key`: of the one that is ours. */
export const createQueue = <E extends Queued>(
  storage: Storage,
  prefix: string,
  key: string,
  stats: Stats,
): Queue<E> => {
  let events: E[] = []

  const sizeOf = (name: string): number => bytes(storage.get(name) || '')

  /** Makes room for the newest event; false when all places are taken. */
  const setAside = (): boolean => {
    const older = JSON.stringify([{}, ...events.slice(0, -1)])
    let total = bytes(older)
    for (const name of storage.keys()) if (name.startsWith(prefix) && name !== key) total += sizeOf(name)
    if (!events[1] || total > MAX_ALL_BYTES) return false
    storage.set(prefix + uuid(), older)
    events = events.slice(-1)
    return true
  }

  // Safely, since requests run on from here: a failure must not become a rejection in the page.
  const persist = safely((): void => {
    const count = events.length
    events = events.filter((event) => event.timestamp > Date.now() - MAX_AGE_MS)
    drop(stats, 'queue_expired', count - events.length)
    let text = ''
    while (bytes((text = JSON.stringify([stats, ...events]))) > MAX_BYTES) {
      if (setAside()) continue
      // Page views go last: without them every rate loses its denominator.
      const oldest = events.findIndex((event) => !isPageview(event))
      events.splice(Math.max(0, oldest), 1)
      drop(stats, 'queue_overflow', 1)
    }
    storage.set(key, text)
  })

  const clear = (): void => {
    events = []
    Object.assign(stats, createStats())
    storage.remove(key)
  }

  return {
    events: () => events,
    save: persist,
    clear,
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
    rejoin() {
      if (!storage.get(key)) clear()
    },
    adopt(from) {
      if (events[0] && sizeOf(key) + sizeOf(from) > MAX_BYTES) return
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
