// Takes events from the queue to the server, and removes them only when the server has answered for them.
import type { Destination } from './destination'
import { bytes } from './lib/bytes'
import type { Stop } from './lib/listen'
import { safely } from './lib/safe'
import type { Storage } from './lib/storage'
import { createTimer } from './lib/timer'
import { canPost, post } from './network'
import type { Queue, Queued } from './queue'
import { backoffMs, MAX_RETRY_AFTER_MS, retryAfterMs } from './retry'
import { drop, merge, type Stats, takeReport } from './stats'

/** Browsers allow 64 KiB in flight when a page goes away; the rest is for the envelope. */
export const LEAVING_BYTES = 60 * 1024

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

/** `waitKey`: where the time until which the server wants no requests is kept, for all tabs. */
export const createTransport = <E extends Queued>(
  { request, together, batchSize, batchIntervalMs, final }: Destination<E>,
  queue: Queue<E>,
  stats: Stats,
  storage: Storage,
  waitKey: string,
): Transport => {
  /** Sent while the page was being hidden, and not answered yet. */
  const leaving = new Set<string>()
  let limit = batchSize
  let failures = 0
  let retryAtMs = 0
  let inFlight = false
  let stopped = false
  let isScheduled = false
  const timer = createTimer()

  const waiting = (): E[] => queue.events().filter((event) => !leaving.has(event.id))

  const serverWaitMs = (): number => {
    const ms = Number(storage.get(waitKey)) - Date.now()
    // Longer than we ever store: the clock was set back since.
    return ms > MAX_RETRY_AFTER_MS ? 0 : ms
  }

  const unschedule = (): void => {
    timer()
    isScheduled = false
  }

  const schedule = (delayMs: number): void => {
    if (stopped || isScheduled) return
    isScheduled = true
    timer(() => {
      isScheduled = false
      void send()
    }, delayMs)
  }

  const giveUp = (events: (E | undefined)[], reason: string): void => drop(stats, reason, queue.remove(events))

  const postpone = (retryAfter: string | null): void => {
    stats.retries++
    const askedMs = retryAfterMs(retryAfter)
    if (askedMs) storage.set(waitKey, `${Date.now() + askedMs}`)
    retryAtMs = Date.now() + Math.max(askedMs, backoffMs(++failures))
  }

  const accept = async (answer: Response, events: E[]): Promise<void> => {
    failures = 0
    limit = batchSize
    const { rejected } = ((await answer.json().catch(() => 0)) || {}) as { rejected?: Rejected[] }
    if (Array.isArray(rejected)) {
      for (const { index, reason } of rejected) giveUp([events[index]], `${reason}`.slice(0, 64))
    }
    stats.acknowledged += queue.remove(events)
  }

  const report = (events: E[]): Stats => {
    stats.sent += events.length
    const taken = takeReport(stats)
    queue.save()
    return taken
  }

  const dispatch = async (events: E[], keepalive: boolean): Promise<void> => {
    const reported = report(events)
    try {
      const answer = await post(...request(events, reported), keepalive)
      const { status } = answer
      if (answer.ok) return await accept(answer, events)
      merge(stats, reported)
      if (status === 413) {
        if (events[1]) limit = Math.min(limit, Math.ceil(events.length / 2))
        else giveUp(events, 'too_large')
      } else if (final.test(`${status}`)) {
        giveUp(events, `http_${status}`)
        // The key or this origin is not welcome, and asking again will not change it.
        if (status === 401 || status === 403) stop()
      } else postpone(answer.headers.get('retry-after'))
    } catch {
      merge(stats, reported)
      postpone(null)
    }
  }

  const send = safely(async (): Promise<void> => {
    const events = together(waiting().slice(0, limit))[0] || []
    if (stopped || inFlight || !events[0] || !canPost()) return
    unschedule()
    const waitMs = Math.max(serverWaitMs(), retryAtMs - Date.now())
    if (waitMs > 0) return schedule(waitMs)
    inFlight = true
    await dispatch(events, false)
    inFlight = false
    again()
  })

  /** What waited while we were busy has waited long enough when it fills a batch. */
  const again = (): void => {
    const { length } = waiting()
    if (length) schedule(length < limit ? batchIntervalMs : 0)
  }

  const stop = (): void => {
    stopped = true
    unschedule()
  }

  return {
    stop,
    flush() {
      leaving.clear()
      retryAtMs = 0
      void send()
    },
    wake() {
      if (waiting().length < limit) schedule(batchIntervalMs)
      else void send()
    },
    leave() {
      let room = LEAVING_BYTES
      const events = waiting().filter((event) => (room -= bytes(JSON.stringify(event)) + 1) >= 0)
      if (stopped || !events[0] || serverWaitMs() > 0) return
      for (const batch of together(events)) {
        for (const { id } of batch) leaving.add(id)
        void dispatch(batch, true).then(() => {
          for (const { id } of batch) leaving.delete(id)
          again()
        })
      }
    },
  }
}
