// Says which queues belong to tabs that are gone, so that exactly one living tab sends their events.
//
// A living page holds a lock named like its queue. It lets go at page hide, because a page that holds a
// lock cannot enter the back/forward cache, and takes it again when it is restored.
import type { Stop } from './lib/listen'
import { safely } from './lib/safe'
import type { Storage } from './lib/storage'

export interface Tabs {
  hold(): void
  release: Stop
  /** Gives the key of every queue without a living owner to `take`. */
  adopt(): void
}

export const createTabs = (storage: Storage, prefix: string, ownKey: string, take: (key: string) => void): Tabs => {
  const locks = (navigator as { locks?: LockManager }).locks
  let isWanted = false
  let releaseLock: Stop = () => {}

  /** A page without an origin is refused its locks by a rejection: nothing to do, and nothing to log. */
  const claim = safely((key: string, use: (lock: unknown) => unknown): void => {
    // Without locks (insecure pages, old browsers) two tabs may send the same: the server sees it by the ids.
    if (locks) locks.request(key, { ifAvailable: true }, safely(use)).catch(() => {})
    else use(true)
  })

  return {
    hold() {
      isWanted = true
      // Granted later: a page that is hidden by then must not get what would keep it out of the cache.
      claim(ownKey, (lock) => lock && isWanted && new Promise<void>((resolve) => (releaseLock = resolve)))
    },
    release() {
      isWanted = false
      releaseLock()
    },
    adopt() {
      for (const key of storage.keys()) {
        if (key.startsWith(prefix) && key !== ownKey) claim(key, (lock) => lock && take(key))
      }
    },
  }
}
