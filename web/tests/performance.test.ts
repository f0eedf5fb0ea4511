// Performance: countries, devices and browsers side by side, and what was before.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
const groups = (page: Page, by: string) =>
  page
    .getByRole('table', { name: `Web vitals by ${by}` })
    .locator('tbody')
    .getByRole('row')

async function visit(path: string) {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

test('a slow country stands out, and choosing it narrows the page', async () => {
  const page = await visit('/p/p1/performance')
  await expect.poll(() => groups(page, 'country').count()).toBe(6)
  expect((await groups(page, 'country').allInnerTexts()).map(plain).slice(0, 2)).toEqual([
    expect.stringMatching(/^Tanzania \S+ k 2\.3 s/),
    expect.stringMatching(/^Kenya \S+ k 6\.9 s/),
  ])
  await groups(page, 'country').filter({ hasText: 'Kenya' }).click()
  await page.waitForURL('**/performance?*country=KE*')
  // What is filtered by is not compared.
  await expect.poll(() => groups(page, 'device').count()).toBeGreaterThan(1)
  await page.getByRole('radiogroup', { name: 'Compare by' }).getByText('Browser').click()
  await page.waitForURL('**/performance?*by=browser*')
  await expect.poll(() => groups(page, 'browser').count()).toBeGreaterThan(1)
})

test('measurements say what they were, pages where their rating has changed', async () => {
  const page = await visit('/p/p1/performance')
  const card = page.getByRole('region', { name: 'Largest contentful paint' })
  await expect.poll(async () => plain(await card.innerText())).toMatch(/2\.3 s ?before 6\.9 s/)
  const pages = page.getByRole('table', { name: 'Web vitals by page' })
  expect(await pages.getByTitle('In the period before').count()).toBeGreaterThan(0)
})
