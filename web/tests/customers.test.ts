// Customers: sorted both ways, found, and one with sessions and a token.
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

test('every sort key goes in both directions, by the server', async () => {
  const page = await visit('/p/p1/customers')
  for (const [header, key] of [
    ['Orders', 'orders'],
    ['Bookings', 'bookings'],
    ['Last sign-in', 'last_login'],
    ['Registered', 'registered'],
    ['Sessions', 'sessions'],
  ] as const) {
    const column = page.getByRole('columnheader', { name: header })
    for (const [order, said] of [
      ['desc', 'descending'],
      ['asc', 'ascending'],
    ] as const) {
      const asked = page.waitForRequest((request) => request.url().includes(`sortBy=${key}&sortOrder=${order}`))
      await column.getByRole('button').click()
      await asked
      await expect.poll(() => column.getAttribute('aria-sort')).toBe(said)
    }
  }
  expect(dashboard.address(page)).toBe('/p/p1/customers?order=asc')
})

test('customers are narrowed by when they were active, searched and paged', async () => {
  const page = await visit('/p/p1/customers')
  await page.getByText('50 customers').waitFor()
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByText('70 customers').waitFor()
  await page.getByText('24 hours').click()
  await page.waitForURL('**/customers?active=daily')
  await page.getByText('24 customers').waitFor()
  await page.getByLabel('Search customers').fill('neema.mushi0')
  await page.waitForURL('**/customers?active=daily&search=neema.mushi0')
  await page.getByText('1 customers').waitFor()
})

test('money and dates are written as the reader’s browser writes them', async () => {
  const page = await dashboard.visit('/p/p1/customers?sort=orders', { locale: 'de-DE' })
  await waitUntilLoaded(page)
  await page
    .getByRole('row')
    .filter({ hasText: /\d\.000\sTZS/ })
    .first()
    .waitFor()
})

test('a row opens the sessions with their ends, and the person is one click away', async () => {
  const page = await visit('/p/p1/customers?search=passenger-1001')
  await page.getByRole('row').filter({ hasText: 'Baraka Komba' }).click()
  await page.waitForURL('**open=passenger-1001')
  const panel = page.getByRole('complementary', { name: 'Customer: Baraka Komba' })
  await panel.getByText('Active now').waitFor()
  await panel.getByRole('cell', { name: '/timetable', exact: true }).first().waitFor()
  await panel
    .getByText(/196\.249\.xxx\.xxx/)
    .first()
    .waitFor()
  await panel.getByRole('link', { name: 'Open person' }).click()
  await page.waitForURL('**/people/passenger-1001')
})

test('a token is made for a while and shown once', async () => {
  const page = await visit('/p/p1/customers?open=passenger-1001')
  const panel = page.getByRole('complementary')
  await panel.getByRole('combobox', { name: 'Valid for' }).click()
  await page.getByRole('option', { name: '1 day' }).click()
  await panel.getByRole('button', { name: 'Create token' }).click()
  await panel.getByText('ct_9Hq2vX7tLr4KpZ8sWn3Jd6Mc1Bf5Gy0T').waitFor()
  await panel.getByText(/Copy it now/).waitFor()
  expect(dashboard.server.state.changes).toEqual([
    'POST /api/projects/p1/customer-tokens {"user_id":"passenger-1001","expires_in_seconds":86400}',
  ])
})

test('a viewer sees customers, but cannot make tokens and is told who can', async () => {
  const page = await visit('/p/p2/customers?open=passenger-1001')
  const panel = page.getByRole('complementary')
  await panel.getByText('Only owners and admins can create tokens.').waitFor()
  expect(await panel.getByRole('button', { name: 'Create token' }).isDisabled()).toBe(true)
  expect(await panel.getByRole('link', { name: 'Open person' }).count()).toBe(0)
})

test('an address of somebody who is not there says so', async () => {
  const page = await visit('/p/p1/customers?open=somebody')
  await page.getByText('Customer not found').waitFor()
})

test('sessions are timed and shared out by device and browser, in the time that is chosen', async () => {
  const page = await visit('/p/p1/customers')
  const strip = page.getByRole('region', { name: 'Sessions of customers' })
  await strip.getByText('Average session duration').waitFor()
  await strip.getByText('of all time').waitFor()
  await page.getByRole('region', { name: 'Devices' }).getByText('Mobile').waitFor()
  await page.getByRole('region', { name: 'Browsers' }).getByText('Firefox').waitFor()
  const asked = page.waitForRequest((request) => request.url().endsWith('/customers/session-figures?interval=weekly'))
  await page.getByText('7 days').click()
  await asked
  await strip.getByText('begun in the last 7 days').waitFor()
})
