// Web vitals as the `web-vitals` library measures them, the load time, and the time to interactive.
import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'
import type { Context } from '../context'
import type { Metric, WebVitalValues } from '../event'
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'
import { round } from '../lib/round'
import { createTimer } from '../lib/timer'
import { createInteractive } from './interactive'

/** Gives the first paint and the time to first byte, which come by themselves, time to come. */
export const EARLY_METRICS_DELAY_MS = 1000

export const startVitals = ({ bus, capture, entry: page_url }: Context): Stop => {
  // All of them describe the document as it was loaded, whatever route is shown when they are known.
  let early: WebVitalValues = {}
  let final: WebVitalValues = {}
  const timer = createTimer()

  const send = (values: WebVitalValues): void => {
    if (Object.keys(values)[0]) capture({ type: 'performance', page_url, ...values })
    early = {}
  }

  const keep =
    (metric: Metric) =>
    ({ value }: { value: number }): void => {
      const values = /^[ft]/.test(metric) ? early : final
      values[metric] = round(value)
    }

  const onLoad = (): void =>
    timer(() => {
      const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
      if (entry && entry.loadEventEnd) early.load_time = round(entry.loadEventEnd)
      send(early)
    }, EARLY_METRICS_DELAY_MS)

  const interactive = createInteractive(keep('time_to_interactive'))
  onTTFB(keep('time_to_first_byte'))
  onFCP((metric) => {
    keep('first_contentful_paint')(metric)
    interactive.painted(metric)
  })
  onLCP(keep('largest_contentful_paint'))
  onINP(keep('interaction_to_next_paint'))
  onCLS(keep('cumulative_layout_shift'))
  if (document.readyState === 'complete') onLoad()

  return all(
    listen(window, 'load', onLoad),
    bus.on('hide', () => {
      // The library finishes its measurements at `visibilitychange`, which follows `pagehide`.
      if (document.visibilityState !== 'hidden') return
      // What goes on in a page that nobody sees says nothing of how it felt.
      interactive.stop()
      send({ ...early, ...final })
      final = {}
    }),
    // The library cannot be stopped; without the listeners above its findings go nowhere.
    timer,
    interactive.stop,
  )
}
