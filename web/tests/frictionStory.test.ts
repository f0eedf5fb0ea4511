// What the panel of an element says beyond its figures: whom it hits, since which release, and who was recorded.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
const panel = (page: Page) => page.getByRole('complementary', { name: /^Friction: / })
const section = (page: Page, name: string) =>
  panel(page).locator('section', { has: page.getByRole('heading', { name, exact: true }) })

async function open(name: RegExp) {
  const page = await dashboard.visit('/p/p1/friction')
  await waitUntilLoaded(page)
  await page.getByRole('row', { name }).click()
  await panel(page).waitFor()
  return page
}

test('the panel says whom it hits, and narrows the page to them', async () => {
  const page = await open(/^Pay now/)
  const rows = section(page, 'Who meets it').getByRole('listitem')
  await expect.poll(() => rows.count()).toBe(3)
  const [browser, device] = (await rows.allInnerTexts()).map(plain)
  expect(browser).toMatch(/^Browser Samsung Internet 94\.0% of all sessions 9\.0%$/)
  expect(device).toMatch(/^Device Mobile 100\.0% of all sessions 66\.0%$/)
  await rows.first().getByRole('link', { name: 'Samsung Internet' }).click()
  await page.getByRole('button', { name: 'Remove filter Browser is Samsung Internet' }).waitFor()
})

test('the panel names the release after which it began, and those recorded with it', async () => {
  const [release] = dashboard.server.state.admin.annotations
  const page = await dashboard.visit('/p/p1/friction')
  const items = (await page.evaluate(async () => (await fetch('/api/projects/p1/friction/items')).json())) as {
    items: { element_text: string; first_seen: string }[]
  }
  const first = items.items.find(({ element_text: text }) => text === 'Pay now')?.first_seen ?? ''
  if (release) release.at = new Date(Date.parse(first) - 3_600_000).toISOString()
  await waitUntilLoaded(page)
  await page.getByRole('row', { name: /^Pay now/ }).click()
  await expect
    .poll(async () => plain(await section(page, 'Details').innerText()))
    .toContain('after “Release 8.4: new booking pages”')
  const recorded = section(page, 'Watch it happen').getByRole('listitem')
  await expect.poll(() => recorded.count()).toBe(3)
  await recorded
    .first()
    .getByRole('link', { name: /^Recording of/ })
    .click()
  await page.waitForURL('**/p/p1/sessions/**')
})
