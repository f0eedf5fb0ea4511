// What a page may count on: privacy, settings, policies, the back/forward cache, and a large backlog.
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { conclude, launch, newContext, open, ready } from './support/browser'
import { type Collector, pageWith, startCollector } from './support/collector'

const MIB = 1024 * 1024

let browser: Browser
let context: BrowserContext
let collector: Collector
beforeAll(async () => {
  ;[browser, collector] = await Promise.all([launch(), startCollector()])
})
beforeEach(async () => {
  collector.reset()
  context = await newContext(browser)
})
afterEach(async () => {
  await context.close()
  expect(collector.methods).not.toContain('OPTIONS')
})
afterAll(async () => {
  await browser.close()
  await collector.stop()
})

const BUTTON = '<button id="buy">Buy</button>'
const hasClick = (): Promise<void> =>
  collector.waitFor((events) => events.some(({ interaction_type }) => interaction_type === 'click'))

it.each([
  ['none is wanted', 'data-consent="none"', '', {}],
  ['the project wants none', '', '', { consent: 'none' }],
  [
    'the browser says so',
    'data-consent="granted"',
    `Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })`,
    {},
  ],
])('nothing is kept and no visitor named when %s', async (_name, attributes, before, settings) => {
  collector.settings = settings
  collector.pages['/'] = pageWith(collector.origin, BUTTON, { attributes, before })
  const { page } = await open(context, `${collector.pageOrigin}/`)
  await page.click('#buy')
  await hasClick()
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
  expect(JSON.stringify(collector.deliveries)).not.toContain('visitor_id')
  expect(await context.cookies()).toEqual([])
})

it('settings of the project are followed, and remembered', async () => {
  collector.settings = { version: 2, signals: { rage_click: false }, thresholds: { dead_after_ms: 1000 } }
  collector.pages['/'] = pageWith(collector.origin, BUTTON)
  const { page } = await open(context, `${collector.pageOrigin}/`)
  await vi.waitUntil(() => page.evaluate(() => !!localStorage.getItem('footfall.fk_e2e.settings')))
  await page.click('#buy', { clickCount: 4, delay: 20 })
  await conclude(page)
  await collector.waitFor((events) => events.some(({ error_message }) => !!error_message?.includes('sentinel')))
  expect(collector.friction()).not.toContain('rage_click')
  expect(collector.friction()).toContain('dead_click')
})

it('a strict policy with Trusted Types is not violated, and both scripts run', async () => {
  const nonce = 'r4nd0m'
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; connect-src ${collector.origin}; require-trusted-types-for 'script'; trusted-types 'none'`
  collector.pages['/'] = `<!doctype html><html><head>
    <meta http-equiv="content-security-policy" content="${policy}">
    <script nonce="${nonce}">violations = []; addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective))</script>
    <script nonce="${nonce}" src="${collector.origin}/friction-tracker.js" data-api-key="fk_e2e" data-batch-interval="100" data-consent="granted"></script>
    </head><body>${BUTTON}</body></html>`
  const { page, errors } = await open(context, `${collector.pageOrigin}/`)
  await page.click('#buy')
  await hasClick()
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([])
  expect(errors).toEqual([])
})

it('a page enters the back/forward cache, and goes on when it comes back', async () => {
  const cached = await launch(['--disable-back-forward-cache'])
  const page = await (await newContext(cached)).newPage()
  collector.pages['/'] = pageWith(collector.origin, BUTTON)
  collector.pages['/next'] = '<h1>Next</h1>'
  await page.goto(`${collector.pageOrigin}/`)
  await ready(page)
  await page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => document.body.setAttribute('data-persisted', `${persisted}`))
  })
  await page.goto(`${collector.pageOrigin}/next`)
  await page.goBack({ waitUntil: 'commit' })
  await page.waitForSelector('[data-persisted=true]')
  await page.click('#buy')
  await hasClick()
  expect(collector.events().filter(({ interaction_type }) => interaction_type === 'pageview')).toHaveLength(1)
  await cached.close()
})

it('a backlog of 1 MiB is there after the next visit', async () => {
  collector.pages['/'] = pageWith(collector.origin, BUTTON, { intervalMs: 600_000 })
  collector.pages['/next'] = pageWith(collector.origin, '<h1>Next</h1>', { intervalMs: 50 })
  collector.statuses.set('fk_e2e', 503)
  const page = await context.newPage()
  await page.goto(`${collector.pageOrigin}/`)
  await ready(page)
  // Errors with long stacks, each of its own: the fastest way to a megabyte.
  const count = await page.evaluate((bytes) => {
    let n = 0
    for (let size = 0; size < bytes; n++) {
      const error = new Error(`backlog ${String.fromCharCode(97 + (n % 26), 97 + Math.floor(n / 26))}`)
      error.stack = `${error.message}\n${'    at place (https://shop.example/app.js:1:2)\n'.repeat(150)}`
      setTimeout(() => {
        throw error
      })
      size += error.stack.length
    }
    return n
  }, MIB)
  const backlog = (): number =>
    collector.events().filter(({ error_message }) => error_message?.includes('backlog')).length
  const size = (): number => Object.values({ ...localStorage }).reduce((sum: number, text) => sum + text.length, 0)
  await vi.waitUntil(async () => (await page.evaluate(size)) > MIB, { timeout: 30_000, interval: 50 })
  await page.close({ runBeforeUnload: true })
  expect(backlog()).toBe(0)

  collector.statuses.clear()
  const next = await context.newPage()
  await next.goto(`${collector.pageOrigin}/next`)
  await vi.waitUntil(() => backlog() >= count, { timeout: 30_000, interval: 50 })
  expect(backlog()).toBe(count)
  await next.close()
})

it('a path of the site itself will do', async () => {
  collector.pages['/'] = pageWith('/ff', BUTTON, { attributes: 'data-consent="granted" data-endpoint="/ff"' })
  const { page, errors } = await open(context, `${collector.pageOrigin}/`)
  await page.click('#buy')
  await hasClick()
  expect(errors).toEqual([])
})
