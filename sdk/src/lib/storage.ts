// A key-value store over localStorage that never throws, and works from memory where storage is denied.
import { safely } from './safe'

export interface Storage {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
  keys(): string[]
  /** Storage is allowed from now on: writes what memory holds, except where the disk knows more. */
  keep(): void
}

/** `open` is a function because the mere access to `window.localStorage` may throw; it may also refuse. */
export const createStorage = (open: () => globalThis.Storage): Storage => {
  /** Only what the disk refused: other tabs must stay able to change the rest. */
  const memory = new Map<string, string>()
  const read = (key: string) => safely(() => open().getItem(key))()

  const set = (key: string, value: string): void => {
    memory.set(key, value)
    safely(() => {
      open().setItem(key, value)
      memory.delete(key)
    })()
  }

  return {
    set,
    get: (key) => memory.get(key) || read(key) || null,
    remove(key) {
      memory.delete(key)
      safely(() => open().removeItem(key))()
    },
    keys: () => [...memory.keys(), ...(safely(() => Object.keys(open()))() || [])],
    keep: () =>
      memory.forEach((value, key) => {
        if (read(key)) memory.delete(key)
        else set(key, value)
      }),
  }
}
