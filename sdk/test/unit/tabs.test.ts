import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTabs } from '../../src/tabs'
import { emptyStorage } from '../support/memory-storage'

type Callback = (lock: object | null) => unknown

/** As browsers do it: a lock is held until the promise that its callback gave is settled. */
const lockManager = () => {
  const held = new Set<string>()
  return {
    held,
    request: vi.fn(async (name: string, _options: object, callback: Callback) => {
      if (held.has(name)) return callback(null)
      held.add(name)
      try {
        return await callback({ name })
      } finally {
        held.delete(name)
      }
    }),
  }
}

const tab = (own: string, locks: object | undefined) => {
  vi.stubGlobal('navigator', { locks })
  const taken: string[] = []
  return { taken, tabs: createTabs(emptyStorageOnce(), 'p.queue.', `p.queue.${own}`, (key) => void taken.push(key)) }
}

let storage: ReturnType<typeof emptyStorage> | undefined
const emptyStorageOnce = () => (storage = storage ?? emptyStorage())
afterEach(() => {
  storage = undefined
  vi.unstubAllGlobals()
})

const leave = (...names: string[]): void => {
  for (const name of names) emptyStorageOnce().set(`p.queue.${name}`, '[{}]')
}

describe('adoption', () => {
  it('takes the queues of tabs that are gone, and no others', async () => {
    const locks = lockManager()
    leave('dead', 'alive', 'own')
    emptyStorageOnce().set('other.queue.x', '[{}]')
    tab('alive', locks).tabs.hold()
    const { tabs, taken } = tab('own', locks)
    tabs.hold()
    tabs.adopt()
    await vi.waitFor(() => expect(taken).toEqual(['p.queue.dead']))
  })

  it('takes a queue when its tab has let go', async () => {
    const locks = lockManager()
    leave('alive')
    const alive = tab('alive', locks)
    alive.tabs.hold()
    alive.tabs.release()
    await vi.waitFor(() => expect(locks.held.size).toBe(0))
    const { tabs, taken } = tab('own', locks)
    tabs.adopt()
    expect(taken).toEqual(['p.queue.alive'])
  })

  it('takes what it finds where there are no locks', () => {
    leave('a', 'b')
    const { tabs, taken } = tab('own', undefined)
    tabs.hold()
    tabs.adopt()
    tabs.release()
    expect(taken.sort()).toEqual(['p.queue.a', 'p.queue.b'])
  })

  it('keeps quiet where locks are refused', async () => {
    leave('a')
    const request = vi.fn(() => Promise.reject(new DOMException('opaque origin', 'SecurityError')))
    const { tabs, taken } = tab('own', { request })
    tabs.hold()
    tabs.adopt()
    await vi.waitFor(() => expect(request).toHaveBeenCalledTimes(2))
    expect(taken).toEqual([])
  })
})
