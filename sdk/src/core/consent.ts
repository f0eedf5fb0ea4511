// The visitor's consent, and the storage it permits.
import { safely } from '../lib/safe'
import { createStorage, type Storage } from '../lib/storage'

/**
 * `granted`: what waits to be sent, and the visitor's random id, are kept on the device. `none`: nothing is kept,
 * everything lives and dies with the page, and no visitor id leaves it. `denied`: nothing is noticed or sent.
 */
export type Consent = 'granted' | 'none' | 'denied'

/** Global Privacy Control: nothing outlives the page, whatever the page sets. */
export const isKept = (consent: Consent): boolean =>
  consent === 'granted' && !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl

const NOWHERE = undefined as unknown as globalThis.Storage

export interface Stores {
  /** The browser's. */
  storage: Storage
  /** This tab's. */
  tab: Storage
}

/** Asked at every access: consent may be given and taken back at any time. */
export const createStores = (mayKeep: () => boolean): Stores => ({
  storage: createStorage(() => (mayKeep() ? localStorage : NOWHERE)),
  tab: createStorage(() => (mayKeep() ? sessionStorage : NOWHERE)),
})

/** Removes from the device all that was kept below a prefix. */
export const purge = (prefix: string): void => {
  for (const open of [() => localStorage, () => sessionStorage]) {
    safely(() => {
      for (const key of Object.keys(open())) if (key.startsWith(prefix)) open().removeItem(key)
    })()
  }
}
