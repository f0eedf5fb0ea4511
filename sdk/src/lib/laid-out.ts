// Waits for the page's own layout: whoever reads sizes before it makes the browser lay out twice.
import type { Stop } from './listen'
import { safely } from './safe'

/** Calls `fn` once, in the next frame after its layout; at once where nobody sees frames. */
export const whenLaidOut = (fn: () => void): Stop => {
  if (document.visibilityState === 'hidden' || !window.ResizeObserver) {
    fn()
    return () => {}
  }
  const observer = new ResizeObserver(
    safely(() => {
      stop()
      fn()
    }),
  )
  const stop = (): void => observer.disconnect()
  observer.observe(document.documentElement)
  return stop
}
