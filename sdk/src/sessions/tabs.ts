// Whether other tabs of this browser show the site: as long as one does, the visit goes on.
import { safely } from '../lib/safe'
import type { Storage } from '../lib/storage'
import { uuid } from '../lib/uuid'
import { IDLE_MS } from '../session'

export interface LivingTabs {
  /** Says that this tab is in use. */
  touch(): void
  leave(): void
  /** No other tab was in use of late. A tab that crashed counts for as long. */
  isLast(): boolean
}

export const createLivingTabs = (storage: Storage, prefix: string): LivingTabs => {
  const own = `${prefix}tab.${uuid()}`

  const others = (): string[] =>
    storage.keys().filter((key) => {
      if (!key.startsWith(`${prefix}tab.`) || key === own) return false
      const isLiving = Math.abs(Date.now() - Number(safely(() => storage.get(key))())) < IDLE_MS
      if (!isLiving) storage.remove(key)
      return isLiving
    })

  return {
    touch: () => storage.set(own, `${Date.now()}`),
    leave: () => storage.remove(own),
    isLast: () => !others()[0],
  }
}
