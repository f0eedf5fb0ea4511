import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFootfall, type Footfall } from '../../../src/footfall'
import { ASHA, hidePage, OPTIONS, pass, useServer } from '../../support/server'
import { dispatchTrusted } from '../../support/trusted'

const server = useServer()
let footfall: Footfall
afterEach(() => footfall.stop())

const tellEverything = (): void => {
  footfall.trackSessions()
  footfall.identify(ASHA)
  footfall.track('booking.started', { vehicle_id: 7 })
  footfall.behavior.trackSearch('villa')
}

describe('the client', () => {
  it('tells once, though it is made twice', async () => {
    createFootfall(OPTIONS)
    footfall = createFootfall(OPTIONS)
    footfall.identify(ASHA)
    document.body.innerHTML = '<button data-footfall-track="chat.message">Chat</button>'
    dispatchTrusted(document.body.firstElementChild as Element, new MouseEvent('click', { bubbles: true }))
    await pass(1000)
    expect(server.to('/track-event')).toHaveLength(1)
  })

  it('leaves no listener behind when stopped, and is silent then', async () => {
    const balance = new Map<string, number>()
    const count = (by: number) => (name: string) => balance.set(name, (balance.get(name) ?? 0) + by)
    for (const target of [window, document]) {
      vi.spyOn(target, 'addEventListener').mockImplementation(count(1) as never)
      vi.spyOn(target, 'removeEventListener').mockImplementation(count(-1) as never)
    }
    const { pushState, replaceState } = history
    footfall = createFootfall(OPTIONS)
    tellEverything()
    await pass(1000)
    expect(balance.get('pagehide')).toBeGreaterThan(0)
    expect(Array.from(balance.keys())).not.toEqual(expect.arrayContaining(['unload']))
    expect(Array.from(balance.keys())).not.toEqual(expect.arrayContaining(['beforeunload']))
    server.reset()
    footfall.stop()
    tellEverything()
    await pass(60_000)
    expect(Array.from(balance).filter(([, listeners]) => listeners !== 0)).toEqual([])
    expect([history.pushState, history.replaceState]).toEqual([pushState, replaceState])
    expect(server.sent).toEqual([])
  })

  it('is not held up by what cannot be written', async () => {
    const place = { city: 'Arusha' }
    const cyclic: Record<string, unknown> = { place }
    cyclic['itself'] = cyclic
    footfall = createFootfall(OPTIONS)
    footfall.identify(ASHA)
    footfall.track('chat.message', cyclic)
    footfall.track('chat.message', { amount: BigInt(1) })
    footfall.track('chat.message', { from: place, to: place })
    await pass(1000)
    expect(server.to('/track-event').map(({ event_data }) => event_data)).toEqual([
      { place },
      {},
      { from: place, to: place },
    ])
  })

  it('says what was so when it was told', async () => {
    const data = { step: 1 }
    footfall = createFootfall(OPTIONS)
    footfall.identify(ASHA)
    footfall.track('booking.step_completed', data)
    data.step = 2
    await pass(1000)
    expect(server.to('/track-event')[0].event_data).toEqual({ step: 1 })
  })

  it('takes of a person what the contract names, and nothing else', async () => {
    const person = { ...ASHA, access_token: 'secret', phone: null, self: {} }
    person.self = person
    footfall = createFootfall(OPTIONS)
    footfall.identify(person as never)
    footfall.track('customer.login')
    await pass(1000)
    expect(server.to('/track-event').map(({ customer }) => customer)).toEqual([ASHA])
  })

  it('waits with a page that may never be seen', async () => {
    Object.defineProperty(document, 'prerendering', { configurable: true, value: true })
    footfall = createFootfall(OPTIONS)
    tellEverything()
    await pass(5000)
    expect([server.sent, Object.keys(localStorage)]).toEqual([[], []])
    Reflect.deleteProperty(document, 'prerendering')
    dispatchTrusted(document, new Event('prerenderingchange'))
    await pass(5000)
    expect(server.sent.map(({ path }) => path).sort()).toEqual([
      '/api/analytics/session/start',
      '/api/tracking/flush',
      '/track-event',
    ])
  })

  it('can be hurried', async () => {
    footfall = createFootfall(OPTIONS)
    footfall.identify(ASHA)
    footfall.behavior.trackSearch('villa')
    footfall.flush()
    await pass()
    expect(server.to('/api/tracking/flush')).toHaveLength(1)
  })

  it.each([
    ['no storage', () => vi.stubGlobal('localStorage', undefined)],
    ['no storage of the tab', () => vi.stubGlobal('sessionStorage', undefined)],
    ['no fetch', () => vi.stubGlobal('fetch', undefined)],
    ['no randomness', () => vi.stubGlobal('crypto', undefined)],
    ['a frozen history', () => vi.stubGlobal('history', Object.freeze(Object.create(history)))],
  ])('never throws into the page: %s', async (_name, breakIt) => {
    breakIt()
    footfall = createFootfall(OPTIONS)
    tellEverything()
    footfall.identify(null as never)
    footfall.track('chat.message', null as never)
    footfall.behavior.trackPropertyView('p', null as never)
    footfall.widget('00000000-0000-4000-8000-200000000000').callStart()
    await hidePage()
    footfall.signOut()
  })
})
