// How many events arrive, and when: visits that end in every way a visit can end.
//
// `VISITS` is the number of visits for each ending: few by default, 170 for the table of 1,020.
import type { BrowserContext, Page } from 'playwright-core'
import { expect, it, vi } from 'vitest'
import { newContext } from './support/browser'
import { pageWith, type Received } from './support/collector'
import { stage } from './support/stage'

const VISITS = Number(process.env['VISITS'] ?? 10)
const CLICKS = [20, 60, 100]
const EXPECTED = CLICKS.length + 1
const HOUR_MS = 3600_000

/** Notes what the browser has been told to send should the page die. */
const COVERED = `const later = window.fetchLater
  window.fetchLater = (url, init) => {
    window.covered = JSON.parse(init.body).events.length
    return later(url, init)
  }`

interface Ending {
  name: string
  /** What the server says while the visit lasts; 0 says nothing and hangs up. */
  status: number
  before?: (context: BrowserContext) => Promise<void>
  end: (page: Page) => Promise<unknown>
  after?: (context: BrowserContext) => Promise<void>
}

/** Gone for good, after it has had its last word. */
const close = async (page: Page): Promise<void> => {
  const closed = page.waitForEvent('close')
  await page.close({ runBeforeUnload: true })
  await closed
}

const ENDINGS: Ending[] = [
  { name: 'tab closed', status: 200, end: close },
  {
    name: 'navigated away',
    status: 200,
    end: (page) => page.goto(`${collector.pageOrigin}/elsewhere`).then(() => page.close()),
  },
  {
    name: 'crashed renderer',
    status: 200,
    end: async (page) => {
      const crashed = page.waitForEvent('crash')
      const session = await page.context().newCDPSession(page)
      // Never answered: whoever would answer has crashed.
      session.send('Page.crash').catch(() => {})
      await crashed
      await page.close()
    },
  },
  {
    name: 'offline for an hour',
    status: 200,
    before: (context) => context.setOffline(true),
    end: close,
    after: (context) => context.setOffline(false),
  },
  { name: 'server down', status: 0, end: close },
  { name: 'too many requests', status: 429, end: close },
]

const { browser, collector } = await stage()
collector.pages['/elsewhere'] = '<h1>Elsewhere</h1>'

const eventsOf = (path: string): Received[] =>
  collector
    .events()
    .filter(
      ({ page_url, interaction_type }) => page_url.endsWith(path) && /^(pageview|click)$/.test(`${interaction_type}`),
    )

/** What happened, whatever its id: two ids for one happening are a double. */
const happenings = (events: Received[]): Set<string> =>
  new Set(events.map(({ interaction_type, x }) => `${interaction_type} ${x ?? ''}`))

/** True when all is there in time. */
const arrives = (path: string, timeout: number): Promise<boolean> =>
  vi
    .waitUntil(() => eventsOf(path).length >= EXPECTED, { timeout, interval: 20 })
    .then(
      () => true,
      () => false,
    )

interface Result {
  first: number
  later: number
  doubles: number
}

const visit = async (context: BrowserContext, ending: Ending, n: number): Promise<Result> => {
  const key = `fk_${ending.name.replace(/\W/g, '')}_${n}`
  // Without digits: where a page goes away early, these are left out of its address.
  const path = `/visit/${key.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] as string)}`
  const options = { key, intervalMs: 5000, before: COVERED }
  collector.pages[path] = pageWith(collector.origin, '<p style="height:400px">A shop</p>', options)
  collector.pages[`${path}/next`] = pageWith(collector.origin, '<p>Again</p>', { ...options, intervalMs: 50 })
  collector.statuses.set(key, ending.status)

  const page = await context.newPage()
  await page.goto(`${collector.pageOrigin}${path}`)
  await ending.before?.(context)
  for (const x of CLICKS) await page.mouse.click(x, 50)
  await page.waitForFunction(
    ([name, count]) =>
      JSON.parse(localStorage.getItem(`footfall.${name}.session`) ?? '{"seq":0}').seq >= (count as number),
    [key, EXPECTED],
    { polling: 20 },
  )
  // A crash in the blink before the browser has been told is as rare as it is short.
  if (ending.name === 'crashed renderer') {
    await page.waitForFunction(
      (name) => {
        const queue = Object.keys(localStorage).find((item) => item.startsWith(`footfall.${name}.queue.`))
        const waiting = JSON.parse((queue && localStorage.getItem(queue)) || '[{}]').length - 1
        return ((window as { covered?: number }).covered ?? 0) >= waiting
      },
      key,
      { polling: 20 },
    )
  }
  await ending.end(page)
  if (ending.status === 200 && !ending.before) await arrives(path, 5000)
  const first = happenings(eventsOf(path)).size

  collector.statuses.delete(key)
  await ending.after?.(context)
  const next = await context.newPage()
  await next.addInitScript((ms) => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + ms
  }, HOUR_MS)
  await next.goto(`${collector.pageOrigin}${path}/next`)
  await arrives(path, 10_000)
  await next.close()
  const events = eventsOf(path)
  return { first, later: happenings(events).size, doubles: events.length - happenings(events).size }
}

it(`delivers what ${VISITS * ENDINGS.length} visits left`, async () => {
  const rows = await Promise.all(
    ENDINGS.map(async (ending) => {
      const context = await newContext(browser)
      const sum = { first: 0, later: 0, doubles: 0 }
      for (let n = 0; n < VISITS; n++) {
        const { first, later, doubles } = await visit(context, ending, n)
        sum.first += first
        sum.later += later
        sum.doubles += doubles
        process.stderr.write(`${ending.name} ${n}: ${first} ${later} ${doubles}\n`)
      }
      await context.close()
      const share = (count: number): number => count / (VISITS * EXPECTED)
      return {
        name: ending.name,
        events: VISITS * EXPECTED,
        first: share(sum.first),
        later: share(sum.later),
        doubles: sum.doubles,
      }
    }),
  )
  console.table(rows)
  for (const { name, first, later, doubles } of rows) {
    if (/closed|navigated|crashed/.test(name)) expect(first, `first try: ${name}`).toBeGreaterThanOrEqual(0.99)
    expect(later, `next visit: ${name}`).toBeGreaterThanOrEqual(0.999)
    expect(doubles, `doubles: ${name}`).toBe(0)
  }
  expect(collector.methods).not.toContain('OPTIONS')
}, 3_600_000)
