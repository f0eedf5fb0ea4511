import { beforeEach, describe, expect, it } from 'vitest'
import { type Widget, widget } from '../../../src/widget/widget'
import { hidePage, pass, useServer } from '../../support/server'

const PATH = '/api/analytics/track'
const server = useServer()
let id: string
let call: Widget
let count = 0

interface Told {
  id: string
  widget_id: string
  event_type: string
  session_id: string
  seq: number
  metadata?: object
}
/** Of this test's widget: those of earlier ones still end their calls. */
const told = (): Told[] =>
  server.to(PATH).flatMap(({ events }) => (events as Told[]).filter(({ widget_id }) => widget_id === id))
const types = (): string[] => told().map(({ event_type }) => event_type)

beforeEach(() => {
  id = `00000000-0000-4000-8000-00000000000${count++}`
  call = widget(id, { endpoint: 'https://footfall.example/' })
})

describe('a widget', () => {
  it('tells of its load, its opening and its calls, without a key', async () => {
    call.load({ theme: 'dark' })
    call.open()
    call.callStart({ agent: 3 })
    call.callEnd()
    await pass()
    expect(server.sent).toHaveLength(1)
    expect(Object.keys(server.to(PATH)[0])).toEqual(['events'])
    const common = {
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      timestamp: expect.any(Number),
      widget_id: id,
      session_id: call.sessionId(),
      page_url: 'https://shop.example/start',
    }
    expect(told()).toEqual([
      { ...common, seq: 1, event_type: 'widget_load', metadata: { theme: 'dark' } },
      { ...common, seq: 2, event_type: 'widget_open' },
      { ...common, seq: 3, event_type: 'call_start', metadata: { agent: 3 } },
      { ...common, seq: 4, event_type: 'call_end' },
    ])
  })

  it('has a session of its own for every load', async () => {
    call.load()
    call.callStart()
    call.load()
    await pass()
    expect(types()).toEqual(['widget_load', 'call_start', 'call_end', 'widget_load'])
    expect(new Set(told().map(({ session_id }) => session_id)).size).toBe(2)
    expect(told().map(({ seq }) => seq)).toEqual([1, 2, 3, 1])
    // The call belongs to the load it was made in.
    expect(
      new Set(
        told()
          .map(({ session_id }) => session_id)
          .slice(0, 3),
      ).size,
    ).toBe(1)
  })

  it('is loaded by what comes first', async () => {
    call.callStart()
    await pass()
    expect(types()).toEqual(['widget_load', 'call_start'])
  })

  it('says every 30 seconds that a call goes on, and no longer than it does', async () => {
    call.callStart()
    await pass(95_000)
    call.callEnd()
    await pass(120_000)
    expect(types()).toEqual([
      'widget_load',
      'call_start',
      'call_heartbeat',
      'call_heartbeat',
      'call_heartbeat',
      'call_end',
    ])
  })

  it('has one call at a time, which ends once', async () => {
    call.callEnd()
    call.callStart()
    call.callStart()
    call.callEnd()
    call.callEnd()
    call.stop()
    await hidePage()
    expect(types()).toEqual(['widget_load', 'call_start', 'call_end'])
  })

  it('ends a call by its error', async () => {
    call.callStart()
    call.callError(new TypeError('no microphone'), { code: 5 })
    call.callEnd()
    await pass(60_000)
    expect(types()).toEqual(['widget_load', 'call_start', 'call_error'])
    expect(told()[2]?.metadata).toEqual({ code: 5, message: 'no microphone' })
  })

  it.each([[undefined], [null], ['busy'], [{ message: 7 }]])('takes %j for an error', async (error) => {
    call.callError(error)
    await pass()
    expect(types()).toEqual(['widget_load', 'call_error'])
  })

  it('ends a running call when the page goes away, in a request that outlives it', async () => {
    call.callStart()
    await pass()
    server.reset()
    await hidePage()
    expect(server.sent.map(({ keepalive }) => keepalive)).toEqual([true])
    expect(types()).toEqual(['call_end'])
    expect(told()[0]?.metadata).toEqual({ reason: 'page_unload' })
  })

  it('made anew ends its calls with the page, too', async () => {
    call.callStart()
    call.stop()
    await pass()
    const again = widget(id, { endpoint: 'https://footfall.example' })
    again.callStart()
    await pass()
    server.reset()
    await hidePage()
    expect(server.sent.map(({ keepalive }) => keepalive)).toEqual([true])
    expect(types()).toEqual(['call_end'])
  })

  it('that is unknown is not asked for again', async () => {
    server.replies = [404]
    call.load()
    await pass(600_000)
    expect(server.sent).toHaveLength(1)
  })

  it('tries again what a failing server refused', async () => {
    server.replies = [503]
    call.load()
    await pass(10_000)
    expect(types()).toEqual(['widget_load', 'widget_load'])
    expect(new Set(told().map((event) => event.id)).size).toBe(1)
  })
})
