// One page of the corpus, and the hands of its visitor.
import type { Page } from 'playwright-core'

export type Signal = 'rage_click' | 'dead_click' | 'slow_click' | 'error_click'

export interface Sample {
  name: string
  html: string
  /** A click on `#x` when absent. */
  action?: (page: Page) => Promise<unknown>
  /** Each expected once; nothing else. */
  signals: Signal[]
}

export const click =
  (selector = '#x', clickCount = 1, delay = 20) =>
  (page: Page): Promise<void> =>
    // By force, and without waiting for what follows: that is what the sample is about.
    page.click(selector, { clickCount, delay, position: { x: 6, y: 6 }, force: true, noWaitAfter: true })

export const several =
  (...selectors: string[]) =>
  async (page: Page): Promise<void> => {
    for (const selector of selectors) await click(selector)(page)
  }
