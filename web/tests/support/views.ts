// Checks views in both schemes and on a small screen: no breach of the CSP, no serious axe finding, no sideways scroll; and takes their pictures.
import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MockServer, startMock } from '../mock/server'
import type { MockState } from '../mock/state'
import { launch, open, seriousFindings, waitUntilLoaded } from './browser'

export type View = {
  name: string
  path: string
  state?: Partial<MockState>
  act?: (page: Page) => Promise<unknown>
  isLoading?: true
}

/** A view is loaded once, and looked at as light, dark and small in turn. */
const SCREENS = {
  light: { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  dark: { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  small: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
} as const

type Screen = keyof typeof SCREENS

const SHOTS = new URL('../../test-results/', import.meta.url).pathname

/** Registers the tests of these views in the calling file. */
export function checkViews(views: View[]): void {
  let server: MockServer
  let browser: Browser

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true })
    server = await startMock()
    browser = await launch()
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
  })

  test.each(views)('$name is clean', async ({ name, path, state, act, isLoading }) => {
    for (const screens of loads(act)) {
      server.reset()
      Object.assign(server.state, state)
      const { page, faults, close } = await open(browser, server.url + path, SCREENS[screens[0]])
      const ready = async () => {
        if (isLoading)
          await page
            .getByRole('status', { name: /Loading/ })
            .first()
            .waitFor()
        else await waitUntilLoaded(page)
      }
      await ready()
      await act?.(page)
      for (const screen of screens) {
        const { colorScheme, viewport } = SCREENS[screen]
        await page.setViewportSize(viewport)
        await page.emulateMedia({ colorScheme })
        await page.locator(`:root[data-mantine-color-scheme=${colorScheme}]`).waitFor()
        await ready()
        await page.screenshot({ path: `${SHOTS}${name}-${screen}.png`, fullPage: !act })
        expect(await seriousFindings(page), screen).toEqual([])
        expect(await page.locator('main').count(), screen).toBe(1)
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          screen,
        ).toBeLessThanOrEqual(0)
      }
      expect(faults).toEqual([])
      await close()
    }
  })
}

/** What was opened on a large screen need not be there on a small one: it is opened again. */
function loads(act: View['act']): [Screen, ...Screen[]][] {
  return act ? [['light', 'dark'], ['small']] : [['light', 'dark', 'small']]
}
