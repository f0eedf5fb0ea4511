// Servers render pages, too: there is nobody to watch there, and every call does nothing.
import { safely } from '../lib/safe'

/** Asked at every call, not at import: a test or a shim may make a page later. */
export const isPage = (): boolean => typeof document !== 'undefined' && typeof window !== 'undefined'

/** `fn` where there is a page, without ever throwing into it. */
export const inPage =
  <A extends unknown[]>(fn: (...args: A) => void) =>
  (...args: A): void => {
    if (isPage()) safely(fn)(...args)
  }
