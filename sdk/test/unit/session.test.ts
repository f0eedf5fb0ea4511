import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSession } from '../../src/session'
import { brokenStorage, emptyStorage } from '../support/memory-storage'

const MINUTE_MS = 60_000
const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

beforeEach(() => void vi.useFakeTimers({ now: 1_700_000_000_000 }))
afterEach(() => void vi.useRealTimers())

const wait = (ms: number): void => void vi.setSystemTime(Date.now() + ms)

describe('a session', () => {
  it('counts its events', () => {
    const next = createSession(emptyStorage(), 'p.')
    const [one, two] = [next(), next()]
    expect(one).toMatchObject({
      session_id: expect.stringMatching(UUID_V7),
      visitor_id: expect.stringMatching(UUID_V7),
      seq: 1,
    })
    expect(two).toEqual({ ...one, seq: 2 })
  })

  it('goes on for thirty minutes without an event, and not longer', () => {
    const next = createSession(emptyStorage(), 'p.')
    const first = next()
    wait(30 * MINUTE_MS)
    const second = next()
    expect(second.session_id).toBe(first.session_id)
    wait(30 * MINUTE_MS + 1)
    const third = next()
    expect(third.session_id).not.toBe(first.session_id)
    expect(third).toMatchObject({ seq: 1, visitor_id: first.visitor_id })
  })

  it('ends after a day, however busy', () => {
    const next = createSession(emptyStorage(), 'p.')
    const { session_id } = next()
    const seen = new Set<string>()
    for (let i = 0; i < 24 * 3; i++) {
      wait(20 * MINUTE_MS)
      seen.add(next().session_id)
    }
    expect(Array.from(seen)).toEqual([session_id])
    wait(20 * MINUTE_MS)
    expect(next().session_id).not.toBe(session_id)
  })

  it('is shared by tabs, with one order of events', () => {
    const storage = emptyStorage()
    const [one, two] = [createSession(storage, 'p.'), createSession(storage, 'p.')]
    const first = one()
    expect(two()).toEqual({ ...first, seq: 2 })
    expect(one()).toEqual({ ...first, seq: 3 })
  })

  it('is not shared by projects', () => {
    const storage = emptyStorage()
    expect(createSession(storage, 'p.')().visitor_id).not.toBe(createSession(storage, 'q.')().visitor_id)
  })

  it('ends when the clock was set back by more than the idle time', () => {
    const next = createSession(emptyStorage(), 'p.')
    const { session_id } = next()
    wait(-31 * MINUTE_MS)
    expect(next().session_id).not.toBe(session_id)
  })

  it.each(['', 'nonsense', 'null', '{}', '7', '{"id":"x","seq":"y"}'])('begins anew over %j', (text) => {
    const storage = emptyStorage()
    storage.set('p.session', text)
    expect(createSession(storage, 'p.')()).toMatchObject({ session_id: expect.stringMatching(UUID_V7), seq: 1 })
  })

  it('lasts for the page when storage is denied', () => {
    const next = createSession(brokenStorage(), 'p.')
    const first = next()
    expect(next()).toEqual({ ...first, seq: 2 })
  })
})
