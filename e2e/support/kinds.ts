// Reads the strip "Kinds of friction" as a person would, and notes when each of its counts first changed.
import type { Page } from 'playwright-core'

export type Counts = Record<string, string>

export const NOTHING: Counts = {
  'Rage click': '0',
  'Dead click': '0',
  'Slow click': '0',
  'Error click': '0',
  'JavaScript error': '0',
  'Unhandled rejection': '0',
  'Form error': '0',
  Thrashing: '0',
}

const strip = (page: Page) => page.getByRole('region', { name: 'Kinds of friction' })

export function kindCounts(page: Page): Promise<Counts> {
  return strip(page).evaluate((section) =>
    Object.fromEntries([...section.querySelectorAll('button[aria-pressed]')].map((button) => [button.children[0]?.textContent ?? '', button.children[1]?.textContent ?? ''])),
  )
}

/** From now on the page notes when each kind was first shown with a count above zero. */
export async function watchKinds(page: Page): Promise<void> {
  await strip(page).evaluate((section) => {
    const seen: Record<string, number> = {}
    Object.assign(globalThis, { kindsSeenAt: seen })
    const look = () => {
      for (const button of section.querySelectorAll('button[aria-pressed]')) {
        const [name, count] = [...button.children].map((child) => child.textContent ?? '')
        if (name && count && count !== '0') seen[name] ??= Date.now()
      }
    }
    new MutationObserver(look).observe(section, { subtree: true, childList: true, characterData: true })
  })
}

/** Epoch milliseconds by kind. */
export function kindsSeenAt(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => (globalThis as unknown as { kindsSeenAt: Record<string, number> }).kindsSeenAt)
}
