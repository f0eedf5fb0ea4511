// Time to interactive, as https://web.dev/articles/tti defines it, by long tasks alone: from the first paint on, the
// end of the last long task before five seconds without one; not before the document was read.
import type { Stop } from '../lib/listen'
import { createTimer } from '../lib/timer'

export const QUIET_MS = 5000

/** Tells the time once it is known, which takes five seconds at least; never where the browser names no long tasks. */
export const createInteractive = (tell: (metric: { value: number }) => void) => {
  const timer = createTimer()
  const tasks: PerformanceEntry[] = []
  let observer: PerformanceObserver | undefined

  const stop: Stop = () => {
    timer()
    if (observer) observer.disconnect()
  }

  /** With the first contentful paint, in milliseconds. Those after a return from the cache are of no load. */
  const painted = ({ value: paint }: { value: number }): void => {
    if (observer || !(PerformanceObserver.supportedEntryTypes || []).includes('longtask')) return
    const watch = new PerformanceObserver((list) => void tasks.push(...list.getEntries()))
    observer = watch
    const look = (): void => {
      // Of the task that held this timer up, too.
      tasks.push(...watch.takeRecords())
      let quietSince = paint
      for (const { startTime, duration } of tasks) {
        if (startTime - quietSince >= QUIET_MS) break
        quietSince = Math.max(quietSince, startTime + duration)
      }
      const left = quietSince + QUIET_MS - performance.now()
      if (left > 0) return void timer(look, left)
      stop()
      const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
      tell({ value: Math.max(quietSince, (page && page.domContentLoadedEventEnd) || 0) })
    }
    watch.observe({ type: 'longtask', buffered: true })
    // Long tasks from before are told of in a task of their own.
    timer(look, QUIET_MS)
  }

  return { painted, stop }
}
