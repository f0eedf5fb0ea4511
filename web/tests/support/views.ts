// Checks views in both schemes and on a small screen: no breach of the CSP, no serious axe finding, no sideways scroll; and takes their pictures.
import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startMock, type MockServer } from '../mock/server'
import type { MockState } from '../mock/state'
import { launch, open, seriousFindings, settled } from './browser'

export type View = { name: string; path: string; state?: Partial<MockState>; act?: (page: Page) => Promise<unknown>; isLoading?: true }

const SCREENS = {
  light: { colorScheme: 'light' as const },
  dark: { colorScheme: 'dark' as const },
  small: { colorScheme: 'light' as const, viewport: { width: 360, height: 740 } },
}

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
  beforeEach(() => server.reset())

  describe.each(Object.entries(SCREENS))('%s', (screen, options) => {
    test.each(views)('$name is clean', async ({ name, path, state, act, isLoading }) => {
      Object.assign(server.state, state)
      const { page, faults, close } = await open(browser, server.url + path, options)
      if (isLoading) await page.getByRole('status', { name: /Loading/ }).first().waitFor()
      else await settled(page)
      await act?.(page)
      if (act) await settled(page)
      await page.screenshot({ path: `${SHOTS}${name}-${screen}.png`, fullPage: !act })
      expect(faults).toEqual([])
      expect(await seriousFindings(page)).toEqual([])
      expect(await page.locator('main').count()).toBe(1)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await close()
    })
  })
}
