import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Client, createClient } from '../../src/client'
import type { Config } from '../../src/config'
import { CONFIG, html } from '../support/signals'
import { click, dispatchTrusted } from '../support/trusted'

interface Wire {
  id: string
  type: string
  interaction_type?: string
  event_type?: string
  seq: number
  session_id: string
  visitor_id: string
  page_url: string
  timestamp: number
}

let bodies: { events: Wire[] }[]
const received = (): Wire[] => bodies.flatMap(({ events }) => events)
const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

/** Without the second script, as where it is blocked. */
const start = (config: Config = CONFIG): Client => createClient(config, () => Promise.reject(new Error('blocked')))

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
  localStorage.clear()
  history.replaceState(null, '', '/start')
  bodies = []
  vi.stubGlobal(
    'fetch',
    vi.fn(async (_url: string, init: RequestInit) => {
      bodies.push(JSON.parse(init.body as string) as { events: Wire[] })
      return new Response('{"success":true}')
    }),
  )
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('the client', () => {
  it('sends what happened, each event complete and in order', async () => {
    const client = start()
    const button = html('<button id="buy">Buy</button>')
    for (let i = 0; i < 3; i++) click(button)
    await pass(10_000)
    client.stop()
    const events = received()
    expect(events.map(({ interaction_type, event_type }) => interaction_type ?? event_type)).toEqual([
      'pageview',
      'click',
      'click',
      'click',
      'rage_click',
    ])
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
    expect(new Set(events.map(({ id }) => id)).size).toBe(5)
    expect(new Set(events.map(({ session_id, visitor_id }) => session_id + visitor_id)).size).toBe(1)
    for (const event of events) {
      expect(event).toMatchObject({ page_url: 'https://shop.example/start', timestamp: expect.any(Number) })
    }
  })

  it('sends everything when the page is hidden', async () => {
    const client = start()
    click(html('<button>Buy</button>'))
    dispatchTrusted(window, new Event('pagehide'))
    await pass()
    client.stop()
    expect(received().map(({ interaction_type }) => interaction_type)).toEqual(['pageview', 'click'])
  })

  it('does not view a page again that comes back from the cache', async () => {
    const client = start()
    dispatchTrusted(window, new Event('pagehide'))
    await pass(1000)
    const event = new Event('pageshow')
    Object.defineProperty(event, 'persisted', { value: true })
    dispatchTrusted(window, event)
    click(html('<button>Buy</button>'))
    await pass(10_000)
    client.stop()
    expect(received().filter(({ interaction_type }) => interaction_type === 'pageview')).toHaveLength(1)
    expect(received().filter(({ interaction_type }) => interaction_type === 'click')).toHaveLength(1)
  })

  it('delivers what an earlier page could not', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')))
    const earlier = start()
    click(html('<button>Buy</button>'))
    await pass(6000)
    earlier.stop()
    expect(received()).toEqual([])

    vi.stubGlobal(
      'fetch',
      vi.fn(async (_url: string, init: RequestInit) => {
        bodies.push(JSON.parse(init.body as string) as { events: Wire[] })
        return new Response('{"success":true}')
      }),
    )
    const later = start()
    await pass(6000)
    later.stop()
    expect(
      received()
        .map(({ interaction_type }) => interaction_type)
        .sort(),
    ).toEqual(['click', 'pageview', 'pageview'])
    expect(new Set(received().map(({ id }) => id)).size).toBe(3)
  })

  it('leaves no listener behind when stopped', async () => {
    const balance = new Map<string, number>()
    const count = (by: number) =>
      function (this: EventTarget, name: string) {
        balance.set(name, (balance.get(name) ?? 0) + by)
      }
    for (const target of [window, document]) {
      vi.spyOn(target, 'addEventListener').mockImplementation(count(1) as never)
      vi.spyOn(target, 'removeEventListener').mockImplementation(count(-1) as never)
    }
    // The web-vitals library, which has no way to stop, finds nothing to observe in jsdom and stays out of this.
    const { pushState } = history
    const { open } = window
    const client = start()
    expect(balance.get('click')).toBeGreaterThan(0)
    client.stop()
    expect(Array.from(balance).filter(([, listeners]) => listeners !== 0)).toEqual([])
    expect(history.pushState).toBe(pushState)
    expect(window.open).toBe(open)
  })

  it('never registers what keeps pages out of the back/forward cache', () => {
    const names: string[] = []
    for (const target of [window, document]) {
      vi.spyOn(target, 'addEventListener').mockImplementation(((name: string) => names.push(name)) as never)
    }
    start().stop()
    expect(names).toContain('pagehide')
    expect(names).not.toContain('unload')
    expect(names).not.toContain('beforeunload')
  })

  it.each([
    ['storage that throws', () => vi.stubGlobal('localStorage', undefined)],
    ['no fetch', () => vi.stubGlobal('fetch', undefined)],
    ['no MutationObserver', () => vi.stubGlobal('MutationObserver', undefined)],
    ['a frozen history', () => vi.stubGlobal('history', Object.freeze(Object.create(history)))],
    ['no performance timeline', () => vi.stubGlobal('performance', {})],
  ])('does not throw with %s', async (_name, breakIt) => {
    breakIt()
    const client = start()
    click(html('<button>Buy</button>'))
    client.flush()
    dispatchTrusted(window, new Event('pagehide'))
    await pass(10_000)
    client.stop()
  })
})
