// Takes events from the queue to the server, and removes them only when the server has answered for them.
import type { Destination } from './destination'
import { bytes } from './lib/bytes'
import type { Stop } from './lib/listen'
import { round } from './lib/round'
import { getBusy, safely } from './lib/safe'
import type { Storage } from './lib/storage'
import { createTimer } from './lib/timer'
import { post } from './network'
import type { Queue, Queued } from './queue'
import { backoffMs, MAX_RETRY_AFTER_MS, parseRetryAfter } from './retry'
import { createStats, drop, merge, type Stats, takeReport } from './stats'

/** Browsers allow 64 KiB in flight when a page goes away; the rest is for the envelope. */
export const LEAVING_BYTES = 60 * 1024
/** After the browser refuses a request, half as much is tried, down to this size. */
const SMALLEST_BYTES = 8 * 1024
/** Events often come together: one cover for all of them. */
const COVER_MS = 200

declare const fetchLater: (url: string, init: RequestInit) => unknown

interface Rejected {
  index: number
  reason: string
}

export interface Transport {
  /** Something was queued: sends when a batch is full, else when the interval is over. */
  wake(): void
  /** Sends now, unless the server asked us to wait. */
  flush(): void
  /** The page is being hidden and may not come back. */
  leave(): void
  stop: Stop
}

/**
 * `waitKey`: where the time until which the server wants no requests is kept, for all tabs.
 * `onEmpty`: there is room for what others have left.
 */
export const createTransport = <E extends Queued>(
  { request, together, batchSize, batchIntervalMs, batchMax = batchSize, final, begins }: Destination<E>,
  queue: Queue<E>,
  stats: Stats,
  storage: Storage,
  waitKey: string,
  onEmpty: () => void,
): Transport => {
  /** Sent while the page was being hidden, and not answered yet. */
  const leaving = new Set<string>()
  let limit = batchMax
  let failures = 0
  let retryAtMs = 0
  let inFlight = false
  let stopped = false
  let isScheduled = false
  const timer = createTimer()
  const coverTimer = createTimer()
  let covered: AbortController | undefined

  const isFree = ({ id }: E): boolean => !leaving.has(id)
  const waiting = (): E[] => queue.events().filter(isFree)

  /** By requests, without what is on its way: that keeps its place, before what must not overtake it. */
  const ready = (events: E[]): E[][] =>
    together(events)
      .map((batch) => batch.filter(isFree))
      .filter(([first]) => first)

  const serverWaitMs = (): number => {
    const ms = Number(storage.get(waitKey)) - Date.now()
    // Longer than we ever store: the clock was set back since.
    return ms > MAX_RETRY_AFTER_MS ? 0 : ms
  }

  const unschedule = (): void => {
    isScheduled = false
    timer()
  }

  const schedule = (delayMs: number): void => {
    if (stopped || isScheduled) return
    isScheduled = true
    timer(() => {
      isScheduled = false
      send()
    }, delayMs)
  }

  const dropEvents = (events: (E | undefined)[], reason: string): void => drop(stats, reason, queue.remove(events))

  const postpone = (retryAfter: string | null): void => {
    stats.retries++
    const retryAfterMs = parseRetryAfter(retryAfter)
    if (retryAfterMs) storage.set(waitKey, `${Date.now() + retryAfterMs}`)
    retryAtMs = Date.now() + Math.max(retryAfterMs, backoffMs(++failures))
  }

  const accept = async (answer: Response, events: E[]): Promise<void> => {
    failures = 0
    limit = Math.min(batchMax, limit * 2)
    const { rejected } = Object(await answer.json().catch(() => 0)) as { rejected?: Rejected[] }
    if (Array.isArray(rejected)) {
      for (const { index, reason } of rejected) dropEvents([events[index]], `${reason}`.slice(0, 64))
    }
    stats.acknowledged += queue.remove(events)
  }

  const report = (events: E[]): Stats => {
    stats.sent += events.length
    const busy = getBusy()
    stats.busy_ms += round(busy.ms)
    busy.ms = 0
    const taken = takeReport(stats)
    queue.save()
    return taken
  }

  /** Answers the status; 0 when nothing came back. */
  const dispatch = async (events: E[], keepalive: boolean): Promise<number> => {
    const reported = report(events)
    try {
      const [url, body] = request(events, reported)
      const startedAt = Date.now()
      const answer = await post(url, body, keepalive)
      const { status } = answer
      merge(stats, { requests: 1, bytes: bytes(body), latency_ms: Date.now() - startedAt })
      if (answer.ok) {
        await accept(answer, events)
        return status
      }
      merge(stats, reported)
      if (status === 413) {
        if (events[1]) limit = Math.min(limit, Math.ceil(events.length / 2))
        else dropEvents(events, 'too_large')
      } else if (final.test(`${status}`)) {
        dropEvents(events, `http_${status}`)
        // The key or this origin is not welcome, and asking again will not change it.
        if (status === 401 || status === 403) stop()
      } else postpone(answer.headers.get('retry-after'))
      return status
    } catch {
      merge(stats, reported)
      postpone(null)
      return 0
    }
  }

  const sendNow = safely(async (): Promise<void> => {
    const events = (ready(queue.events().slice(0, limit + leaving.size))[0] || []).slice(0, limit)
    if (stopped || inFlight || !events[0]) return
    unschedule()
    const waitMs = Math.max(serverWaitMs(), retryAtMs - Date.now())
    if (waitMs > 0) return schedule(waitMs)
    inFlight = true
    await dispatch(events, false)
    inFlight = false
    cover()
    again()
  })

  const send = (): unknown => queue.events()[0] && (begins ? begins.then(sendNow) : sendNow())

  /** Events that queued up during a request are sent at once when they fill a batch. */
  const again = (): void => {
    const { length } = waiting()
    if (length) schedule(length < batchSize ? batchIntervalMs : 0)
    else onEmpty()
  }

  const stop = (): void => {
    stopped = true
    unschedule()
    uncover()
  }

  /** As many as fit into what the browser takes, the oldest first. */
  const fitting = (room: number): E[][] =>
    ready(queue.events().filter((event) => !isFree(event) || (room -= bytes(JSON.stringify(event)) + 1) >= 0))

  const uncover = (): void => {
    coverTimer()
    if (covered) covered.abort()
  }

  /** Where browsers can: they send what waits when a page dies without a word. With the same ids as ever. */
  const cover = safely((): void => {
    uncover()
    const [batch] = fitting(LEAVING_BYTES)
    if (stopped || failures || !batch) return
    const [url, body] = request(batch, createStats())
    covered = new AbortController()
    fetchLater(url, { method: 'POST', body, credentials: 'omit', signal: covered.signal })
  })

  const leaveWith = (room: number): void => {
    uncover()
    const batches = fitting(room)
    if (stopped || !batches[0] || serverWaitMs() > 0) return
    for (const batch of batches) {
      for (const { id } of batch) leaving.add(id)
      void dispatch(batch, true).then((status) => {
        for (const { id } of batch) leaving.delete(id)
        const isHidden = document.visibilityState === 'hidden'
        if (isHidden && status === 200) leaveWith(LEAVING_BYTES)
        // Too much for the server, or for the browser, when others of this page have used up what it takes.
        else if (isHidden && (!status || status === 413) && room > SMALLEST_BYTES) leaveWith(room / 2)
        else again()
      })
    }
  }

  return {
    stop,
    flush() {
      leaving.clear()
      retryAtMs = 0
      send()
    },
    wake() {
      if (waiting().length < batchSize) schedule(batchIntervalMs)
      else send()
      coverTimer(cover, COVER_MS)
    },
    leave: () => leaveWith(LEAVING_BYTES),
  }
}
