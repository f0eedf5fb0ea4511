// Records images, scripts, styles and beacons that failed or were slow: whatever the browser loads for a page by itself.
//
// An element says that it failed, the browser's timing with which status; of other sites it gives away neither status nor size.
import { all } from '../lib/all'
import { later } from '../lib/later'
import { listen, type Stop } from '../lib/listen'
import { safely } from '../lib/safe'
import type { OnEnd } from './requests'

/** Until the timing of an element that failed has come. */
const WAIT_MS = 1000
const MAX_KNOWN = 300

type Timing = PerformanceResourceTiming & { responseStatus?: number }

const urlOf = (target: EventTarget | null): string => {
  const { currentSrc, src, href } = Object(target) as Record<string, unknown>
  const [url] = [currentSrc, src, href].filter((url) => typeof url === 'string' && url)
  return url ? new URL(url as string, document.baseURI).href : ''
}

export const watchResources = (onEnd: OnEnd): Stop => {
  const known = new Map<string, Timing>()

  const note = (timing: Timing): void => {
    const { duration, encodedBodySize, initiatorType, name, responseStatus: status } = timing
    if (/^(fetch|xmlhttprequest)$/.test(initiatorType)) return
    if (known.size > MAX_KNOWN) known.clear()
    known.set(name, timing)
    const isBeacon = initiatorType === 'beacon'
    if (!status) return
    onEnd({
      method: isBeacon ? 'POST' : 'GET',
      url: name,
      status,
      duration_ms: duration,
      via: isBeacon ? 'beacon' : 'resource',
      ...(encodedBodySize && { size_bytes: encodedBodySize }),
    })
  }

  const observer = safely(() => {
    const observer = new PerformanceObserver(safely((list) => (list.getEntries() as Timing[]).forEach(note)))
    observer.observe({ type: 'resource' })
    return observer
  })()

  const onFailure = (url: string): void => {
    const timing = known.get(url)
    // With a status it is known already; and a picture that cannot be read did not fail to load.
    if (timing?.responseStatus) return
    onEnd({ method: 'GET', url, status: 0, duration_ms: timing?.duration || 0, via: 'resource', error: 'failed' })
  }

  return all(
    listen<Event>(window, 'error', ({ isTrusted, target }) => {
      if (!isTrusted || !(target instanceof Element)) return
      const url = urlOf(target)
      later(() => onFailure(url), WAIT_MS)
    }),
    () => observer?.disconnect(),
  )
}
