// Takes the parts of a recording to the server, one after the other.
import { backoffMs, parseRetryAfter } from '../retry'
import type { Host, RecordingSubject } from './host'

/** A longer wait means that the day is used up: what is recorded meanwhile would only pile up. */
const MAX_PAUSE_MS = 5 * 60 * 1000
/** Browsers allow 64 KiB in flight when a page goes away, and events go first. */
const LEAVING_BYTES = 30 * 1024
/** For an answer. */
const MAX_WAIT_MS = 30_000
/** The most that may wait for the server. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024

interface RecordingChunk {
  recording_id: string
  seq: number
  who: RecordingSubject
  page_url: string
  /** An array of JSON. */
  events: string
}

export interface Upload {
  push(part: RecordingChunk): void
  /** Sends what waits, as far as that is possible while a page goes away. */
  leave(): void
  stop(): void
}

/** Bytes of no type need no preflight, and the server sees that they are packed. */
const gzip = async (body: string): Promise<ArrayBuffer | string> => {
  if (typeof CompressionStream !== 'function') return body
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Response(stream).arrayBuffer()
}

/** `onRefused`: the server wants no more of this. */
export const createUpload = (host: Host, onRefused: () => void): Upload => {
  let waiting: RecordingChunk[] = []
  let isSending = false
  let failures = 0
  let timer = 0
  let isStopped = false

  const bodyOf = ({ events, who, ...part }: RecordingChunk): string => {
    const fields = JSON.stringify({ api_key: host.apiKey, ...part, ...who, sent_at: Date.now() })
    // Text stays text: parsing it only to serialise it again would cost time.
    return `${fields.slice(0, -1)},"events":${events}}`
  }

  const post = (body: ArrayBuffer | string, keepalive: boolean, signal?: AbortSignal): Promise<Response> =>
    fetch(`${host.endpoint}/ingest-recording`, {
      method: 'POST',
      body,
      mode: 'cors',
      credentials: 'omit',
      keepalive,
      ...(signal && { signal }),
    })

  /** A request without an answer must not hold up the others. */
  const postInTime = async (body: ArrayBuffer | string): Promise<Response> => {
    const giveUp = new AbortController()
    const waiter = window.setTimeout(() => giveUp.abort(), MAX_WAIT_MS)
    try {
      return await post(body, false, giveUp.signal)
    } finally {
      clearTimeout(waiter)
    }
  }

  const later = (ms: number): void => {
    clearTimeout(timer)
    if (!isStopped) timer = window.setTimeout(() => void send(), ms)
  }

  const send = async (): Promise<void> => {
    const [part] = waiting
    if (!part || isSending || isStopped) return
    isSending = true
    try {
      const answer = await postInTime(await gzip(bodyOf(part)))
      const { status } = answer
      const pauseMs = parseRetryAfter(answer.headers.get('retry-after'))
      const isRefused = status === 429 ? pauseMs > MAX_PAUSE_MS : status >= 400 && status < 500 && status !== 404
      if (answer.ok || isRefused) {
        // Switched off, or used up: of the others it takes none either.
        const isOver = status === 403 || status === 429
        waiting = isOver ? [] : waiting.filter((other) => other !== part)
        failures = 0
        if (!answer.ok) onRefused()
        later(0)
      } else {
        later(Math.max(pauseMs, backoffMs(++failures)))
      }
    } catch {
      later(backoffMs(++failures))
    }
    isSending = false
  }

  return {
    push(part) {
      waiting.push(part)
      let room = MAX_WAITING_BYTES
      // A missing part is a gap; the server sees it by the numbers of the others.
      const fits = waiting.map(({ events }) => (room -= events.length) >= 0)
      waiting = waiting.filter((_, index) => fits[index])
      if (!failures) void send()
    },
    leave() {
      let room = LEAVING_BYTES
      for (const part of waiting) {
        const body = bodyOf(part)
        room -= body.length
        if (room < 0) return
        // Sent by this and by a request under way: the same part replaces itself.
        post(body, true).then(
          ({ ok }) => {
            if (ok) waiting = waiting.filter((other) => other !== part)
          },
          () => {},
        )
      }
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
