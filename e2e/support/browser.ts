// Opens pages in Chromium and watches them for breaches of the CSP and for errors.
import axe from 'axe-core'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'

/** Not the headless browser's own, which the server rightly takes for a bot. */
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

const ARGUMENTS = [
  // For the whole browser: the setting of a context does not reach requests that outlive their page.
  `--user-agent=${USER_AGENT}`,
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ARGUMENTS })
}

export type Person = {
  context: BrowserContext
  /** What went wrong in any of the person's pages. */
  faults: string[]
}

/** A person with a browser profile of their own. */
export async function newPerson(browser: Browser, options: BrowserContextOptions = {}): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  })
  context.setDefaultTimeout(15_000)
  const faults: string[] = []
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    )
  })
  context.on('console', (message) => {
    // Chromium reports refused requests and lost sockets by itself; the pages show them.
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(message.text())) faults.push(message.text())
  })
  context.on('weberror', (error) => faults.push(String(error.error())))
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`)
  })
  return { context, faults }
}

/** Waits until nothing is loading any more. Live pages ask again and again, so the network is never idle. */
export async function waitForIdle(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const root = document.getElementById('root')
    // An answer that is being replaced is faded.
    const isLoading = document.querySelector('[role=status][aria-label^=Loading], .mantine-Skeleton-root, [data-stale]')
    return root?.textContent && !isLoading && document.fonts.status === 'loaded'
  }, undefined, { timeout: 40_000 })
  await page.waitForFunction(() => [...document.querySelectorAll('figure')].every((figure) => figure.querySelector('canvas')))
}

/** Serious and critical findings of axe, as readable lines. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Evaluated through the debugger, which the page's CSP does not bind.
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const runner = (globalThis as unknown as { axe: typeof axe }).axe
    const { violations } = await runner.run(document, { resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 4).map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? node.failureSummary ?? ''}`).join(' | ')}`)
  })
}

/** How many pixels the page can be scrolled sideways. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
}

/** Marks the page, so that `isSameLoad` can tell whether it was loaded again since. */
export async function markLoad(page: Page): Promise<void> {
  await page.evaluate(() => void Object.assign(globalThis, { isMarked: true }))
}

export function isSameLoad(page: Page): Promise<boolean> {
  return page.evaluate(() => 'isMarked' in globalThis)
}
