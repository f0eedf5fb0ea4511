import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Client, createClient } from '../../src/client'
import type { Mode } from '../../src/consent'
import type { AttributeValues } from '../../src/settings'
import { CONFIG, html } from '../support/signals'
import { click, dispatchTrusted } from '../support/trusted'

interface Body {
  sdk: { consent?: string }
  events: { interaction_type?: string; visitor_id?: string; session_id: string; seq: number }[]
}

let bodies: Body[]
/** What the server says of the project; an error when it cannot be reached. */
let project: object | Error
let client: Client
const events = (): Body['events'] => bodies.flatMap((body) => body.events)
const kept = (): string[] =>
  Object.keys(localStorage).map((key) => key.replace(/^footfall\.fk_test\.|\.[\da-f-]{36}$/g, ''))
const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

const start = (own: AttributeValues = {}): void => {
  client = createClient({ ...CONFIG, own }, () => Promise.reject(new Error('blocked')))
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
  localStorage.clear()
  bodies = []
  project = {}
  vi.stubGlobal(
    'fetch',
    vi.fn(async (url: string, init: RequestInit) => {
      if (url.includes('/ingest-events')) bodies.push(JSON.parse(init.body as string) as Body)
      else if (project instanceof Error) throw project
      return new Response(JSON.stringify(url.includes('/sdk-settings') ? project : { success: true }))
    }),
  )
})
afterEach(() => {
  client.stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a visitor who agreed', () => {
  it('is known by an id that stays', async () => {
    start({ consent: 'granted' })
    await pass(6000)
    expect(kept().sort()).toEqual(['queue', 'session', 'settings', 'visitor'])
    expect(bodies[0]?.sdk.consent).toBe('granted')
    expect(events()[0]?.visitor_id).toBe(localStorage.getItem('footfall.fk_test.visitor'))
  })

  it('may change that, and everything is gone', async () => {
    start({ consent: 'granted' })
    await pass(6000)
    client.consent('none')
    expect(kept()).toEqual([])
    click(html('<button>Buy</button>'))
    await pass(10_000)
    expect(kept()).toEqual([])
    const last = events().find(({ interaction_type }) => interaction_type === 'click')
    expect(last).toBeDefined()
    expect(last).not.toHaveProperty('visitor_id')
    expect(last?.session_id).not.toBe(events()[0]?.session_id)
  })

  it('is asked again by a control of the browser', async () => {
    vi.stubGlobal('navigator', { globalPrivacyControl: true })
    start({ consent: 'granted' })
    await pass(6000)
    expect(kept()).toEqual([])
    expect(bodies[0]?.sdk.consent).toBe('none')
    expect(events()[0]).not.toHaveProperty('visitor_id')
  })
})

describe('a visitor who was not asked', () => {
  it('leaves nothing on the device, and sends no id', async () => {
    start({ consent: 'none' })
    click(html('<button>Buy</button>'))
    await pass(10_000)
    expect(kept()).toEqual([])
    expect(events().length).toBeGreaterThan(1)
    expect(JSON.stringify(bodies)).not.toContain('visitor_id')
  })

  it('keeps what happened, once asked and willing', async () => {
    start({ consent: 'none' })
    await pass(100)
    client.consent('granted')
    expect(kept()).toEqual(expect.arrayContaining(['queue', 'session', 'visitor']))
    await pass(6000)
    expect(events().map(({ interaction_type }) => interaction_type)).toEqual(['pageview'])
  })

  it('leaves what an earlier page kept no longer than that', () => {
    localStorage.setItem('footfall.fk_test.visitor', 'v')
    localStorage.setItem('theirs', '1')
    start({ consent: 'none' })
    expect(Object.keys(localStorage)).toEqual(['theirs'])
  })
})

describe('a visitor who refused', () => {
  it('is not followed at all', async () => {
    start({ consent: 'denied' })
    click(html('<button>Buy</button>'))
    dispatchTrusted(window, new Event('pagehide'))
    await pass(10_000)
    expect(kept()).toEqual([])
    expect(fetch).not.toHaveBeenCalled()
  })

  it('is forgotten in the middle of a page, and may come back', async () => {
    start({ consent: 'granted' })
    client.consent('denied')
    click(html('<button>Buy</button>'))
    await pass(10_000)
    expect(bodies).toEqual([])
    client.consent('granted')
    await pass(10_000)
    expect(events().map(({ interaction_type }) => interaction_type)).toEqual(['pageview'])
  })
})

describe('a visitor who refuses later', () => {
  it('is not followed by what the browser was to send should the page crash', async () => {
    const covers: RequestInit[] = []
    vi.stubGlobal('fetchLater', (_url: string, init: RequestInit) => void covers.push(init))
    start({ consent: 'granted' })
    await pass(1000)
    expect(covers).toHaveLength(1)
    client.consent('denied')
    dispatchTrusted(window, new Event('pagehide'))
    expect(covers[0]?.signal?.aborted).toBe(true)
    expect(bodies).toEqual([])
  })
})

describe('where the tag says nothing', () => {
  it('nothing is kept until the project has been asked', async () => {
    start()
    expect(kept()).toEqual([])
    await pass()
    expect(kept().sort()).toEqual(['queue', 'session', 'settings', 'visitor'])
  })

  it.each(['none', 'denied'] as Mode[])('nothing is kept when the project says %s', async (mode) => {
    project = { consent: mode }
    start()
    await pass(10_000)
    expect(kept()).toEqual([])
  })

  it('a project that cannot be asked agrees', async () => {
    project = new TypeError('offline')
    start()
    await pass()
    expect(kept().sort()).toEqual(['queue', 'session', 'visitor'])
  })

  it('the last page is remembered, and the page may object', async () => {
    start()
    await pass()
    client.stop()
    start()
    expect(kept()).toContain('visitor')
    client.consent('nonsense' as Mode)
    expect(kept()).toContain('visitor')
  })
})

describe('the first page view names its visitor', () => {
  const key = (name: string): string => `footfall.fk_test.${name}`
  const stored = (): string | null => localStorage.getItem(key('visitor'))

  it.each<[string, AttributeValues]>([
    ['where the tag says granted', { consent: 'granted' }],
    ['where the project has to be asked', {}],
  ])('%s', async (_name, own) => {
    start(own)
    click(html('<button>Buy</button>'))
    await pass(10_000)
    expect(events().map(({ interaction_type }) => interaction_type)).toEqual(['pageview', 'click'])
    expect(events().map(({ visitor_id }) => visitor_id)).toEqual([stored(), stored()])
    expect(stored()).toBeTruthy()
  })

  it('when the visitor agrees before it is sent', async () => {
    start({ consent: 'none' })
    client.consent('granted')
    await pass(10_000)
    expect(events()).toMatchObject([{ interaction_type: 'pageview', visitor_id: stored() }])
  })

  it('as another page does that was allowed to look before: one visitor, one session, one order', async () => {
    const session = { id: 'their-session', started_at: Date.now(), active_at: Date.now(), seq: 6 }
    start()
    click(html('<button>Buy</button>'))
    localStorage.setItem(key('visitor'), 'known-before')
    localStorage.setItem(key('session'), JSON.stringify(session))
    await pass()
    click(html('<button>Buy</button>'))
    await pass(10_000)
    expect(events()).toMatchObject(
      ['pageview', 'click', 'click'].map((interaction_type, i) => ({
        interaction_type,
        visitor_id: 'known-before',
        session_id: 'their-session',
        seq: 7 + i,
      })),
    )
    expect(stored()).toBe('known-before')
  })

  it('without a gap in the order where there was nobody before', async () => {
    start()
    await pass()
    click(html('<button>Buy</button>'))
    await pass(10_000)
    expect(events().map(({ seq }) => seq)).toEqual([1, 2])
    expect(new Set(events().map(({ session_id }) => session_id)).size).toBe(1)
  })

  it('by the id of a day when it leaves before anybody has been asked', async () => {
    const answer = fetch
    vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
      url.includes('/sdk-settings') ? new Promise(() => {}) : answer(url, init),
    )
    start()
    await pass()
    dispatchTrusted(window, new Event('pagehide'))
    await pass()
    // With `none` the server makes one; without a word of consent the view would have no visitor at all.
    expect(bodies).toMatchObject([{ sdk: { consent: 'none' }, events: [{ interaction_type: 'pageview' }] }])
    expect(JSON.stringify(bodies)).not.toContain('visitor_id')
    expect(kept()).toEqual([])
  })
})
