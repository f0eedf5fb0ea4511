// Opens pages in Chromium and watches them for breaches of the CSP and for errors.
import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

export type Watched = { page: Page; faults: string[]; close: () => Promise<void> }

// The same engine without a window to draw: a page is there in two thirds of the time.
const SHELL = '/usr/bin/chromium-headless-shell'
const BROWSER = process.env.CHROMIUM ?? (existsSync(SHELL) ? SHELL : '/usr/bin/chromium')

export function launch(more: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: BROWSER,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  })
}

export type OpenOptions = BrowserContextOptions & {
  /** All timers of the page run by a clock that the test can move, from the page's first script on. */
  hasTestClock?: boolean
}

export async function open(
  browser: Browser,
  url: string,
  { hasTestClock = false, ...options }: OpenOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    timezoneId: 'Africa/Dar_es_Salaam',
    ...options,
  })
  const faults: string[] = []
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    )
  })
  const page = await context.newPage()
  page.on('console', (message) => {
    // Chromium reports refused requests by itself; the pages show them.
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(message.text()))
      faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  if (hasTestClock) await page.clock.install()
  await page.goto(url)
  return { page, faults, close: () => context.close() }
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
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 4)
            .map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? node.failureSummary ?? ''}`)
            .join(' | ')}`,
      )
  })
}

/** Waits until nothing is loading any more. */
export async function waitUntilLoaded(page: Page): Promise<void> {
  // On a busy machine the network may be idle before the page has begun.
  await page.locator('main').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(
    () =>
      !document.querySelector('[role=status][aria-label^=Loading], .mantine-Skeleton-root') &&
      document.fonts.status === 'loaded',
  )
  await page.waitForFunction(() =>
    [...document.querySelectorAll('figure')].every((figure) => figure.querySelector('canvas')),
  )
}
