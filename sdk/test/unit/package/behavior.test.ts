import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BehaviorTracking, createBehavior } from '../../../src/behavior/behavior'
import { type Core, createCore } from '../../../src/core/core'
import { ASHA, hidePage, JUMA, OPTIONS, pass, useServer } from '../../support/server'

const PATH = '/api/tracking/flush'
const server = useServer()
let core: Core
let behavior: BehaviorTracking

beforeEach(() => {
  core = createCore(OPTIONS)
  behavior = createBehavior(core)
})
afterEach(() => core.stop())

describe('behaviour', () => {
  it('goes to its endpoint in the contract’s words', async () => {
    core.identify(ASHA)
    behavior.trackPropertyView(12, { source: 'search', view_type: 'page', duration_seconds: 42.5, engaged: true })
    behavior.trackSearch('villa', { beds: 3 })
    behavior.trackFilterApplied('price', [100, 200])
    behavior.trackContactClick('whatsapp', 'p-12')
    await pass(5000)
    const [body, ...more] = server.to(PATH)
    expect(more).toEqual([])
    expect(body).toMatchObject({ api_key: 'fk_test', user_id: '7', sent_at: Date.now() })
    const common = {
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      timestamp: expect.any(Number),
      session_id: core.place().session_id,
      visitor_id: expect.any(String),
      page_url: 'https://shop.example/start',
      referrer: '',
    }
    expect(body.events).toEqual([
      {
        ...common,
        behavior_type: 'property_view',
        property_id: '12',
        duration_seconds: 42.5,
        metadata: { source: 'search', view_type: 'page', engaged: true },
      },
      { ...common, behavior_type: 'search', search_query: 'villa', filters: { beds: 3 } },
      { ...common, behavior_type: 'filter_applied', filters: { price: [100, 200] } },
      { ...common, behavior_type: 'contact_click', property_id: 'p-12', metadata: { method: 'whatsapp' } },
    ])
  })

  it('of visitors whom nobody names is not kept', async () => {
    behavior.trackSearch('villa')
    core.identify({ name: 'Nobody in particular' })
    behavior.trackSearch('villa')
    core.identify(ASHA)
    core.signOut()
    behavior.trackSearch('villa')
    await pass(5000)
    await hidePage()
    expect(server.sent).toEqual([])
  })

  it('of two customers goes in two requests', async () => {
    core.identify(ASHA)
    behavior.trackSearch('a')
    core.identify(JUMA)
    behavior.trackSearch('b')
    behavior.trackSearch('c')
    await pass(20_000)
    const bodies = server.to(PATH)
    expect(bodies.map(({ user_id }) => user_id)).toEqual(['7', 'u-8'])
    expect(bodies.map(({ events }) => events.map((event: { search_query: string }) => event.search_query))).toEqual([
      ['a'],
      ['b', 'c'],
    ])
    const [asha, juma] = bodies.map(({ events }) => events[0].session_id)
    expect(asha).not.toBe(juma)
  })

  it('leaves with the page, each customer’s by itself', async () => {
    core.identify(ASHA)
    behavior.trackSearch('a')
    core.identify(JUMA)
    behavior.trackSearch('b')
    await hidePage()
    expect(server.sent.map(({ keepalive, body }) => [keepalive, body.user_id])).toEqual([
      [true, '7'],
      [true, 'u-8'],
    ])
  })

  it('that could not be delivered is delivered by the next page, with the same ids', async () => {
    server.replies = [0, 0, 0, 0]
    core.identify(ASHA)
    behavior.trackSearch('villa')
    await pass(5000)
    core.stop()
    const [failed] = server.to(PATH)
    server.replies = []
    server.reset()

    core = createCore(OPTIONS)
    behavior = createBehavior(core)
    await pass(5000)
    expect(server.to(PATH).map(({ user_id, events }) => [user_id, events])).toEqual([['7', failed.events]])
  })

  it('does not count a look that took no time', async () => {
    core.identify(ASHA)
    behavior.trackPropertyView('p', { duration_seconds: -3 })
    behavior.trackPropertyView('p', { duration_seconds: Number.NaN })
    await pass(5000)
    const [{ events }] = server.to(PATH)
    expect(events).toHaveLength(2)
    for (const event of events) expect(event).not.toHaveProperty('duration_seconds')
  })
})
