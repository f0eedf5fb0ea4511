import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { WireEvent } from '../../src/event'
import { bytes } from '../../src/lib/bytes'
import type { Storage } from '../../src/lib/storage'
import { createQueue, MAX_AGE_MS, MAX_ALL_BYTES, MAX_BYTES, type Queue } from '../../src/queue'
import { createStats, type Stats } from '../../src/stats'
import { event, ids } from '../support/events'
import { brokenStorage, emptyStorage } from '../support/memory-storage'

let storage: Storage
let stats: Stats
let queue: Queue<WireEvent>

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
  storage = emptyStorage()
  stats = createStats()
  queue = createQueue(storage, 'q.', 'q.1', stats)
})
afterEach(() => void vi.useRealTimers())

describe('the queue', () => {
  it('keeps what was pushed, in order, on disk too', () => {
    queue.push(event('a'))
    queue.push(event('b'))
    const next = createQueue(storage, 'q.', 'q.2', createStats())
    next.adopt('q.1')
    expect(ids(queue.events())).toEqual(['a', 'b'])
    expect(next.events()).toEqual(queue.events())
    expect(storage.get('q.1')).toBeNull()
  })

  it('forgets what was removed, on disk too, and says how much that was', () => {
    queue.push(event('a'))
    queue.push(event('b'))
    expect(queue.remove([event('a'), event('x'), undefined])).toBe(1)
    expect(queue.remove([event('a')])).toBe(0)
    const next = createQueue(storage, 'q.', 'q.2', createStats())
    next.adopt('q.1')
    expect(ids(next.events())).toEqual(['b'])
  })

  /** As large as all queues may be. */
  const fill = (): void => {
    for (const n of '23456') storage.set(`q.${n}`, 'x'.repeat(MAX_BYTES))
  }

  it('stays under its size, dropping the oldest first and page views last', () => {
    fill()
    const filler = 'é'.repeat(5000)
    queue.push(event('view', { interaction_type: 'pageview', filler }))
    for (let i = 0; i < 40; i++) queue.push(event(`e${i}`, { filler }))
    const kept = ids(queue.events())
    expect(bytes(storage.get('q.1') ?? '')).toBeLessThanOrEqual(MAX_BYTES)
    expect(bytes(storage.get('q.1') ?? '')).toBeGreaterThan(MAX_BYTES - 11_000)
    expect(kept[0]).toBe('view')
    expect(kept[kept.length - 1]).toBe('e39')
    expect(kept).not.toContain('e0')
    expect(stats.dropped).toEqual({ queue_overflow: 41 - kept.length })
    expect(stats.created).toBe(41)
  })

  it('drops page views when there is nothing else', () => {
    fill()
    const filler = 'x'.repeat(100_000)
    for (const id of ['a', 'b', 'c']) queue.push(event(id, { interaction_type: 'pageview', filler }))
    expect(ids(queue.events())).toEqual(['b', 'c'])
  })

  it('drops what is a week old', () => {
    queue.push(event('old'))
    vi.setSystemTime(Date.now() + MAX_AGE_MS - 1)
    queue.push(event('young'))
    expect(ids(queue.events())).toEqual(['old', 'young'])
    vi.setSystemTime(Date.now() + 1)
    queue.push(event('new'))
    expect(ids(queue.events())).toEqual(['young', 'new'])
    expect(stats.dropped).toEqual({ queue_expired: 1 })
  })

  it('takes over the counts with the events', () => {
    queue.push(event('a'))
    stats.dropped['too_large'] = 2
    queue.save()
    const adopted = createStats()
    adopted.dropped['too_large'] = 1
    createQueue(storage, 'q.', 'q.2', adopted).adopt('q.1')
    expect(adopted).toEqual({ ...createStats(), created: 1, dropped: { too_large: 3 } })
  })

  it('sets aside what is too much, for whoever has room', () => {
    const filler = 'x'.repeat(60_000)
    const names = Array.from({ length: 18 }, (_, i) => `e${i}`)
    for (const name of names) queue.push(event(name, { filler }))
    expect(ids(queue.events()).length).toBeLessThan(5)
    for (const key of storage.keys()) expect(bytes(storage.get(key) ?? '')).toBeLessThanOrEqual(MAX_BYTES)
    expect(stats).toMatchObject({ created: 18, dropped: {} })

    const seen: string[] = []
    while (queue.events()[0]) {
      seen.push(...ids(queue.events()))
      queue.remove(queue.events())
      const [next] = storage.keys().filter((key) => key.startsWith('q.') && key !== 'q.1')
      if (next) queue.adopt(next)
    }
    expect(seen.sort()).toEqual(names.sort())
  })

  it('has no room for more than all queues may hold', () => {
    const filler = 'x'.repeat(60_000)
    for (let i = 0; i < 60; i++) queue.push(event(`e${i}`, { filler }))
    const all = storage.keys().reduce((sum, key) => sum + bytes(storage.get(key) ?? ''), 0)
    expect(all).toBeLessThanOrEqual(MAX_ALL_BYTES + MAX_BYTES)
    expect(stats.dropped['queue_overflow']).toBeGreaterThan(0)
  })

  it('leaves the queue of another page alone until there is room', () => {
    const filler = 'x'.repeat(60_000)
    for (const name of ['a', 'b', 'c']) queue.push(event(name, { filler }))
    const text = JSON.stringify([{}, ...['d', 'e', 'f'].map((name) => event(name, { filler }))])
    storage.set('q.2', text)
    queue.adopt('q.2')
    expect(ids(queue.events())).toEqual(['a', 'b', 'c'])
    queue.remove(queue.events())
    queue.adopt('q.2')
    expect(ids(queue.events())).toEqual(['d', 'e', 'f'])
  })

  it('gives up what others took over while its page was away', () => {
    queue.push(event('a'))
    queue.rejoin()
    expect(ids(queue.events())).toEqual(['a'])
    createQueue(storage, 'q.', 'q.2', createStats()).adopt('q.1')
    queue.rejoin()
    expect(queue.events()).toEqual([])
    expect(stats).toEqual(createStats())
  })

  it('forgets everything when it must', () => {
    queue.push(event('a'))
    queue.clear()
    expect(queue.events()).toEqual([])
    expect(storage.get('q.1')).toBeNull()
    expect(stats).toEqual(createStats())
  })

  it.each(['', 'nonsense', '{}', '[', 'null', '[null,1]', '[{}, {}, {"id": 1}]'])('survives finding %j', (text) => {
    storage.set('q.0', text)
    queue.push(event('a'))
    queue.adopt('q.0')
    queue.push(event('b'))
    expect(ids(queue.events())).toContain('a')
    expect(ids(queue.events())).toContain('b')
    expect(storage.get('q.0')).toBeNull()
  })

  it('works from memory when storage is denied', () => {
    const unstored = createQueue(brokenStorage(), 'q.', 'q.1', stats)
    unstored.push(event('a'))
    expect(ids(unstored.events())).toEqual(['a'])
    expect(unstored.remove([event('a')])).toBe(1)
  })
})
