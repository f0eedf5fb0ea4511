// What recordings hold beside the page: its console and its failed requests. Masked, limited, and unnoticed by the page.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { newContext } from './support/browser'
import { type Posted, pageWith } from './support/collector'
import { stage } from './support/stage'

interface Entry {
  [field: string]: unknown
  level?: string
  text?: string
  url?: string
}

interface Recorded {
  type: number
  timestamp: number
  data: { tag?: string; payload: Entry }
}

const CUSTOM = 5
const BOTH = 'data-enable-recording="true" data-record-console="true"'

const { browser, collector } = await stage()
let context: BrowserContext
beforeEach(async () => {
  collector.reset()
  context = await newContext(browser)
})
afterEach(async () => {
  await context.close()
  expect(collector.methods).not.toContain('OPTIONS')
})

const parts = (): Posted[] => collector.posted.filter(({ path }) => path === '/ingest-recording')
const recorded = (): Recorded[] => parts().flatMap(({ body }) => body.events)
const entries = (tag: string): Entry[] =>
  recorded().flatMap(({ type, data }) => (type === CUSTOM && data.tag === tag ? [data.payload] : []))
const lines = (): Entry[] => entries('footfall.console')
const requests = (): Entry[] => entries('footfall.request')

const until = (what: () => unknown, timeout = 20_000): Promise<unknown> =>
  vi.waitUntil(async () => !!(await what()), { timeout, interval: 50 })

const open = async (
  attributes: string,
  body = '<p>Hello</p>',
  before = '',
): Promise<{ page: Page; errors: string[] }> => {
  collector.pages['/'] = pageWith(collector.origin, body, {
    attributes: `data-consent="granted" ${attributes}`,
    before,
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.route('**/api/**', (route) => route.fulfill({ status: 502, body: 'no' }))
  await page.route('**/down', (route) => route.abort('failed'))
  await page.goto(`${collector.pageOrigin}/`)
  return { page, errors }
}

/** From its first part on it is being recorded. */
const visit = async (...given: Parameters<typeof open>): ReturnType<typeof open> => {
  const visited = await open(...given)
  await until(() => parts().length > 0)
  return visited
}

/** Everything recorded so far leaves with the page. */
const close = (page: Page): Promise<void> => page.close({ runBeforeUnload: true })

/** The last that is printed: when it has come, so has all before it. */
const conclude = async (page: Page): Promise<void> => {
  await page.evaluate(() => console.error('the end'))
  await until(() => lines().some(({ text }) => text === 'the end'))
}

it('lines are recorded in their order, masked and with the stacks of errors', async () => {
  const { page, errors } = await visit(BOTH)
  await page.evaluate(() => {
    console.log('Cart of %s has %d items', 'amina@example.com', 3)
    console.warn({ password: 'hunter', total: 12, card: '4111 1111 1111 1111' }, document.body)
    console.info('https://shop.example/reset?token=9f8e7d6c5b4a3f2e1d')
    console.debug(undefined, null, [1, 2])
    console.error('Payment failed:', new TypeError('no such card'))
    for (let i = 0; i < 5; i++) console.log('again')
  })
  await conclude(page)
  expect(lines()).toEqual([
    { level: 'log', text: 'Cart of [email] has 3 items' },
    { level: 'warn', text: '{"password":"[token]","total":12,"card":"[card]"} <body>' },
    { level: 'info', text: 'https://shop.example/reset' },
    { level: 'debug', text: 'undefined null [1,2]' },
    { level: 'error', text: 'Payment failed: TypeError: no such card', stack: expect.stringContaining('TypeError') },
    { level: 'log', text: 'again' },
    { level: 'log', text: 'again', count: 4 },
    { level: 'error', text: 'the end' },
  ])
  expect(JSON.stringify(parts())).not.toMatch(/amina|4111|hunter|9f8e7d/)
  const now = Date.now()
  for (const { timestamp } of recorded()) expect(Math.abs(timestamp - now)).toBeLessThan(60_000)
  expect(errors).toEqual([])
})

it('errors that nobody caught stand among the lines, and the page still fails', async () => {
  const { page, errors } = await visit(BOTH)
  await page.evaluate(() => {
    setTimeout(() => {
      throw new RangeError('too far')
    })
    void Promise.reject(new Error('unheard'))
  })
  await until(() => errors.length === 2)
  await conclude(page)
  expect(lines().map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Uncaught RangeError: too far', 'Uncaught (in promise) Error: unheard']),
  )
})

it('failed and slow requests are recorded, without what they carry', async () => {
  const { page } = await visit('data-enable-recording="true" data-query-parameters="lang"')
  await page.route('**/late', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3100))
    await route.fulfill({ status: 200, body: 'ok' })
  })
  await page.evaluate(async () => {
    const options = { method: 'POST', body: 'body-secret', headers: { authorization: 'header-secret' } }
    await fetch('/api/payments/amina@example.com?token=abc123secret&lang=en', options)
    await fetch('/api/x', { mode: 'no-cors' })
    await fetch(new Request('/missing', { method: 'DELETE' }))
    const request = new XMLHttpRequest()
    request.open('PUT', '/api/cart')
    await new Promise((resolve) => {
      request.onloadend = resolve
      request.send('body-secret')
    })
    await fetch('/')
    await fetch('/down').catch(() => {})
    const controller = new AbortController()
    const left = fetch('/left', { signal: controller.signal }).catch(() => {})
    controller.abort()
    await left
    await fetch('/late')
    document.body.append(Object.assign(new Image(), { src: '/broken.png?size=2' }))
    document.body.append(Object.assign(new Image(), { src: '/down' }))
    document.body.append(Object.assign(document.createElement('script'), { src: '/gone.js' }))
    navigator.sendBeacon('/api/beacon', 'body-secret')
  })
  await until(() => requests().length >= 10)
  await close(page)
  const { pageOrigin } = collector
  const seen = requests().map(({ method, url, status, via, error }) =>
    [method, `${url}`.replace(pageOrigin, ''), status, via, error].join(' ').trim(),
  )
  expect(seen.sort()).toEqual(
    [
      'POST /api/payments/[email]?lang=en 502 fetch',
      'GET /api/x 502 fetch',
      'DELETE /missing 404 fetch',
      'PUT /api/cart 502 xhr',
      'GET /down 0 fetch failed',
      'GET /late 200 fetch',
      'GET /broken.png 404 resource',
      'GET /down 0 resource failed',
      'GET /gone.js 404 resource',
      'POST /api/beacon 502 beacon',
    ].sort(),
  )
  expect(requests().find(({ url }) => `${url}`.endsWith('/late'))?.['duration_ms']).toBeGreaterThanOrEqual(3000)
  expect(requests().find(({ via }) => via === 'xhr')?.['size_bytes']).toBe(2)
  expect(JSON.stringify(parts())).not.toMatch(/secret|amina/)
  expect(lines()).toEqual([])
}, 60_000)

it('with the settings off nothing is recorded, and nothing of the page is replaced', async () => {
  const { page } = await visit(
    'data-enable-recording="true" data-record-requests="false"',
    '<p>Hello</p>',
    `
    window.own = [console.log, console.error, fetch, XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send]`,
  )
  await page.evaluate(async () => {
    console.error('quiet')
    await fetch('/api/payments')
    document.body.className = 'late'
  })
  await until(() => JSON.stringify(recorded()).includes('late'))
  const isSame = await page.evaluate(() =>
    [console.log, console.error, fetch, XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send].every(
      (method, index) => method === (window as never as { own: unknown[] }).own[index],
    ),
  )
  expect(isSame).toBe(true)
  expect([...lines(), ...requests()]).toEqual([])
})

it('before friction, lines and requests are kept but not sent', async () => {
  collector.settings = { version: 1, recording: { record_on_friction: true, record_console: true } }
  const { page } = await open('', '<div id="dead" role="button" style="user-select:none">Pay</div>')
  await page.waitForFunction(() => {
    const probe = window as never as { probed?: boolean }
    // A getter that is not read while nobody listens tells nothing; a Proxy whose keys are asked for does.
    const keys = (): string[] => {
      probe.probed = true
      return []
    }
    console.debug(new Proxy({}, { ownKeys: keys }))
    return probe.probed
  })
  await page.evaluate(async () => {
    console.warn('before')
    await fetch('/api/payments')
  })
  expect(parts()).toEqual([])
  await page.click('#dead', { clickCount: 4, delay: 20 })
  await until(() => parts().length > 0)
  await conclude(page)
  expect(lines().map(({ text }) => text)).toContain('before')
  expect(requests()).toMatchObject([{ status: 502 }])
})

it('patches of the page around ours go on working, and are left in place', async () => {
  const { page, errors } = await visit(
    BOTH,
    '<p>Hello</p>',
    `
    window.calls = []
    const { log } = console
    const early = window.fetch
    console.log = window.earlyLog = (...line) => { calls.push('early ' + line); log.apply(console, line) }
    window.fetch = window.earlyFetch = (...request) => { calls.push('early fetch'); return early(...request) }`,
  )
  const result = await page.evaluate(async () => {
    const shop = window as never as Record<string, never> & { calls: string[] }
    const [log, inner] = [console.log, window.fetch]
    // Our own requests go by them, too.
    shop.calls.length = 0
    const isNative = /native code/.test(`${window.fetch}`)
    console.log = (...line) => {
      shop.calls.push(`late ${line}`)
      log.apply(console, line)
    }
    const lateLog = console.log
    console.log('one')
    const { status } = await window.fetch('/api/x')
    window.footfall?.stop()
    const restored = [console.log === lateLog, window.fetch === shop['earlyFetch'], window.fetch !== inner]
    console.log('two')
    await window.fetch('/api/y')
    return { calls: shop.calls, isNative, restored, status }
  })
  expect(result).toEqual({
    calls: ['late one', 'early one', 'early fetch', 'late two', 'early two', 'early fetch'],
    isNative: true,
    restored: [true, true, true],
    status: 502,
  })
  await close(page)
  expect(errors).toEqual([])
})

it('a request that fails rejects with its own error, and is unhandled only where the page leaves it so', async () => {
  const { page } = await visit(BOTH)
  const result = await page.evaluate(async () => {
    const unhandled: unknown[] = []
    window.addEventListener('unhandledrejection', (event) => {
      event.preventDefault()
      unhandled.push(event.reason)
    })
    const reason = { mine: true }
    const controller = new AbortController()
    const aborted = fetch('/left', { signal: controller.signal })
    controller.abort(reason)
    const caught = await aborted.catch((error: unknown) => error)
    const failed = await fetch('/down').catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve))
    const handled = unhandled.length
    void fetch('/down')
    await new Promise<void>((resolve) => window.addEventListener('unhandledrejection', () => resolve()))
    const response = await fetch('/api/body')
    return {
      isSame: caught === reason,
      type: `${failed}`,
      counts: [handled, unhandled.length],
      body: [response.bodyUsed, await response.text()],
    }
  })
  expect(result).toEqual({
    isSame: true,
    type: 'TypeError: Failed to fetch',
    counts: [0, 1],
    body: [false, 'no'],
  })
})

it('whatever is printed costs little and breaks nothing', async () => {
  // What the browser takes to print is not ours.
  const before = 'console.log = () => {}'
  const { page, errors } = await visit(`${BOTH} data-recording-cpu-percent="100"`, '<p>Hello</p>', before)
  const slowestMs = await page.evaluate(() => {
    const refuse = (): never => {
      throw new Error('touched')
    }
    const traps = { get: refuse, ownKeys: refuse, getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse }
    const cyclic: Record<string, unknown> = {}
    cyclic['self'] = cyclic
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`member${i}`, { i }]))
    const values: unknown[] = [
      window,
      document,
      document.documentElement,
      cyclic,
      wide,
      'x '.repeat(5e6),
      new Uint8Array(1e7),
      new Array(1e9),
      new Proxy({}, traps),
      Object.defineProperty({}, 'total', { enumerable: true, get: refuse }),
      { toString: refuse, toJSON: refuse, [Symbol.toPrimitive]: refuse },
      Object.create(null),
      new Event('x'),
      Promise.resolve(),
      new Response('x'),
    ]
    let slowest = 0
    for (const value of values) {
      const begun = performance.now()
      console.log(value)
      slowest = Math.max(slowest, performance.now() - begun)
    }
    return slowest
  })
  expect(slowestMs).toBeLessThan(100)
  await conclude(page)
  expect(lines().length).toBe(16)
  for (const { text } of lines()) expect(`${text}`.length).toBeLessThanOrEqual(1000)
  expect(
    lines()
      .slice(0, 4)
      .map(({ text }) => text),
  ).toEqual(['Window', '#document', '<html>', '{"self":"(circular)"}'])
  expect(errors).toEqual([])
})

it('a page that prints without end is cut off, and says so', async () => {
  const { page } = await visit(`${BOTH} data-recording-cpu-percent="100"`)
  await page.evaluate(() => {
    for (let i = 0; i < 700; i++) console.log('line', i)
  })
  await until(() => lines().length >= 501)
  await close(page)
  expect(lines().length).toBe(501)
  expect(lines()[499]).toEqual({ level: 'log', text: 'line 499' })
  expect(lines()[500]).toEqual({ level: 'warn', text: '', dropped: true })
})

it('who withdraws consent is not recorded, and the page has its console back', async () => {
  const { page } = await visit(BOTH, '<p>Hello</p>', 'window.own = console.log')
  const isOwn = await page.evaluate(() => {
    window.footfall?.consent('denied')
    console.log('private')
    console.log('private again')
    return console.log === (window as never as { own: unknown }).own
  })
  expect(isOwn).toBe(true)
  await close(page)
  expect(JSON.stringify(parts())).not.toContain('private')
})
