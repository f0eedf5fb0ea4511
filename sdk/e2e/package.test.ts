// What leaves a real page that uses the npm package, as a collector on another origin sees it.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { bundleReact, bundleSite, pageOf } from './support/app'
import { newContext } from './support/browser'
import { type Posted, pageWith, type Received } from './support/collector'
import { stage } from './support/stage'

const WIDGET = '0197a5f0-0000-7000-8000-000000000001'
const TRACK = '/api/analytics/track'
const FLUSH = '/api/tracking/flush'
const START = '/api/analytics/session/start'
const END = '/api/analytics/session/end'
const ASHA = { id: 'asha', email: 'asha@example.com' }

const { browser, collector } = await stage()
let context: BrowserContext
let site: string
let strict: string
let errors: string[]

beforeAll(async () => {
  ;[site, strict] = await Promise.all([bundleSite(collector.origin, WIDGET), bundleReact(collector.origin, WIDGET)])
  const links = '<a id="next" href="/next">Next</a><form action="/next"><button id="search">Search</button></form>'
  collector.pages['/'] = pageOf(site, `<h1>Shop</h1>${links}`)
  collector.pages['/next'] = pageOf(site, '<h1>Next</h1>')
  collector.pages['/next?'] = collector.pages['/next']
  collector.pages['/react'] = pageOf(strict, '<div id="root"></div>')
  collector.pages['/elsewhere'] = '<h1>Nothing of ours</h1>'
})
beforeEach(async () => {
  collector.reset()
  errors = []
  context = await newContext(browser)
})
afterEach(async () => {
  await context.close()
  // Whatever a test did: no preflight, no cookie, and no error in the page.
  expect(collector.methods).not.toContain('OPTIONS')
  expect(collector.posted.map(({ cookie }) => cookie).filter(Boolean)).toEqual([])
  expect(new Set(collector.posted.map(({ contentType }) => contentType)).size).toBeLessThanOrEqual(1)
  expect(errors).toEqual([])
})

// biome-ignore lint/suspicious/noExplicitAny: what the bundle put there
type App = any
const inApp = <A>(page: Page, act: (app: App, given: A) => void, given?: A): Promise<void> =>
  page.evaluate(`(${act})(window.app, ${JSON.stringify(given)})`)

const open = async (path = '/'): Promise<Page> => {
  const page = await context.newPage()
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(collector.pageOrigin + path)
  return page
}
/** The page has had its last word when this is over. */
const close = async (page: Page): Promise<void> => {
  const closed = page.waitForEvent('close')
  await page.close({ runBeforeUnload: true })
  await closed
}
const identify = (page: Page, user: object = ASHA): Promise<void> =>
  inApp(page, (app, given) => app.footfall.identify(given), user)

/** What the server keeps: a request may come twice when its page goes before the answer, with the same ids. */
const to = (path: string): Posted['body'][] => {
  const known = new Set<string>()
  const isNew = ({ id }: { id: string }): boolean => !known.has(id) && !!known.add(id)
  return collector.posted
    .filter((posted) => posted.path === path && posted.status === 200)
    .map(({ body }) => (body.events ? { ...body, events: body.events.filter(isNew) } : body))
    .filter((body) => (body.events ? body.events.length : isNew(body)))
}
const arrived = (path: string, count = 1): Promise<void> =>
  vi.waitUntil(() => to(path).length >= count, { timeout: 15_000, interval: 20 }).then(() => {})
const reasons = (): unknown[] => to(END).map(({ user_id, reason }) => [user_id, reason])
const calls = (): string[] => to(TRACK).flatMap(({ events }) => events.map((event: App) => event.event_type))
/** Comes after all that the page had to tell before: then nothing else is to come. */
const sentinel = async (page: Page): Promise<void> => {
  await inApp(page, (app) => {
    app.footfall.identify({ id: 'sentinel' })
    app.footfall.track('chat.message')
  })
  await vi.waitUntil(() => to('/track-event').some(({ customer }) => customer.id === 'sentinel'), { timeout: 15_000 })
}

it('a closed tab delivers the end of its call, of its session and of its booking, and what was looked at', async () => {
  const page = await open()
  await identify(page)
  await inApp(page, ({ footfall, call }) => {
    call.load()
    call.callStart()
    footfall.track('booking.started', { vehicle_id: 7, total_amount: 450 })
  })
  await Promise.all([arrived(TRACK), arrived(START), arrived('/track-event')])
  await inApp(page, ({ footfall }) => footfall.behavior.trackPropertyView('p-1', { engaged: true }))
  expect(to(FLUSH)).toEqual([])
  await close(page)
  await Promise.all([arrived(TRACK, 2), arrived(END), arrived('/track-event', 2), arrived(FLUSH)])
  expect(calls()).toEqual(['widget_load', 'call_start', 'call_end'])
  expect(to(TRACK)[0].events[0]).toMatchObject({ widget_id: WIDGET, session_id: to(TRACK)[1].events[0].session_id })
  expect(reasons()).toEqual([['asha', 'page_unload']])
  expect(to(END)[0].session_id).toBe(to(START)[0].session_id)
  expect(to('/track-event').map(({ event_type, event_data }) => [event_type, event_data])).toEqual([
    ['booking.started', { vehicle_id: 7, total_amount: 450 }],
    ['booking.abandoned', { vehicle_id: 7, total_amount: 450 }],
  ])
  expect(to(FLUSH)[0]).toMatchObject({ user_id: 'asha', events: [{ behavior_type: 'property_view' }] })
  expect(collector.posted[0]?.contentType).toBe('text/plain;charset=UTF-8')
})

it.each([
  ['a link', (page: Page) => page.click('#next')],
  ['a form', (page: Page) => page.click('#search')],
  ['a script', (page: Page) => page.evaluate("location.href = '/next'")],
  ['a reload', (page: Page) => page.evaluate('location.reload()')],
])('%s to the next page ends nothing; leaving the site does', async (_name, go) => {
  const page = await open()
  await identify(page)
  await inApp(page, ({ footfall }) => footfall.track('booking.started', { vehicle_id: 7 }))
  await Promise.all([arrived(START), arrived('/track-event')])
  await Promise.all([page.waitForEvent('load'), go(page)])
  await identify(page)
  // Another site, for all that the address says.
  await Promise.all([page.waitForEvent('load'), page.evaluate(`location.href = '${collector.origin}/elsewhere'`)])
  await Promise.all([arrived(END), arrived('/track-event', 2)])
  expect(reasons()).toEqual([['asha', 'page_unload']])
  expect(to(START)).toHaveLength(1)
  expect(to('/track-event').map(({ event_type }) => event_type)).toEqual(['booking.started', 'booking.abandoned'])
})

it('a booking goes on when the browser itself loads the page again', async () => {
  const page = await open()
  await identify(page)
  await inApp(page, ({ footfall }) => footfall.track('booking.started', { vehicle_id: 7 }))
  await arrived('/track-event')
  await page.reload()
  await identify(page)
  await sentinel(page)
  const bookings = to('/track-event').filter(({ customer }) => customer.id === 'asha')
  // A reload by its button announces itself to nobody: the booking is told as abandoned, and then taken back.
  expect(bookings.map(({ event_type }) => event_type)).toEqual([
    'booking.started',
    'booking.abandoned',
    'booking.started',
  ])
  expect(bookings.at(-1).event_data).toEqual({ vehicle_id: 7 })
})

it('a session ends with the last of its tabs', async () => {
  const [one, two] = [await open(), await open('/next')]
  await identify(one)
  await arrived(START)
  await identify(two)
  await two.click('h1')
  await close(one)
  await inApp(two, ({ footfall }) => footfall.track('chat.message'))
  await arrived('/track-event')
  expect(reasons()).toEqual([])
  await close(two)
  await arrived(END)
  expect(reasons()).toEqual([['asha', 'page_unload']])
  expect(to(START)).toHaveLength(1)
})

it('what happened offline is delivered by the next visit, once, in order and with its ids', async () => {
  const page = await open()
  await context.setOffline(true)
  await identify(page)
  await inApp(page, ({ footfall, call }) => {
    call.callStart()
    footfall.track('booking.started', { vehicle_id: 7 })
    footfall.behavior.trackSearch('villa', { beds: 3 })
  })
  const ids: string[] = await page.evaluate(
    `Object.entries(localStorage).filter(([key]) => key.includes('queue')).flatMap(([, text]) =>
       JSON.parse(text).slice(1).map(({ id }) => id))`,
  )
  expect(ids).toHaveLength(5)
  await close(page)
  await context.setOffline(false)
  await open('/next')
  await Promise.all([arrived(END), arrived(TRACK), arrived('/track-event', 2), arrived(FLUSH)])
  const kept = [START, END, TRACK, '/track-event', FLUSH].flatMap(to).flatMap((body) => body.events ?? [body])
  // With those of the end of call, session and booking.
  expect(kept).toHaveLength(8)
  expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  const first = (path: string): number => collector.posted.findIndex((posted) => posted.path === path)
  expect(first(START)).toBeLessThan(first(END))
  expect(calls()).toEqual(['widget_load', 'call_start', 'call_end'])
})

it('of many visits that end at once, with a server that often fails, nothing is lost or doubled', async () => {
  const VISITS = 10
  // Two of three requests fail, until the last visits.
  collector.replies = Array.from({ length: 10_000 }, (_, index) => (index % 3 ? 503 : 200))
  for (let visit = 0; visit < VISITS; visit++) {
    const page = await open()
    await identify(page)
    await inApp(
      page,
      ({ footfall, call }, visit) => {
        call.callStart()
        footfall.track('chat.message', { visit })
        footfall.behavior.trackSearch(`${visit}`)
      },
      visit,
    )
    await close(page)
  }
  collector.replies = []
  const searches = (): App[] => to(FLUSH).flatMap(({ events }) => events)
  const found = (): number[] => [
    to('/track-event').length,
    searches().length,
    to(START).length,
    to(END).length,
    ...['widget_load', 'call_start', 'call_end'].map((type) => calls().filter((told) => told === type).length),
  ]
  const isComplete = (): boolean => found().every((count) => count >= VISITS)
  // More than one: a busy browser lets go of a closed tab's lock only after the next page has looked.
  for (let visit = 0; visit < 5 && !isComplete(); visit++) {
    await open('/next')
    await vi.waitUntil(isComplete, { timeout: 10_000, interval: 50 }).catch(() => {})
  }
  expect(found()).toEqual(found().map(() => VISITS))
  const each = Array.from({ length: VISITS }, (_, visit) => visit)
  const sorted = (values: number[]): number[] => values.sort((one, other) => one - other)
  expect(sorted(to('/track-event').map(({ event_data }) => event_data.visit))).toEqual(each)
  expect(sorted(searches().map(({ search_query }) => Number(search_query)))).toEqual(each)
}, 240_000)

it('two customers of one browser share no session', async () => {
  const page = await open()
  await identify(page)
  await arrived(START)
  await identify(page, { id: 'juma' })
  await arrived(START, 2)
  await inApp(page, ({ footfall }) => footfall.signOut())
  await arrived(END, 2)
  expect(reasons()).toEqual([
    ['asha', 'user_switch'],
    ['juma', 'sign_out'],
  ])
  const [asha, juma] = to(START)
  expect(asha.session_id).not.toBe(juma.session_id)
  expect(to(END).map(({ session_id }) => session_id)).toEqual([asha.session_id, juma.session_id])
  expect(asha.visitor_id).toBe(juma.visitor_id)
})

it('the script beside it names the same visits', async () => {
  collector.pages['/both'] = `${pageWith(collector.origin, '<button id="buy">Buy</button>')}<script>${site}</script>`
  const page = await open('/both')
  const clicks = (): Received[] => collector.events().filter(({ interaction_type }) => interaction_type === 'click')
  for (const [index, id] of ['asha', 'juma'].entries()) {
    await identify(page, { id })
    await arrived(START, index + 1)
    await page.click('#buy')
    await vi.waitUntil(() => clicks().length > index, { timeout: 15_000 })
  }
  const sessions = to(START).map(({ session_id }) => session_id)
  expect(new Set(sessions).size).toBe(2)
  expect(clicks().map(({ session_id }) => session_id)).toEqual(sessions)
  expect(new Set(to(START).map(({ visitor_id }) => visitor_id))).toEqual(
    new Set(clicks().map((click) => click['visitor_id'])),
  )
})

it('a tab whose customer was replaced in another tab speaks for nobody', async () => {
  const [one, two] = [await open(), await open('/next')]
  await identify(one)
  await identify(two, { id: 'juma' })
  await arrived(START, 2)
  // Browsers bring what one tab stores to the other's process a moment later; the event of it later still.
  await one.waitForFunction(() => Object.values(localStorage).some((value) => value.includes('"user":"juma"')))
  await inApp(one, ({ footfall }) => footfall.track('chat.message'))
  await sentinel(one)
  expect(to('/track-event').map(({ customer }) => customer.id)).toEqual(['sentinel'])
})

it('nothing is told of visitors who are not signed in', async () => {
  const page = await open()
  await inApp(page, ({ footfall }) => {
    footfall.track('booking.started', { vehicle_id: 7 })
    footfall.behavior.trackSearch('villa')
    footfall.identify({ name: 'Nobody' })
    footfall.track('chat.message')
    footfall.signOut()
  })
  await page.click('#next')
  await page.waitForURL('**/next')
  await sentinel(page)
  expect(new Set(collector.posted.map(({ body }) => body.user_id ?? body.customer.id))).toEqual(new Set(['sentinel']))
})

describe('a strict React application', () => {
  const show = (page: Page, user: object | null): Promise<void> => inApp(page, (app, given) => app.show(given), user)

  it('tells everything once', async () => {
    const page = await open('/react')
    await show(page, ASHA)
    await arrived(TRACK)
    await page.click('#call')
    await arrived(TRACK, 2)
    await show(page, { ...ASHA })
    await show(page, null)
    await Promise.all([arrived(TRACK, 3), arrived(END)])
    await close(page)
    await arrived(FLUSH)
    expect(calls()).toEqual(['widget_load', 'call_start', 'call_end'])
    expect(to(START)).toHaveLength(1)
    expect(reasons()).toEqual([['asha', 'sign_out']])
    expect(to(FLUSH).flatMap(({ events }) => events)).toMatchObject([
      { behavior_type: 'contact_click', property_id: 'p-1', metadata: { method: 'phone' } },
    ])
  })

  it('ends call and session with its tab', async () => {
    const page = await open('/react')
    await show(page, ASHA)
    await page.click('#call')
    await arrived(TRACK)
    await close(page)
    await arrived(END)
    await vi.waitUntil(() => calls().includes('call_end'), { timeout: 15_000 })
    expect(calls()).toEqual(['widget_load', 'call_start', 'call_end'])
    expect(reasons()).toEqual([['asha', 'page_unload']])
  })
})

it.each([
  ['storage that throws', "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied') } })"],
  ['no locks', "Object.defineProperty(navigator, 'locks', { value: undefined })"],
  ['no Navigation API', "Object.defineProperty(window, 'navigation', { value: undefined })"],
  ['frozen built-ins', 'Object.freeze(Object.prototype); Object.freeze(Array.prototype)'],
])('works with %s', async (_name, before) => {
  await context.addInitScript(before)
  const page = await open()
  await identify(page)
  await inApp(page, ({ call }) => call.callStart())
  await Promise.all([arrived(START), arrived(TRACK)])
  await close(page)
  await Promise.all([arrived(END), arrived(TRACK, 2)])
  expect(calls()).toEqual(['widget_load', 'call_start', 'call_end'])
})
