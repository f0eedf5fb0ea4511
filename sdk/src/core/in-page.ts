// Servers render pages, too: there is nobody to watch there, and every call does nothing.
import { listen } from '../lib/listen'
import { safely } from '../lib/safe'

/** Asked at every call, not at import: a test or a shim may make a page later. */
export const isPage = (): boolean => typeof document !== 'undefined' && typeof window !== 'undefined'

/** `fn` where there is a page, without ever throwing into it. A page that may never be seen waits until it is. */
export const inPage =
  <A extends unknown[]>(fn: (...args: A) => void) =>
  (...args: A): void => {
    if (!isPage()) return
    if ((document as { prerendering?: boolean }).prerendering) {
      listen(document, 'prerenderingchange', () => fn(...args))
    } else safely(fn)(...args)
  }
