import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Destination } from '../../src/destination'
import { frictionDestination } from '../../src/envelope'
import type { WireEvent } from '../../src/event'
import { bytes } from '../../src/lib/bytes'
import type { Storage } from '../../src/lib/storage'
import { createQueue, type Queue } from '../../src/queue'
import { createStats, type Stats } from '../../src/stats'
import { createTransport, LEAVING_BYTES, type Transport } from '../../src/transport'
import { event, ids } from '../support/events'
import { emptyStorage } from '../support/memory-storage'
import { CONFIG } from '../support/signals'

interface Sent {
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

const sent: Sent[] = []
let replies: Reply[]
let storage: Storage
let stats: Stats
let queue: Queue<WireEvent>
let transport: Transport

const ok = (rejected?: unknown): Response => new Response(JSON.stringify({ success: true, rejected }))
const status = (code: number, headers: Record<string, string> = {}): Response =>
  new Response('{}', { status: code, headers })
const batches = (): string[][] => sent.map(({ body }) => ids(body.events))
const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)
const push = (...names: string[]): void => {
  for (const name of names) {
    queue.push(event(name))
    transport.wake()
  }
}
const start = (): Transport => createTransport(frictionDestination(CONFIG), queue, stats, storage, 'wait')

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
  vi.spyOn(Math, 'random').mockReturnValue(1)
  sent.length = 0
  replies = []
  vi.stubGlobal(
    'fetch',
    vi.fn(async (url: string, init: RequestInit) => {
      sent.push({ url, init, body: JSON.parse(init.body as string) as Sent['body'] })
      const reply = await (replies.shift() ?? ok())
      if (reply instanceof Error) throw reply
      return reply
    }),
  )
  storage = emptyStorage()
  stats = createStats()
  queue = createQueue(storage, 'q.1', stats)
  transport = start()
})

afterEach(() => {
  transport.stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('sending', () => {
  it('waits for the interval', async () => {
    push('a', 'b')
    await pass(4999)
    expect(sent).toEqual([])
    await pass(1)
    expect(batches()).toEqual([['a', 'b']])
    expect(queue.events()).toEqual([])
  })

  it('does not wait when a batch is full', async () => {
    push(...'abcdefghij')
    await pass()
    expect(batches()).toEqual([[...'abcdefghij']])
  })

  it('says who speaks, when, and what became of events, without a preflight', async () => {
    push('a')
    await pass(5000)
    const [{ url, init, body } = {} as Sent] = sent
    expect(url).toBe('https://footfall.example/ingest-events')
    expect(body).toEqual({
      api_key: 'fk_test',
      session_id: 'session-1',
      sent_at: 1_700_000_005_000,
      sdk: { version: '0.0.0-test', stats: { created: 1, sent: 1, acknowledged: 0, dropped: {}, retries: 0 } },
      events: [event('a', { timestamp: 1_700_000_000_000 })],
    })
    expect(init).toMatchObject({ method: 'POST', mode: 'cors', credentials: 'omit' })
    // A string body is text/plain by itself; any header set here could bring a preflight.
    expect(init.headers).toBeUndefined()
    expect(
      new Request('https://x.example', { method: 'POST', body: init.body as string }).headers.get('content-type'),
    ).toBe('text/plain;charset=UTF-8')
  })

  it('has one request in flight', async () => {
    let answer: (response: Response) => void = () => {}
    replies = [new Promise((resolve) => (answer = resolve))]
    push(...'abcdefghij')
    push(...'klmnopqrst')
    await pass(60_000)
    expect(sent).toHaveLength(1)
    answer(ok())
    await pass()
    expect(batches()).toEqual([[...'abcdefghij'], [...'klmnopqrst']])
  })

  it('reports each count once', async () => {
    push('a')
    await pass(5000)
    push('b')
    await pass(5000)
    push('c')
    await pass(5000)
    expect(sent.map(({ body }) => body.sdk.stats)).toEqual([
      { created: 1, sent: 1, acknowledged: 0, dropped: {}, retries: 0 },
      { created: 1, sent: 1, acknowledged: 1, dropped: {}, retries: 0 },
      { created: 1, sent: 1, acknowledged: 1, dropped: {}, retries: 0 },
    ])
  })

  it('can be hurried', async () => {
    push('a')
    transport.flush()
    await pass()
    expect(batches()).toEqual([['a']])
  })

  it('does nothing without fetch, and loses nothing', async () => {
    vi.stubGlobal('fetch', undefined)
    push(...'abcdefghijkl')
    await pass(60_000)
    expect(queue.events()).toHaveLength(12)
  })

  it('stops', async () => {
    push('a')
    transport.stop()
    transport.flush()
    transport.leave()
    push(...'bcdefghijkl')
    await pass(60_000)
    expect(sent).toEqual([])
  })
})

describe('an answer', () => {
  it('that refuses events counts them under its reasons', async () => {
    replies = [
      ok([
        { index: 1, reason: 'too_old' },
        { index: 7, reason: 'odd' },
      ]),
    ]
    push('a', 'b', 'c')
    await pass(5000)
    expect(queue.events()).toEqual([])
    expect(stats).toMatchObject({ acknowledged: 2, dropped: { too_old: 1 } })
  })

  it.each(['nonsense', 'null', '7', '{"rejected":5}', ''])(
    'of 200 with the body %j is an acknowledgement',
    async (text) => {
      replies = [new Response(text)]
      push('a')
      await pass(5000)
      expect(queue.events()).toEqual([])
      expect(stats.acknowledged).toBe(1)
    },
  )

  it.each([429, 500, 502, 503, 404, 408])('of %i is tried again, with the same events', async (code) => {
    replies = [status(code)]
    push('a')
    await pass(5000)
    expect(ids(queue.events())).toEqual(['a'])
    await pass(10_000)
    expect(batches()).toEqual([['a'], ['a']])
    expect(sent[1]?.body.events).toEqual(sent[0]?.body.events)
    expect(sent[1]?.body.sdk.stats).toMatchObject({ created: 1, sent: 2, retries: 1 })
    expect(queue.events()).toEqual([])
  })

  it('that never comes is tried again, ever more slowly', async () => {
    replies = Array.from({ length: 4 }, () => new TypeError('network'))
    push(...'abcdefghij')
    await pass()
    const times: number[] = []
    for (let i = 0; i < 400 && sent.length < 5; i++) {
      const before = sent.length
      await pass(100)
      if (sent.length > before) times.push((i + 1) * 100)
    }
    expect(times).toEqual([1000, 3000, 7000, 15_000])
    // Counts that did not arrive are reported with the next attempt.
    expect(sent[4]?.body.sdk.stats).toMatchObject({ created: 10, sent: 50, acknowledged: 0, retries: 4 })
    expect(queue.events()).toEqual([])
  })

  it('with Retry-After is obeyed, by the next page too, even when hiding', async () => {
    replies = [status(429, { 'retry-after': '60' })]
    push('a')
    await pass(5000)
    transport.flush()
    transport.leave()
    transport.stop()
    transport = start()
    transport.flush()
    await pass(59_000)
    expect(sent).toHaveLength(1)
    await pass(1000)
    expect(batches()).toEqual([['a'], ['a']])
  })

  it('of 413 halves the batch until it fits, and drops one that never does', async () => {
    replies = [status(413), status(413), status(413), status(413)]
    push(...'abcdefghij')
    await pass(20_000)
    expect(batches().slice(0, 5)).toEqual([[...'abcdefghij'], [...'abcde'], [...'abc'], [...'ab'], ['a']])
    replies = [status(413)]
    await pass(20_000)
    expect(queue.events()).toEqual([])

    replies = [status(413)]
    push('huge')
    await pass(5000)
    expect(queue.events()).toEqual([])
    expect(stats.dropped).toEqual({ too_large: 1 })
  })

  it.each([400, 415, 422])('of %i drops the batch and goes on', async (code) => {
    replies = [status(code)]
    push('a')
    await pass(5000)
    expect(stats.dropped).toEqual({ [`http_${code}`]: 1 })
    push('b')
    await pass(5000)
    expect(batches()).toEqual([['a'], ['b']])
  })

  it.each([401, 403])('of %i drops the batch and sends no more', async (code) => {
    replies = [status(code)]
    push('a')
    await pass(5000)
    expect(stats.dropped).toEqual({ [`http_${code}`]: 1 })
    push('b')
    transport.flush()
    transport.leave()
    await pass(60_000)
    expect(batches()).toEqual([['a']])
    expect(ids(queue.events())).toEqual(['b'])
  })
})

describe('when the page is hidden', () => {
  it('everything leaves in a request that outlives it', async () => {
    push('a', 'b')
    transport.leave()
    await pass()
    expect(batches()).toEqual([['a', 'b']])
    expect(sent[0]?.init.keepalive).toBe(true)
    expect(queue.events()).toEqual([])
  })

  it('a second signal sends only what is new', async () => {
    replies = [new Promise(() => {})]
    push('a')
    transport.leave()
    push('b')
    transport.leave()
    transport.leave()
    await pass()
    expect(batches()).toEqual([['a'], ['b']])
  })

  it('what is in flight leaves once more', async () => {
    replies = [new Promise(() => {})]
    push(...'abcdefghij')
    await pass()
    transport.leave()
    await pass()
    expect(batches()).toEqual([[...'abcdefghij'], [...'abcdefghij']])
    expect(stats.acknowledged).toBe(10)
  })

  it('what has no answer is sent again', async () => {
    replies = [new TypeError('cut off')]
    push('a')
    transport.leave()
    await pass(10_000)
    expect(batches()).toEqual([['a'], ['a']])
    expect(queue.events()).toEqual([])
  })

  it('no more leaves than a browser takes', async () => {
    for (let i = 0; i < 12; i++) queue.push(event(`e${i}`, { filler: 'é'.repeat(5000) }))
    transport.leave()
    await pass()
    const [first] = sent
    expect(bytes(first?.init.body as string)).toBeLessThan(64 * 1024)
    expect(bytes(first?.init.body as string)).toBeGreaterThan(LEAVING_BYTES - 11_000)
    expect(queue.events()).toHaveLength(12 - (first?.body.events.length ?? 0))
  })

  it('a beacon goes out where fetch cannot outlive the page, and is no acknowledgement', async () => {
    const beacons: string[] = []
    vi.stubGlobal('Request', class {})
    vi.stubGlobal('navigator', { sendBeacon: (_url: string, body: string) => beacons.push(body) > 0 })
    push('a')
    transport.leave()
    transport.leave()
    await pass(60_000)
    expect(beacons).toHaveLength(1)
    expect(sent).toEqual([])
    expect(ids(queue.events())).toEqual(['a'])
    transport.flush()
    await pass()
    expect(sent[0]?.body.events).toEqual((JSON.parse(beacons[0] ?? '{}') as Sent['body']).events)
    expect(queue.events()).toEqual([])
  })
})

describe('a destination of one event a request', () => {
  const single: Destination<WireEvent> = {
    batchSize: 10,
    batchIntervalMs: 0,
    together: (events) => events.map((event) => [event]),
    request: ([event], { created }) => [`https://footfall.example/${event?.id}`, JSON.stringify({ created })],
    final: /^4/,
  }
  const addresses = (): string[] => sent.map(({ url }) => url.slice(-1))
  beforeEach(() => {
    transport = createTransport(single, queue, stats, storage, 'wait')
  })

  it('has one request in flight, each event with its own address and body, as soon as the page rests', async () => {
    push('a', 'b', 'c')
    expect(sent).toEqual([])
    await pass(10)
    expect(addresses()).toEqual(['a', 'b', 'c'])
    expect(sent.map(({ body }) => body)).toEqual([{ created: 3 }, { created: 0 }, { created: 0 }])
    expect(queue.events()).toEqual([])
  })

  it('sends each by itself when the page is hidden', async () => {
    replies = [ok(), new TypeError('cut off')]
    push('a', 'b')
    transport.leave()
    await pass()
    expect(addresses()).toEqual(['a', 'b'])
    expect(sent.map(({ init }) => init.keepalive)).toEqual([true, true])
    expect(ids(queue.events())).toEqual(['b'])
  })

  it('says which answers are final', async () => {
    replies = [status(404)]
    push('a')
    await pass(1)
    expect(stats.dropped).toEqual({ http_404: 1 })
  })
})
