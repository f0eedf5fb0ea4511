import { beforeEach, describe, expect, it, vi } from 'vitest'
import { bytes } from '../../src/lib/bytes'
import { createStats } from '../../src/stats'
import { LEAVING_BYTES } from '../../src/transport'
import { event, ids } from '../support/events'
import { pass, type Sent, status, useWire } from '../support/wire'

const wire = useWire()

describe('when the page is hidden', () => {
  it('everything leaves in a request that outlives it', async () => {
    wire.push('a', 'b')
    wire.transport.leave()
    await pass()
    expect(wire.batches()).toEqual([['a', 'b']])
    expect(wire.sent[0]?.init.keepalive).toBe(true)
    expect(wire.queue.events()).toEqual([])
  })

  it('a second signal sends only what is new', async () => {
    wire.replies = [new Promise(() => {})]
    wire.push('a')
    wire.transport.leave()
    wire.push('b')
    wire.transport.leave()
    wire.transport.leave()
    await pass()
    expect(wire.batches()).toEqual([['a'], ['b']])
  })

  it('what is in flight leaves once more', async () => {
    wire.replies = [new Promise(() => {})]
    wire.push(...'abcdefghij')
    await pass()
    wire.transport.leave()
    await pass()
    expect(wire.batches()).toEqual([[...'abcdefghij'], [...'abcdefghij']])
    expect(wire.stats.acknowledged).toBe(10)
  })

  it('what has no answer is sent again', async () => {
    wire.replies = [new TypeError('cut off')]
    wire.push('a')
    wire.transport.leave()
    await pass(10_000)
    expect(wire.batches()).toEqual([['a'], ['a']])
    expect(wire.queue.events()).toEqual([])
  })

  it('no more leaves than a browser takes', async () => {
    for (let i = 0; i < 12; i++) wire.queue.push(event(`e${i}`, { filler: 'é'.repeat(5000) }))
    wire.transport.leave()
    await pass()
    const [first] = wire.sent
    expect(bytes(first?.init.body as string)).toBeLessThan(64 * 1024)
    expect(bytes(first?.init.body as string)).toBeGreaterThan(LEAVING_BYTES - 11_000)
    expect(wire.queue.events()).toHaveLength(12 - (first?.body.events.length ?? 0))
  })

  it('what the browser has no room for leaves in smaller parts, and then the rest', async () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    for (let i = 0; i < 9; i++) wire.queue.push(event(`e${i}`, { filler: 'x'.repeat(5000) }))
    wire.replies = [new TypeError('quota'), new TypeError('quota')]
    wire.transport.leave()
    await pass()
    expect(wire.batches().map(({ length }) => length)).toEqual([9, 5, 2, 7])
    expect(new Set(wire.sent.map(({ init }) => init.keepalive))).toEqual(new Set([true]))
    expect(wire.queue.events()).toEqual([])
  })

  it('several times what a browser takes leaves one after the other', async () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    for (let i = 0; i < 30; i++) wire.queue.push(event(`e${i}`, { filler: 'x'.repeat(5000) }))
    wire.transport.leave()
    await pass()
    expect(wire.sent).toHaveLength(3)
    for (const { init } of wire.sent) expect(bytes(init.body as string)).toBeLessThan(64 * 1024)
    expect(wire.queue.events()).toEqual([])
  })

  it('does not insist when nothing gets through', async () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    wire.replies = Array.from({ length: 20 }, () => new TypeError('offline'))
    wire.push('a')
    wire.transport.leave()
    await pass(1)
    expect(wire.sent.length).toBeLessThanOrEqual(4)
    expect(ids(wire.queue.events())).toEqual(['a'])
  })

  it('a beacon goes out where fetch cannot outlive the page, and is no acknowledgement', async () => {
    const beacons: string[] = []
    vi.stubGlobal('Request', class {})
    vi.stubGlobal('navigator', { sendBeacon: (_url: string, body: string) => beacons.push(body) > 0 })
    wire.push('a')
    wire.transport.leave()
    wire.transport.leave()
    await pass(60_000)
    expect(beacons).toHaveLength(1)
    expect(wire.sent).toEqual([])
    expect(ids(wire.queue.events())).toEqual(['a'])
    wire.transport.flush()
    await pass()
    expect(wire.sent[0]?.body.events).toEqual((JSON.parse(beacons[0] ?? '{}') as Sent['body']).events)
    expect(wire.queue.events()).toEqual([])
  })
})

describe('a page that dies without a word', () => {
  interface Deferred {
    body: Sent['body']
    signal: AbortSignal
  }
  const deferred: Deferred[] = []
  const standing = (): string[][] => deferred.flatMap(({ body, signal }) => (signal.aborted ? [] : [ids(body.events)]))
  beforeEach(() => {
    deferred.length = 0
    vi.stubGlobal('fetchLater', (_url: string, { body, signal }: { body: string; signal: AbortSignal }) =>
      deferred.push({ body: JSON.parse(body) as Sent['body'], signal }),
    )
  })

  it('has left word with the browser, once for events that come together', async () => {
    wire.push('a', 'b')
    await pass(200)
    expect(standing()).toEqual([['a', 'b']])
    expect(deferred).toHaveLength(1)
    wire.push('c')
    await pass(200)
    expect(standing()).toEqual([['a', 'b', 'c']])
  })

  it('does not report counts that way, which nobody could take back', async () => {
    wire.push('a')
    await pass(200)
    expect(deferred[0]?.body.sdk.stats).toEqual(createStats())
  })

  it('leaves no word about what was acknowledged, or has left', async () => {
    wire.push('a')
    await pass(5000)
    expect(standing()).toEqual([])
    wire.push('b')
    await pass(200)
    expect(standing()).toEqual([['b']])
    wire.transport.leave()
    expect(standing()).toEqual([])
  })

  it('bothers nobody while the server does not answer', async () => {
    wire.replies = [status(503)]
    wire.push('a')
    await pass(5000)
    wire.push('b')
    await pass(200)
    expect(standing()).toEqual([])
  })
})
