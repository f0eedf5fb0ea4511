// Bots: from the Overview's share to who they are, over time, and to their sessions.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

async function visit(path: string): Promise<Page> {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)

test('the Overview’s share leads to the bots, by name, and a name to its sessions', async () => {
  const page = await visit('/p/p1/overview?period=30d&device=mobile')
  await page.getByRole('link', { name: 'See the bots' }).click()
  await page.waitForURL('**/bots?*')
  const table = page.getByRole('table', { name: 'Bots' })
  await table.getByRole('row', { name: /^HeadlessChrome Automated browser headlesschrome/ }).waitFor()
  expect(await table.getByRole('link', { name: 'scrapy' }).count()).toBe(0)
  await table.getByRole('link', { name: 'Googlebot' }).click()
  await page.waitForURL('**/sessions?*')
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    period: '30d',
    device: 'mobile',
    browser: 'Googlebot',
    bots: 'true',
  })
})

test('the events of bots over time add up to their number, and are a table', async () => {
  const page = await visit('/p/p1/bots?period=30d')
  await page.getByRole('button', { name: 'Show as table' }).click()
  const lines = page.getByRole('table', { name: 'Events of bots' }).locator('tbody').getByRole('row')
  await lines.first().waitFor()
  const rows = await lines.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.innerText.replaceAll(',', '')))),
  )
  expect(rows).toHaveLength(30)
  expect(rows.every(([, bots = NaN, all = NaN]) => bots > 0 && bots < all)).toBe(true)
})

test('bots are included everywhere, and excluded again', async () => {
  const page = await visit('/p/p1/bots')
  await page.getByRole('button', { name: 'Include bots' }).click()
  await expect.poll(() => parameter(page, 'bots')).toBe('true')
  await page.getByText('The figures of all other pages count bots').waitFor()
  await page.getByRole('button', { name: 'Exclude bots' }).click()
  await expect.poll(() => parameter(page, 'bots')).toBeNull()
})

test('without bots it says so, and a viewer sees names without a way to sessions', async () => {
  const page = await visit('/p/p1/bots?country=AQ')
  await page.getByText('No bots in this period').waitFor()
  await page.getByRole('button', { name: 'Remove filters' }).click()
  await page.getByRole('table', { name: 'Bots' }).waitFor()
  await page.goto(`${dashboard.server.url}/p/p2/bots`)
  await page.getByRole('table', { name: 'Bots' }).getByText('Googlebot').waitFor()
  expect(await page.getByRole('link', { name: 'Googlebot' }).count()).toBe(0)
})
