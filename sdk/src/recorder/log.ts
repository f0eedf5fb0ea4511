// What a recording holds beside the page: what is printed, and requests that failed or were slow, within their limits.
import { all } from '../lib/all'
import { later } from '../lib/later'
import type { Stop } from '../lib/listen'
import { allowParameters, maskUrl } from '../lib/mask'
import { safely } from '../lib/safe'
import { CONSOLE_TAG, createRoom, REQUEST_TAG, type RequestEntry } from './entries'
import type { Host } from './host'
import { createPrinted } from './printed'
import { type OnEnd, watchRequests } from './requests'
import { watchResources } from './resources'

/** Of one page. */
const MAX_LINES = 500
const MAX_REQUESTS = 300
const SLOW_MS = 3000
/** A page that is left breaks off its requests, and some browsers call that a failure: the page is gone by then. */
const LEAVING_MS = 500
const MAX_URL = 500
const MAX_METHOD = 20

/** Our own requests, at the endpoint: the page's site may be there, too. */
const OURS =
  /^\/(ingest-|upload-screenshot|sdk-settings|track-event|friction-tracker|footfall(-\w+)?\.js|api\/(analytics|tracking)\/)/

export interface Log {
  start(): void
  /** Reports what is known but waits to be more. */
  flush(): void
  /** What came before the last snapshot but one is thrown away. */
  renew(): void
  stop(): void
}

/** `add` puts an entry into the recording; `spend` hears when a piece of work began that is over now. */
export const createLog = (
  host: Host,
  add: (tag: string, entry: object) => void,
  spend: (begun: number) => void,
): Log => {
  const lines = createRoom(MAX_LINES)
  const requests = createRoom(MAX_REQUESTS)
  const printed = createPrinted(lines, (entry) => add(CONSOLE_TAG, entry), spend)
  let stops: Stop = () => {}

  const absolute = (url: string): string => new URL(url, document.baseURI).href

  const isOurs = (url: string): boolean => {
    const endpoint = absolute(host.endpoint).replace(/\/$/, '')
    return url.startsWith(endpoint) && OURS.test(url.slice(endpoint.length))
  }

  /** Whether a developer would look for it. What the page itself broke off is of interest when it took long. */
  const isKept = ({ duration_ms, error, status }: RequestEntry): boolean =>
    duration_ms >= SLOW_MS || (error ? error !== 'aborted' : status >= 400)

  const startRequests = (): Stop => {
    let isActive = true

    const keep = (entry: RequestEntry): void => {
      if (isActive && requests.take()) add(REQUEST_TAG, entry)
    }

    const onEnd: OnEnd = safely((ended) => {
      if (!isActive || !ended.url || requests.isFull() || !isKept(ended)) return
      const begun = performance.now()
      const url = absolute(ended.url)
      if (!/^https?:/.test(url) || isOurs(url)) return
      const entry = {
        ...ended,
        method: ended.method.slice(0, MAX_METHOD).toUpperCase(),
        url: maskUrl(url).slice(0, MAX_URL),
        duration_ms: Math.round(ended.duration_ms),
      }
      if (ended.error === 'failed') later(() => keep(entry), LEAVING_MS)
      else keep(entry)
      spend(begun)
    })

    const stop = all(watchRequests(onEnd), watchResources(onEnd))
    return () => {
      isActive = false
      stop()
    }
  }

  return {
    start() {
      allowParameters(host.setting('query_parameters', ''))
      if (host.setting('record_console', false)) printed.start()
      stops = all(printed.stop, host.setting('record_requests', true) ? startRequests() : undefined)
    },
    flush: printed.flush,
    renew() {
      lines.renew()
      requests.renew()
    },
    stop() {
      stops()
      stops = () => {}
    },
  }
}
