// Whether a visitor may be followed, and whether anything may be kept on the device.
//
// `granted`: ids and what waits to be sent are kept on the device. `none`: they live and die with the page, and
// no visitor id leaves it. `denied`: nothing is noticed, kept or sent. Until it is known, as with `none`.
import { safely } from './lib/safe'
import { createStorage, type Storage } from './lib/storage'

export type Mode = 'granted' | 'denied' | 'none'

export const isMode = (value: unknown): value is Mode => /^(granted|denied|none)$/.test(value as string)

export interface Consent {
  /** Undefined until somebody has said something. */
  mode(): Mode | undefined
  set(mode: Mode): void
  storage: Storage
}

/** `prefix`: of all names under which we keep something on the device. */
export const createConsent = (prefix: string): Consent => {
  let mode: Mode | undefined
  // Nothing to open is as good as storage that throws: everything stays in memory.
  const storage = createStorage(() => (mode === 'granted' ? localStorage : undefined) as globalThis.Storage)

  const purge = safely(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
  })

  return {
    storage,
    mode: () => mode,
    set(wanted) {
      // Global Privacy Control: no id that outlives the page, whatever the page sets.
      const isGlobal = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
      mode = isGlobal && wanted === 'granted' ? 'none' : wanted
      if (mode === 'granted') storage.keep()
      else purge()
    },
  }
}
