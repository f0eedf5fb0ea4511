// What leaves a real page, as a collector on another origin sees it.
import type { BrowserContext } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { conclude, newContext, open } from './support/browser'
import { pageWith, type Received } from './support/collector'
import { stage } from './support/stage'

const { browser, collector } = await stage()
let context: BrowserContext

beforeEach(async () => {
  collector.reset()
  context = await newContext(browser)
})
afterEach(async () => {
  await context.close()
  // Whatever a test did, no request needed a preflight, and none carried cookies.
  expect(collector.methods).not.toContain('OPTIONS')
  expect(new Set(collector.deliveries.map(({ contentType }) => contentType))).not.toContain('application/json')
})

const visit = async (body: string, before = '') => {
  collector.pages['/'] = pageWith(collector.origin, body, { before })
  collector.pages['/next'] = pageWith(collector.origin, '<h1>Next</h1>')
  return open(context, `${collector.pageOrigin}/`)
}

const isSentinel = ({ error_message }: Received): boolean => !!error_message?.includes('sentinel')
const sentinel = (): Promise<void> => collector.waitFor((events) => events.some(isSentinel))
/** Friction without the sentinel, by which a test knows that nothing else is to come. */
const friction = (): string[] =>
  collector
    .events()
    .flatMap((event) => (event.type === 'friction' && !isSentinel(event) ? [`${event.event_type}`] : []))

it('three quick clicks on a dead button are one rage click and one dead click', async () => {
  const { page, errors } = await visit('<button id="buy">Buy</button>')
  await page.click('#buy', { clickCount: 3, delay: 20 })
  await conclude(page)
  await sentinel()
  expect(friction().sort()).toEqual(['dead_click', 'rage_click'])
  const both = collector.events().filter((event) => event.type === 'friction' && !isSentinel(event))
  expect(both.map(({ element_selector }) => element_selector)).toEqual(['#buy', '#buy'])
  expect(both.find(({ event_type }) => event_type === 'rage_click')?.metadata).toMatchObject({
    click_count: 3,
    responded: false,
  })
  expect(errors).toEqual(['sentinel'])
})

it('clicks and page views arrive complete', async () => {
  const { page } = await visit('<button id="buy" style="width:200px;height:100px;border:0">Buy</button>')
  await page.click('#buy', { position: { x: 50, y: 25 } })
  await collector.waitFor((events) => events.some(({ interaction_type }) => interaction_type === 'click'))
  const [view, click] = collector.events().filter(({ type }) => type === 'heatmap')
  expect(view).toMatchObject({ interaction_type: 'pageview', page_title: 'Shop', referrer: '', seq: 1 })
  expect(click).toMatchObject({ x: 50, y: 25, element_x: 0.25, element_y: 0.25, element_selector: '#buy', seq: 2 })
  expect(click).toMatchObject({
    viewport_width: 1280,
    viewport_height: 720,
    document_width: 1280,
    visitor_id: view?.['visitor_id'],
  })
  expect(collector.deliveries[0]?.body.api_key).toBe('fk_e2e')
  expect(collector.deliveries[0]?.contentType).toBe('text/plain;charset=UTF-8')
})

it('a working link gives no friction, and its page is a new view in the same session', async () => {
  const { page } = await visit('<a id="go" href="/next">Next page</a>')
  await page.click('#go')
  await page.waitForURL('**/next')
  await conclude(page)
  await sentinel()
  expect(friction()).toEqual([])
  const views = collector
    .events()
    .filter(({ interaction_type }) => interaction_type === 'pageview')
    // What the first page sends as it goes may arrive after what the second sends.
    .sort((one, other) => Number(one['timestamp']) - Number(other['timestamp']))
  expect(views.map(({ page_url }) => new URL(page_url).pathname)).toEqual(['/', '/next'])
  expect(new Set(views.map(({ session_id }) => session_id)).size).toBe(1)
})

it('a route of a single-page application is a page view and an answer', async () => {
  const { page } = await visit(`<button id="go" onclick="history.pushState(null, '', '/route')">Go</button>`)
  await page.click('#go')
  await conclude(page)
  await sentinel()
  expect(friction()).toEqual([])
  expect(collector.events().filter(({ interaction_type }) => interaction_type === 'pageview')).toHaveLength(2)
})

it('a thrown error is reported, and linked to the click before it', async () => {
  const { page } = await visit(
    `<button id="buy" onclick="document.title = 'x'; throw new TypeError('boom')">Buy</button>`,
  )
  await page.click('#buy')
  await conclude(page)
  await sentinel()
  expect(friction().sort()).toEqual(['error_click', 'javascript_error'])
  const error = collector.events().find(({ event_type }) => event_type === 'javascript_error')
  expect(error).toMatchObject({ error_message: 'TypeError: boom', severity: 'high' })
  expect(error?.['stack']).toContain('boom')
})

it('an unhandled rejection is reported', async () => {
  const { page } = await visit('<p>Text</p>')
  await page.evaluate(() => void Promise.reject(new RangeError('too far')))
  await collector.waitFor((events) => events.some(({ event_type }) => event_type === 'unhandled_rejection'))
  expect(collector.events().find(({ type }) => type === 'friction')).toMatchObject({
    error_message: 'RangeError: too far',
  })
})

it('an invalid form names its fields, never their values', async () => {
  const { page } = await visit(
    '<form><input name="email" type="email"><input name="phone" required><button id="send">Send</button></form>',
  )
  await page.fill('[name=email]', 'not-an-address')
  await page.click('#send')
  await page.click('#send')
  await conclude(page)
  await sentinel()
  const fields = collector
    .events()
    .flatMap(({ event_type, metadata }) => (event_type === 'form_validation_error' ? [metadata] : []))
  const attempt = [
    { field: 'email', rule: 'typeMismatch' },
    { field: 'phone', rule: 'valueMissing' },
  ]
  expect(fields).toEqual([...attempt, ...attempt])
  expect(JSON.stringify(collector.deliveries)).not.toContain('not-an-address')
})

it.each([
  ['a double click that selects a word', '<p id="x">Some words to select</p>', 2],
  ['a triple click that selects a paragraph', '<p id="x">Some words to select</p>', 3],
  ['a stepper that works', `<button id="x" onclick="this.nextSibling.textContent++">+</button><b>0</b>`, 5],
  ['a text field', '<input id="x" value="words">', 3],
  ['a checkbox label', '<label id="x">Agree <input type="checkbox"></label>', 2],
  ['a select', '<select id="x"><option>One</option></select>', 1],
  ['a menu that opens on pressing', `<button id="x" onpointerdown="document.body.append('menu')">Open</button>`, 1],
])('%s gives no friction', async (_name, body, clickCount) => {
  const { page } = await visit(body)
  await page.click('#x', { clickCount, delay: 10, position: { x: 8, y: 8 } })
  await conclude(page)
  await sentinel()
  expect(friction()).toEqual([])
})

it('clicks by scripts are not the visitor’s', async () => {
  const { page } = await visit('<button id="buy">Buy</button>')
  await page.evaluate(() => {
    for (let i = 0; i < 5; i++) document.getElementById('buy')?.click()
  })
  await conclude(page)
  await sentinel()
  expect(friction()).toEqual([])
  expect(collector.events().some(({ interaction_type }) => interaction_type === 'click')).toBe(false)
})

it('a tab closed right after a click still delivers it', async () => {
  // No interval ends before the tab is gone: only leaving can deliver the click.
  collector.pages['/'] = pageWith(collector.origin, '<button id="buy">Buy</button>', { intervalMs: 600_000 })
  const { page } = await open(context, `${collector.pageOrigin}/`)
  await page.click('#buy')
  await page.close({ runBeforeUnload: true })
  await collector.waitFor((events) => events.some(({ interaction_type }) => interaction_type === 'click'))
  expect(collector.events().some(({ type }) => type === 'friction')).toBe(false)
})

it('web vitals arrive when the page is left', async () => {
  // In real time: the library measures with clocks that the test must not turn.
  collector.pages['/'] = pageWith(collector.origin, '<h1>Large text</h1><button id="buy">Buy</button>')
  collector.pages['/next'] = '<h1>Next</h1>'
  const page = await context.newPage()
  await page.goto(`${collector.pageOrigin}/`)
  await page.click('#buy')
  await collector.waitFor((events) => events.some((event) => 'load_time' in event))
  await page.goto(`${collector.pageOrigin}/next`)
  await collector.waitFor((events) => events.some((event) => 'cumulative_layout_shift' in event))
  const seen = Object.assign({}, ...collector.events().filter(({ type }) => type === 'performance')) as Received
  for (const metric of ['time_to_first_byte', 'first_contentful_paint', 'largest_contentful_paint', 'load_time']) {
    expect(seen[metric], metric).toEqual(expect.any(Number))
  }
  expect(seen['cumulative_layout_shift']).toBe(0)
  expect(new URL(seen.page_url).pathname).toBe('/')
})

it('what a failing server refused is delivered once it recovers, with the same ids', async () => {
  collector.replies = [503, 503]
  const { page } = await visit('<button id="buy" onclick="document.title = 1">Buy</button>')
  await page.click('#buy')
  for (let i = 0; i < 3; i++) {
    await collector.waitFor(() => collector.deliveries.length > i)
    await page.clock.fastForward(5000)
  }
  await conclude(page)
  await sentinel()
  const failed = collector.deliveries.filter(({ status }) => status === 503).flatMap(({ body }) => body.events)
  const delivered = collector.deliveries.filter(({ status }) => status === 200).flatMap(({ body }) => body.events)
  const ids = delivered.map(({ id }) => id)
  expect(failed.length).toBeGreaterThan(0)
  expect(ids).toEqual(expect.arrayContaining(failed.map(({ id }) => id)))
  expect(new Set(ids).size).toBe(ids.length)
})

it('what a page could not deliver, the next page does', async () => {
  collector.replies = Array.from({ length: 20 }, () => 503)
  const { page } = await visit('<button id="buy" onclick="document.title = 1">Buy</button>')
  await page.click('#buy')
  await collector.waitFor(() => collector.deliveries.length > 0)
  // A page opened into a window that is closing would be closed with it.
  await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })])
  await collector.waitFor(() =>
    collector.deliveries.some(({ body }) => body.events.some((event) => event.interaction_type === 'click')),
  )
  collector.replies = []
  const next = await open(context, `${collector.pageOrigin}/next`)
  await collector.waitFor((events) => events.some(({ interaction_type }) => interaction_type === 'click'))
  await next.page.close()
})

it.each([
  ['storage that throws', `Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied') } })`],
  ['a frozen history', 'Object.freeze(history); Object.freeze(History.prototype)'],
  ['frozen built-ins', 'Object.freeze(Object.prototype); Object.freeze(Array.prototype)'],
  [
    'frozen fields and drawings',
    'for (const type of [HTMLInputElement, HTMLSelectElement, CanvasRenderingContext2D]) Object.freeze(type.prototype)',
  ],
  ['no locks', `Object.defineProperty(navigator, 'locks', { value: undefined })`],
])('works with %s', async (_name, before) => {
  const { page, errors } = await visit('<button id="buy">Buy</button>', before)
  await page.click('#buy', { clickCount: 3, delay: 20 })
  await conclude(page)
  await sentinel()
  expect(friction().sort()).toEqual(['dead_click', 'rage_click'])
  expect(errors).toEqual(['sentinel'])
})

it('a page without fetch sends beacons', async () => {
  const { page, errors } = await visit('<button id="buy">Buy</button>', 'delete window.fetch')
  await page.click('#buy')
  await page.close({ runBeforeUnload: true })
  await collector.waitFor((events) => events.some(({ interaction_type }) => interaction_type === 'click'))
  expect(errors).toEqual([])
})

it('leaves one name in the page, and starts once', async () => {
  collector.pages['/bare'] = '<!doctype html><body></body>'
  const bare = await context.newPage()
  await bare.goto(`${collector.pageOrigin}/bare`)
  const before = await bare.evaluate(() => Object.getOwnPropertyNames(window))
  const tag = `<script src="${collector.origin}/friction-tracker.js" data-api-key="fk_e2e" data-consent="granted"></script>`
  collector.pages['/twice'] = `<!doctype html><body>${tag}${tag}</body>`
  await bare.goto(`${collector.pageOrigin}/twice`)
  const after = await bare.evaluate(() => Object.getOwnPropertyNames(window))
  expect(after.filter((name) => !before.includes(name))).toEqual(expect.arrayContaining(['footfall']))
  expect(
    after.filter((name) => !before.includes(name) && !/^(open|fetch|print|alert|confirm|prompt)$/.test(name)),
  ).toEqual(['footfall'])
  await bare.evaluate(() => (window as unknown as { footfall: { flush(): void } }).footfall.flush())
  await collector.waitFor((events) => events.length > 0)
  expect(collector.events().filter(({ interaction_type }) => interaction_type === 'pageview')).toHaveLength(1)
})
