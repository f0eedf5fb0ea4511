// Nothing personal is in the package's requests, but for what a site tells of its customers on purpose.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createFootfall, type Footfall } from '../../../src/footfall'
import { widget } from '../../../src/widget/widget'
import { CORPUS, encoded } from '../../support/corpus'
import { ASHA, OPTIONS, pass, useServer } from '../../support/server'

const BEHAVIOR = '/api/tracking/flush'
const CUSTOMERS = '/track-event'
const SESSIONS = '/api/analytics/session/start'
const WIDGETS = '/api/analytics/track'

const server = useServer()
let footfall: Footfall
/** As the script of the same key keeps them. */
const KEPT = JSON.stringify({ query_parameters: 'lang' })

const addressOf = (value: string): string => {
  const text = encoded(value)
  return `/users/${text}?utm_source=mail&lang=sw&email=${text}#/users/${text}?token=${text}`
}

const begin = (value: string): void => {
  history.replaceState(null, '', addressOf(value))
  vi.spyOn(document, 'referrer', 'get').mockReturnValue(`https://shop.example${addressOf(value)}`)
  footfall = createFootfall(OPTIONS)
  footfall.trackSessions()
  footfall.identify({ id: 7 })
}

let widgets = 0

const newBrowser = (): void => {
  localStorage.clear()
  localStorage.setItem('footfall.fk_test.settings', KEPT)
}

beforeEach(newBrowser)
afterEach(() => footfall.stop())

it(`none of ${CORPUS.values.length} values leaves the page`, { timeout: 180_000 }, async () => {
  const leaks: string[] = []
  for (const { text } of CORPUS.values) {
    server.reset()
    newBrowser()
    begin(text)
    footfall.behavior.trackSearch(`Villa of ${text}`, { note: text, [`count of ${text}`]: { deep: [text] } })
    footfall.behavior.trackPropertyView(12, { source: `mail to ${text}` })
    footfall.track('booking.started', { vehicle_id: 7 })
    const call = widget(`w-${widgets++}`, OPTIONS)
    call.load({ note: `for ${text}` })
    call.callError(new Error(`no line to ${text}`), { [text]: 1 })
    await pass(5000)
    footfall.stop()
    for (const path of [BEHAVIOR, CUSTOMERS, SESSIONS, WIDGETS]) expect(server.to(path)).toHaveLength(1)
    const sent = JSON.stringify(server.sent)
    const texts = [JSON.stringify(text).slice(1, -1), encoded(text), encodeURIComponent(text)]
    if (texts.some((part) => sent.includes(part))) leaks.push(sent)
  }
  expect(leaks).toEqual([])
})

it('addresses keep the parameters of campaigns, and those of the project where its key is known', async () => {
  begin('asha@example.com')
  footfall.behavior.trackSearch('villa')
  footfall.track('booking.started')
  const call = widget(`w-${widgets++}`, OPTIONS)
  call.load()
  await pass(5000)
  const kept = 'https://shop.example/users/[email]?utm_source=mail&lang=sw#/users/[email]'
  expect(server.to(BEHAVIOR)[0].events[0]).toMatchObject({ page_url: kept, referrer: kept })
  expect(server.to(SESSIONS)[0]).toMatchObject({ page_url: kept, referrer: kept })
  expect(server.to(CUSTOMERS)[0]).toMatchObject({ page_url: kept })
  expect(server.to(WIDGETS)[0].events[0]).toMatchObject({ page_url: kept.replace('&lang=sw', '') })
})

it('who a customer is, what they did and what names it stay as they are told', async () => {
  begin('x')
  footfall.identify({ ...ASHA, phone: '+255712345678' })
  footfall.track('booking.started', { vehicle_id: 712345678, note: 'call +255712345678' })
  footfall.behavior.trackPropertyView('550e8400-e29b-41d4-a716-446655440000')
  await pass(5000)
  const [event] = server.to(CUSTOMERS)
  expect(event.customer).toEqual({ ...ASHA, phone: '+255712345678' })
  expect(event.event_data).toEqual({ vehicle_id: 712345678, note: 'call +255712345678' })
  expect(server.to(BEHAVIOR)[0].events[0].property_id).toBe('550e8400-e29b-41d4-a716-446655440000')
})

it('texts are masked before they are cut', async () => {
  begin('x')
  footfall.behavior.trackSearch(`${'villa '.repeat(40)}for asha.mushi@example.com`)
  await pass(5000)
  const { search_query } = server.to(BEHAVIOR)[0].events[0]
  expect(search_query).toBe(`${'villa '.repeat(40)}for [email]`)
  const call = widget(`w-${widgets++}`, OPTIONS)
  call.callError(`${'no line '.repeat(31)}asha@example.com`)
  await pass()
  const { message } = server.to(WIDGETS)[0].events.at(-1).metadata
  expect(message).toBe(`${'no line '.repeat(31)}[email]`)
})
