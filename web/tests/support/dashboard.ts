// One mock server and one browser for a test file; a page for each test, which must end without faults.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type MockServer, startMock } from '../mock/server'
import { launch, type OpenOptions, open, type Watched } from './browser'

export type Dashboard = {
  server: MockServer
  visit: (path: string, options?: OpenOptions) => Promise<Page>
  /** The address without the origin. */
  address: (page: Page) => string
  /** What went wrong in the page so far; a test that expects it takes it out. */
  faults: () => string[]
}

/** Registers the hooks of the calling file; the result may be used inside tests only. */
export function useDashboard(): Dashboard {
  let browser: Browser
  let watched: Watched | undefined
  const dashboard = {
    visit: async (path: string, options = {}) => {
      watched = await open(browser, dashboard.server.url + path, options)
      return watched.page
    },
    address: (page: Page) => page.url().slice(dashboard.server.url.length),
    faults: () => watched?.faults ?? [],
  } as Dashboard

  beforeAll(async () => {
    dashboard.server = await startMock()
    browser = await launch()
  })
  afterAll(async () => {
    await browser.close()
    await dashboard.server.close()
  })
  beforeEach(() => {
    dashboard.server.reset()
    dashboard.server.allowLive(true)
  })
  afterEach(async () => {
    await watched?.close()
    const faults = watched?.faults ?? []
    watched = undefined
    expect(faults).toEqual([])
  })
  return dashboard
}
