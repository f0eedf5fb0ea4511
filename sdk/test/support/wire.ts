// A transport with a queue before it and a pretended server behind it, for one test at a time.
import { afterEach, beforeEach, vi } from 'vitest'
import type { Destination } from '../../src/destination'
import { frictionDestination } from '../../src/envelope'
import type { WireEvent } from '../../src/event'
import type { Storage } from '../../src/lib/storage'
import { createQueue, type Queue } from '../../src/queue'
import { createStats, type Stats } from '../../src/stats'
import { createTransport, type Transport } from '../../src/transport'
import { event, ids } from './events'
import { emptyStorage } from './memory-storage'
import { CONFIG } from './signals'

export interface Sent {
  url: string
  init: RequestInit
  body: {
    api_key: string
    session_id: string
    sent_at: number
    sdk: { version: string; stats: Stats }
    events: { id: string }[]
  }
}
type Reply = Response | Error | Promise<Response>

export interface Wire {
  sent: Sent[]
  /** Of the next requests; 200 when there are none left. */
  replies: Reply[]
  storage: Storage
  stats: Stats
  queue: Queue<WireEvent>
  transport: Transport
  emptied: ReturnType<typeof vi.fn<() => void>>
  batches(): string[][]
  push(...names: string[]): void
  /** A transport as the next page would have it. */
  restart(destination?: Destination<WireEvent>): void
}

export const ok = (rejected?: unknown): Response => new Response(JSON.stringify({ success: true, rejected }))
export const status = (code: number, headers: Record<string, string> = {}): Response =>
  new Response('{}', { status: code, headers })
export const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

export const useWire = (): Wire => {
  const wire = { sent: [], replies: [], emptied: vi.fn<() => void>() } as unknown as Wire

  wire.batches = () => wire.sent.map(({ body }) => ids(body.events))
  wire.push = (...names) => {
    for (const name of names) {
      wire.queue.push(event(name))
      wire.transport.wake()
    }
  }
  wire.restart = (
    destination = frictionDestination(
      CONFIG,
      () => 'granted',
      (_name, text) => text,
    ),
  ) => {
    if (wire.transport) wire.transport.stop()
    wire.transport = createTransport(destination, wire.queue, wire.stats, wire.storage, 'wait', wire.emptied)
  }

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 })
    vi.spyOn(Math, 'random').mockReturnValue(1)
    wire.sent.length = 0
    wire.replies = []
    vi.stubGlobal(
      'fetch',
      vi.fn(async (url: string, init: RequestInit) => {
        wire.sent.push({ url, init, body: JSON.parse(init.body as string) as Sent['body'] })
        const reply = await (wire.replies.shift() ?? ok())
        if (reply instanceof Error) throw reply
        return reply
      }),
    )
    wire.storage = emptyStorage()
    wire.stats = createStats()
    wire.queue = createQueue(wire.storage, 'q.', 'q.1', wire.stats)
    wire.restart()
  })

  afterEach(() => {
    wire.transport.stop()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  return wire
}
