// The hostile corpus is replayed in Chromium: nothing of it runs, and nothing is asked of anybody but the dashboard's own server.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EVIL, HOSTILE, type HostileCase } from '../src/replay/hostileRecordings'
import { type MockServer, startMock } from './mock/server'
import { launch } from './support/browser'

let mock: MockServer
let browser: Browser
let evil: Server
let evilUrl = ''
/** What the other host was asked for. */
let asked: string[] = []

beforeAll(async () => {
  evil = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(200, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' })
    response.end('top.canary = 1')
  })
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
  evilUrl = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`
  mock = await startMock()
  // The other host is on this computer, too: nothing but the page itself shall keep it from being asked.
  browser = await launch(['--disable-features=LocalNetworkAccessChecks'])
})
afterAll(async () => {
  await browser.close()
  await mock.close()
  evil.closeAllConnections()
  await new Promise((resolve) => evil.close(resolve))
})

/** The events as they are uploaded: the other host has a real address. */
function uploaded({ events }: HostileCase): { timestamp: number }[] {
  return JSON.parse(
    JSON.stringify(events)
      .replaceAll(EVIL, evilUrl)
      .replaceAll('//evil.example', evilUrl.slice(5))
      .replaceAll(encodeURIComponent(EVIL), encodeURIComponent(evilUrl)),
  ) as { timestamp: number }[]
}

/** A page that reports what a recording does in it. */
async function watchedPage(context: BrowserContext, seen: string[]): Promise<Page> {
  const own = new URL(mock.url).host
  // Chromium announces requests before the policy refuses them: what is announced has passed the sanitiser.
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (/^(?:https?|wss?|ftp):$/.test(url.protocol) && url.host !== own) seen.push(`request ${url.href}`)
  })
  const page = await context.newPage()
  page.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (message.text().includes('canary')) seen.push(`console ${message.text()}`)
  })
  page.on('popup', () => seen.push('popup'))
  page.on('framenavigated', (frame) => {
    if (!/^about:/.test(frame.url()) && new URL(frame.url()).host !== own) seen.push(`navigation ${frame.url()}`)
  })
  return page
}

/** Without the policy, only the sanitiser stands between the recording and the browser. */
async function dropPolicy(context: BrowserContext): Promise<void> {
  await context.route('**/replay', async (route) => {
    const response = await route.fetch()
    const { 'content-security-policy': _policy, ...headers } = response.headers()
    await route.fulfill({ response, headers })
  })
}

/** Replays events to their end. */
async function replay(page: Page, events: { timestamp: number }[]): Promise<void> {
  mock.reset()
  mock.state.recordings.parts = [events]
  await page.goto(`${mock.url}/p/p1/recordings/0193a1b2-0000-7000-8000-000000000004`)
  // Either all was played, or nothing of it can be shown.
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-label^="Play again"]') !== null ||
      document.body.innerText.includes('no picture of the page'),
    undefined,
    { timeout: 30_000 },
  )
}

async function canaries(page: Page): Promise<string[]> {
  const found = await Promise.all(
    page
      .frames()
      .map((frame) => frame.evaluate(() => ((globalThis as { canary?: unknown }).canary === 1 ? [location.href] : []))),
  )
  return found.flat()
}

/** What is in the innermost frame, where the recorded page is. */
function replayedPage(page: Page) {
  return page.evaluate(() => {
    const frame = document
      .querySelector<HTMLIFrameElement>('iframe[src="/replay"]')
      ?.contentDocument?.querySelector<HTMLIFrameElement>('.replayer-wrapper > iframe')
    const found =
      frame?.contentDocument?.querySelectorAll(
        'script, base, meta, object, embed, link, [srcdoc], [src^="http"], [srcset], [ping]',
      ) ?? []
    return {
      sandbox: frame?.getAttribute('sandbox') ?? null,
      found: [...found].map((element) => element.outerHTML.slice(0, 200)),
      focus: document.activeElement?.tagName,
    }
  })
}

describe('the hostile corpus', () => {
  let context: BrowserContext
  const seen: string[] = []
  beforeAll(async () => void (context = await browser.newContext({ viewport: { width: 1200, height: 800 } })))
  afterAll(() => context.close())

  test.each(HOSTILE)('$name does nothing', async (entry) => {
    seen.length = 0
    asked = []
    const page = await watchedPage(context, seen)
    await replay(page, uploaded(entry))
    expect(await canaries(page)).toEqual([])
    const { sandbox, found, focus } = await replayedPage(page)
    const notes = await page.locator('main').innerText()
    await page.close()
    expect(seen).toEqual([])
    expect(asked).toEqual([])
    expect(found).toEqual([])
    // An empty document is not shown at all.
    expect(sandbox).toBe(/no picture/.test(notes) ? null : 'allow-same-origin')
    expect(focus).not.toBe('IFRAME')
    expect(/left out|more elements|more events|larger than/.test(notes)).toBe(entry.bound === true)
  })
})

/** Selectors that strangers may send, each of them in place of an element. */
const SELECTORS = [
  '*',
  '[',
  'p, script',
  ':has(*)',
  '*:not(* * *)',
  ':host',
  '::part(x)',
  'a'.repeat(5_000),
  '#x\\',
  '"',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  "[style*='url(']",
  '\u0000',
  'html',
  ':root',
]

describe('the hostile corpus, standing still under a map', () => {
  let context: BrowserContext
  const seen: string[] = []
  beforeAll(async () => {
    context = await browser.newContext({ viewport: { width: 1200, height: 800 } })
    await context.route('**/heatmap?*', async (route) => {
      const response = await route.fetch()
      const map = (await response.json()) as { elements: { selector: string; text: string | null }[] }
      const [first] = map.elements
      await route.fulfill({
        response,
        json: { ...map, elements: SELECTORS.map((selector) => ({ ...first, selector, text: null })), cells: [] },
      })
    })
  })
  afterAll(() => context.close())

  test.each(HOSTILE)('$name does nothing', async (entry) => {
    seen.length = 0
    asked = []
    mock.reset()
    mock.state.recordings.parts = [uploaded(entry)]
    const page = await watchedPage(context, seen)
    await page.goto(`${mock.url}/p/p1/heatmaps`)
    // Either the page stands there, or nothing of it can be shown.
    await page.waitForFunction(
      () =>
        document.querySelector('[aria-label="Loading snapshot"]') === null &&
        (document.querySelector('iframe[title^=Snapshot]') !== null ||
          document.body.innerText.includes('could not be loaded')),
      undefined,
      { timeout: 30_000 },
    )
    expect(await canaries(page)).toEqual([])
    const { sandbox, found, focus } = await replayedPage(page)
    const notes = await page.locator('main').innerText()
    await page.close()
    expect(seen).toEqual([])
    expect(asked).toEqual([])
    expect(found).toEqual([])
    expect(sandbox).toBe(/no picture/.test(notes) ? null : 'allow-same-origin')
    expect(focus).not.toBe('IFRAME')
  })
})

test.each([[true], [false]])(
  'what the sanitiser would let through is stopped by the policy (%s), and would be seen',
  async (hasPolicy) => {
    const context = await browser.newContext()
    if (!hasPolicy) await dropPolicy(context)
    const seen: string[] = []
    const page = await watchedPage(context, seen)
    asked = []
    await replay(page, uploaded(HOSTILE[0] as HostileCase))
    await page.evaluate((url) => {
      const page = document
        .querySelector<HTMLIFrameElement>('iframe[title=Replay]')
        ?.contentDocument?.querySelector<HTMLIFrameElement>('.replayer-wrapper > iframe')?.contentDocument
      if (page)
        page.body.innerHTML = `<img src="${url}/control"><script>top.canary=1</script><p onclick="top.canary=1">x</p>`
      page?.querySelector('p')?.click()
    }, evilUrl)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    if (!hasPolicy) await expect.poll(() => asked, { timeout: 10_000 }).toEqual(['/control'])
    // Scripts are stopped by the sandbox of the inner frame in either case.
    expect(await canaries(page)).toEqual([])
    await context.close()
    expect(seen).toEqual([`request ${evilUrl}/control`])
    expect(asked.length > 0).toBe(!hasPolicy)
  },
)
