import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Destination } from '../../src/destination'
import type { WireEvent } from '../../src/event'
import { bytes } from '../../src/lib/bytes'
import { getBusy } from '../../src/lib/safe'
import { createStats } from '../../src/stats'
import { event, ids } from '../support/events'
import { ok, pass, type Sent, status, useWire } from '../support/wire'

const wire = useWire()

describe('sending', () => {
  it('waits for the interval', async () => {
    wire.push('a', 'b')
    await pass(4999)
    expect(wire.sent).toEqual([])
    await pass(1)
    expect(wire.batches()).toEqual([['a', 'b']])
    expect(wire.queue.events()).toEqual([])
  })

  it('does not wait when a batch is full', async () => {
    wire.push(...'abcdefghij')
    await pass()
    expect(wire.batches()).toEqual([[...'abcdefghij']])
  })

  it('says who speaks, when, and what became of events, without a preflight', async () => {
    wire.push('a')
    await pass(5000)
    const [{ url, init, body } = {} as Sent] = wire.sent
    expect(url).toBe('https://footfall.example/ingest-events')
    expect(body).toEqual({
      api_key: 'fk_test',
      session_id: 'session-1',
      sent_at: 1_700_000_005_000,
      sdk: { version: '0.0.0-test', consent: 'granted', stats: { ...createStats(), created: 1, sent: 1 } },
      events: [event('a', { timestamp: 1_700_000_000_000 })],
    })
    expect(init).toMatchObject({ method: 'POST', credentials: 'omit' })
    // A string body is text/plain by itself; any header set here could bring a preflight.
    expect(init.headers).toBeUndefined()
    expect(
      new Request('https://x.example', { method: 'POST', body: init.body as string }).headers.get('content-type'),
    ).toBe('text/plain;charset=UTF-8')
  })

  it('has one request in flight', async () => {
    let answer: (response: Response) => void = () => {}
    wire.replies = [new Promise((resolve) => (answer = resolve))]
    wire.push(...'abcdefghij')
    wire.push(...'klmnopqrst')
    await pass(60_000)
    expect(wire.sent).toHaveLength(1)
    answer(ok())
    await pass()
    expect(wire.batches()).toEqual([[...'abcdefghij'], [...'klmnopqrst']])
  })

  it('reports each count once', async () => {
    wire.push('a')
    await pass(5000)
    wire.push('b')
    await pass(5000)
    wire.push('c')
    await pass(5000)
    const size = (n: number): number => bytes(wire.sent[n]?.init.body as string)
    const next = { ...createStats(), created: 1, sent: 1, acknowledged: 1, requests: 1 }
    expect(wire.sent.map(({ body }) => body.sdk.stats)).toEqual([
      { ...createStats(), created: 1, sent: 1 },
      { ...next, bytes: size(0) },
      { ...next, bytes: size(1) },
    ])
  })

  it('reports how long answers and its own work took', async () => {
    wire.replies = [new Promise((resolve) => setTimeout(() => resolve(ok()), 5250))]
    wire.push('a')
    await pass(6000)
    getBusy().ms += 7
    wire.push('b')
    await pass(5000)
    expect(wire.sent[1]?.body.sdk.stats).toMatchObject({ latency_ms: 250, busy_ms: 7 })
  })

  it('sends a backlog in few requests', async () => {
    wire.replies = [status(503)]
    wire.push(...'abcdefghij')
    await pass()
    wire.push(...'klmnopqrstuvwxyz')
    await pass(10_000)
    expect(wire.batches().map(({ length }) => length)).toEqual([10, 26])
    expect(wire.emptied).toHaveBeenCalled()
  })

  it('can be hurried', async () => {
    wire.push('a')
    wire.transport.flush()
    await pass()
    expect(wire.batches()).toEqual([['a']])
  })

  it('does nothing without fetch, and loses nothing', async () => {
    vi.stubGlobal('fetch', undefined)
    wire.push(...'abcdefghijkl')
    await pass(60_000)
    expect(wire.queue.events()).toHaveLength(12)
  })

  it('stops', async () => {
    wire.push('a')
    wire.transport.stop()
    wire.transport.flush()
    wire.transport.leave()
    wire.push(...'bcdefghijkl')
    await pass(60_000)
    expect(wire.sent).toEqual([])
  })
})

describe('an answer', () => {
  it('that refuses events counts them under its reasons', async () => {
    wire.replies = [
      ok([
        { index: 1, reason: 'too_old' },
        { index: 7, reason: 'odd' },
      ]),
    ]
    wire.push('a', 'b', 'c')
    await pass(5000)
    expect(wire.queue.events()).toEqual([])
    expect(wire.stats).toMatchObject({ acknowledged: 2, dropped: { too_old: 1 } })
  })

  it.each(['nonsense', 'null', '7', '{"rejected":5}', ''])(
    'of 200 with the body %j is an acknowledgement',
    async (text) => {
      wire.replies = [new Response(text)]
      wire.push('a')
      await pass(5000)
      expect(wire.queue.events()).toEqual([])
      expect(wire.stats.acknowledged).toBe(1)
    },
  )

  it.each([429, 500, 502, 503, 404, 408])('of %i is tried again, with the same events', async (code) => {
    wire.replies = [status(code)]
    wire.push('a')
    await pass(5000)
    expect(ids(wire.queue.events())).toEqual(['a'])
    await pass(10_000)
    expect(wire.batches()).toEqual([['a'], ['a']])
    expect(wire.sent[1]?.body.events).toEqual(wire.sent[0]?.body.events)
    expect(wire.sent[1]?.body.sdk.stats).toMatchObject({ created: 1, sent: 2, retries: 1 })
    expect(wire.queue.events()).toEqual([])
  })

  it('that never comes is tried again, ever more slowly', async () => {
    wire.replies = Array.from({ length: 4 }, () => new TypeError('network'))
    wire.push(...'abcdefghij')
    await pass()
    const times: number[] = []
    for (let i = 0; i < 400 && wire.sent.length < 5; i++) {
      const before = wire.sent.length
      await pass(100)
      if (wire.sent.length > before) times.push((i + 1) * 100)
    }
    expect(times).toEqual([1000, 3000, 7000, 15_000])
    // Counts that did not arrive are reported with the next attempt.
    expect(wire.sent[4]?.body.sdk.stats).toMatchObject({ created: 10, sent: 50, acknowledged: 0, retries: 4 })
    expect(wire.queue.events()).toEqual([])
  })

  it('with Retry-After is obeyed, by the next page too, even when hiding', async () => {
    wire.replies = [status(429, { 'retry-after': '60' })]
    wire.push('a')
    await pass(5000)
    wire.transport.flush()
    wire.transport.leave()
    wire.transport.stop()
    wire.restart()
    wire.transport.flush()
    await pass(59_000)
    expect(wire.sent).toHaveLength(1)
    await pass(1000)
    expect(wire.batches()).toEqual([['a'], ['a']])
  })

  it('of 413 halves the batch until it fits, and drops one that never does', async () => {
    wire.replies = [status(413), status(413), status(413), status(413)]
    wire.push(...'abcdefghij')
    await pass(20_000)
    expect(wire.batches().slice(0, 5)).toEqual([[...'abcdefghij'], [...'abcde'], [...'abc'], [...'ab'], ['a']])
    wire.replies = [status(413)]
    await pass(20_000)
    expect(wire.queue.events()).toEqual([])

    wire.replies = [status(413)]
    wire.push('huge')
    await pass(5000)
    expect(wire.queue.events()).toEqual([])
    expect(wire.stats.dropped).toEqual({ too_large: 1 })
  })

  it.each([400, 415, 422])('of %i drops the batch and goes on', async (code) => {
    wire.replies = [status(code)]
    wire.push('a')
    await pass(5000)
    expect(wire.stats.dropped).toEqual({ [`http_${code}`]: 1 })
    wire.push('b')
    await pass(5000)
    expect(wire.batches()).toEqual([['a'], ['b']])
  })

  it.each([401, 403])('of %i drops the batch and sends no more', async (code) => {
    wire.replies = [status(code)]
    wire.push('a')
    await pass(5000)
    expect(wire.stats.dropped).toEqual({ [`http_${code}`]: 1 })
    wire.push('b')
    wire.transport.flush()
    wire.transport.leave()
    await pass(60_000)
    expect(wire.batches()).toEqual([['a']])
    expect(ids(wire.queue.events())).toEqual(['b'])
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
  const addresses = (): string[] => wire.sent.map(({ url }) => url.slice(-1))
  beforeEach(() => {
    wire.restart(single)
  })

  it('has one request in flight, each event with its own address and body, as soon as the page rests', async () => {
    wire.push('a', 'b', 'c')
    expect(wire.sent).toEqual([])
    await pass(10)
    expect(addresses()).toEqual(['a', 'b', 'c'])
    expect(wire.sent.map(({ body }) => body)).toEqual([{ created: 3 }, { created: 0 }, { created: 0 }])
    expect(wire.queue.events()).toEqual([])
  })

  it('sends each by itself when the page is hidden', async () => {
    wire.replies = [ok(), new TypeError('cut off')]
    wire.push('a', 'b')
    wire.transport.leave()
    await pass()
    expect(addresses()).toEqual(['a', 'b'])
    expect(wire.sent.map(({ init }) => init.keepalive)).toEqual([true, true])
    expect(ids(wire.queue.events())).toEqual(['b'])
  })

  it('says which answers are final', async () => {
    wire.replies = [status(404)]
    wire.push('a')
    await pass(1)
    expect(wire.stats.dropped).toEqual({ http_404: 1 })
  })
})
