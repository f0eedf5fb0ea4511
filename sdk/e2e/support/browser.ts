// The system's Chromium, without what it would send of its own accord.
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { vi } from 'vitest'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** `without`: what the driver would add of its own accord. */
export const launch = (without: string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    args: ARGUMENTS,
    ignoreDefaultArgs: without,
  })

export const newContext = (browser: Browser): Promise<BrowserContext> => browser.newContext({ userAgent: USER_AGENT })

/** Both scripts are at work: the second watches `print`. Asked from here, since the time in the page stands still. */
export const ready = async (page: Page): Promise<void> => {
  const isReady = (): boolean => !String(window.print).includes('native code')
  await vi.waitUntil(() => page.evaluate(isReady), { timeout: 10_000, interval: 20 })
}

/** A page whose time can be moved on; its errors are kept, for a tracker must not cause any. */
export const open = async (context: BrowserContext, url: string): Promise<{ page: Page; errors: string[] }> => {
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.clock.install()
  await page.goto(url)
  await ready(page)
  return { page, errors }
}

/** Over when the driver, too, has heard of it. */
const fail = async (page: Page): Promise<void> => {
  const failed = page.waitForEvent('pageerror', ({ message }) => message === 'sentinel')
  await page.evaluate(() => void setTimeout(() => Promise.reject(new Error('sentinel'))))
  await page.clock.runFor(10).catch(() => {})
  await failed
}

/** Past every verdict: whatever the tracker was going to report is reported, and then the sentinel. */
export const conclude = async (page: Page): Promise<void> => {
  await page.clock.fastForward(8000)
  await fail(page)
}

/** The same in small steps, in which timers of the page run in order and the page has its say after each. */
export const concludeSlowly = async (page: Page): Promise<void> => {
  for (const stepMs of [10, 10, 10, 10, 470, 500, 1000, 1000, 1000, 1000, 1000, 1000, 1000]) {
    // What a timer of the page throws is the page's business.
    await page.clock.runFor(stepMs).catch(() => {})
  }
  await fail(page)
}
