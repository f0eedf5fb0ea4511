// A key-value store over localStorage that never throws, and works from memory where storage is denied.
import { safely } from './safe'

export interface Storage {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
  keys(): string[]
}

/** `open` is a function because the mere access to `window.localStorage` may throw. */
export const createStorage = (open: () => globalThis.Storage): Storage => {
  /** Only what the disk refused: other tabs must stay able to change the rest. */
  const memory = new Map<string, string>()
  return {
    get: (key) => memory.get(key) || safely(() => open().getItem(key))() || null,
    set(key, value) {
      memory.set(key, value)
      safely(() => {
        open().setItem(key, value)
        memory.delete(key)
      })()
    },
    remove(key) {
      memory.delete(key)
      safely(() => open().removeItem(key))()
    },
    keys: () => safely(() => Object.keys(open()))() || [],
  }
}
