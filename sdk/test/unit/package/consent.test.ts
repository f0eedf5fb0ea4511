import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFootfall, type Footfall } from '../../../src/footfall'
import { ASHA, hidePage, OPTIONS, pass, useServer } from '../../support/server'

const server = useServer()
let footfall: Footfall
afterEach(() => footfall.stop())

const tellEverything = (): void => {
  footfall.trackSessions()
  footfall.identify(ASHA)
  footfall.track('booking.started', { vehicle_id: 7 })
  footfall.behavior.trackSearch('villa')
}
const kept = (): string[] => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
const visitors = (): unknown[] =>
  server.sent.flatMap(({ body }) => [body, ...(body.events ?? [])]).map((told) => told.visitor_id)

describe('consent', () => {
  it('that is given keeps what waits on the device', async () => {
    footfall = createFootfall(OPTIONS)
    tellEverything()
    expect(kept().join()).toMatch(/queue/)
    expect(sessionStorage).toHaveLength(1)
    await pass(5000)
    expect(visitors().filter(Boolean).length).toBeGreaterThan(0)
  })

  it.each([
    ['none', 'none', false],
    ['Global Privacy Control', 'granted', true],
  ] as const)('by %s tells everything of customers and keeps nothing', async (_name, consent, globalPrivacyControl) => {
    vi.stubGlobal('navigator', { globalPrivacyControl })
    footfall = createFootfall({ ...OPTIONS, consent })
    tellEverything()
    expect(kept()).toEqual([])
    await pass(5000)
    await hidePage()
    expect(server.to('/api/analytics/session/start')).toHaveLength(1)
    expect(server.to('/api/analytics/session/end')).toHaveLength(1)
    expect(server.to('/api/tracking/flush')).toHaveLength(1)
    expect(visitors().filter(Boolean)).toEqual([])
    expect(kept()).toEqual([])
  })

  it('that is denied lets nothing be told or kept, until it is given', async () => {
    const listens = vi.spyOn(document, 'addEventListener')
    footfall = createFootfall({ ...OPTIONS, consent: 'denied' })
    tellEverything()
    await pass(5000)
    await hidePage()
    expect([server.sent, kept(), listens.mock.calls]).toEqual([[], [], []])
    footfall.consent('granted')
    await pass(5000)
    // Who is there and that their visits are followed was said before; what they did was not noticed.
    expect(server.sent.map(({ path }) => path)).toEqual(['/api/analytics/session/start'])
  })

  it('that is taken back leaves nothing on the device and tells no more', async () => {
    localStorage.setItem('other', '1')
    footfall = createFootfall(OPTIONS)
    server.replies = [0, 0, 0, 0]
    tellEverything()
    await pass(100)
    server.reset()
    footfall.consent('denied')
    tellEverything()
    await pass(60_000)
    await hidePage()
    expect(server.sent).toEqual([])
    expect(kept()).toEqual(['other'])
  })

  it('that becomes less goes on without the device', async () => {
    footfall = createFootfall(OPTIONS)
    tellEverything()
    await pass(100)
    footfall.consent('none')
    footfall.behavior.trackSearch('house')
    expect(kept()).toEqual([])
    await pass(5000)
    expect(server.to('/api/tracking/flush').flatMap(({ events }) => events)).toHaveLength(2)
    expect(kept()).toEqual([])
  })

  it('of a widget is about the device alone', async () => {
    footfall = createFootfall({ ...OPTIONS, consent: 'none' })
    footfall.widget('00000000-0000-4000-8000-300000000000').load()
    expect(kept()).toEqual([])
    await pass()
    expect(server.to('/api/analytics/track')).toHaveLength(1)
  })
})
