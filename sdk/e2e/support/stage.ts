// What the tests of a file share: a browser, and a collector beside it; both gone when they are over.
import type { Browser } from 'playwright-core'
import { afterAll } from 'vitest'
import { launch } from './browser'
import { type Collector, startCollector } from './collector'

export const stage = async (): Promise<{ browser: Browser; collector: Collector }> => {
  const [browser, collector] = await Promise.all([launch(), startCollector()])
  afterAll(async () => {
    await browser.close()
    await collector.stop()
  })
  return { browser, collector }
}
