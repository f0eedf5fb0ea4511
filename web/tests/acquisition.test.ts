// Acquisition: values filter everything on the page, open as a table, and lead to their sessions.
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
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const figures = (page: Page) => card(page, 'Key figures')
const isAsked = (page: Page, is: (query: URLSearchParams) => boolean) =>
  page.waitForRequest((request) => request.url().includes('/acquisition?') && is(new URL(request.url()).searchParams))

test('the rail leads to it with the period, and the figures stand against the period before', async () => {
  const page = await visit('/p/p1/overview?period=30d')
  await page.getByRole('link', { name: 'Acquisition', exact: true }).click()
  await page.waitForURL('**/acquisition?period=30d')
  await expect.poll(() => figures(page).innerText()).toMatch(/Sessions\s+18\.2\sk\s+[+−][\d.]+% vs previous/)
  expect(await figures(page).innerText()).toMatch(/Engaged rate\s+[\d.]+%\s+[+−]?[\d.]+ points/)
  expect(await figures(page).innerText()).toMatch(/Revenue in TZS\s+TZS/)
})

test('a value filters all cards and the figures, stands as a chip, and is taken away by choosing it again', async () => {
  const page = await visit('/p/p1/acquisition')
  const asked = isAsked(page, (query) => query.get('country') === 'KE' && query.get('by') === 'referrer')
  await card(page, 'Places')
    .getByRole('button', { name: /^Kenya/ })
    .click()
  await asked
  expect(parameter(page, 'country')).toBe('KE')
  await expect.poll(() => figures(page).innerText()).toMatch(/Sessions\s+3,101/)
  const chosen = card(page, 'Places').getByRole('button', { name: /^Kenya/, pressed: true })
  await chosen.waitFor()
  await page.getByRole('button', { name: 'Remove filter Country is KE' }).waitFor()
  await chosen.click()
  await expect.poll(() => parameter(page, 'country')).toBeNull()
  await page.goBack()
  await expect.poll(() => parameter(page, 'country')).toBe('KE')
})

test('a campaign and an entry page are filters of sessions, with chips of their own', async () => {
  const page = await visit('/p/p1/acquisition')
  await card(page, 'Campaigns')
    .getByRole('button', { name: /^easter_2026/ })
    .click()
  await page.getByRole('button', { name: 'Remove filter UTM campaign is easter_2026' }).waitFor()
  const asked = isAsked(
    page,
    (query) => query.get('utm_campaign') === 'easter_2026' && query.get('entry_path') === '/routes',
  )
  await card(page, 'Entry and exit pages')
    .getByRole('button', { name: /^\/routes[^/]/ })
    .click()
  await asked
  await page.getByRole('button', { name: 'Remove filter UTM campaign is easter_2026' }).click()
  await expect.poll(() => parameter(page, 'utm_campaign')).toBeNull()
  expect(parameter(page, 'entry_path')).toBe('/routes')
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: 'Referrer', exact: true }).click()
  await page.getByRole('textbox', { name: 'Value' }).fill('https://www.google.com/search')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect.poll(() => parameter(page, 'referrer')).toBe('www.google.com')
})

test('channels and sessions without a campaign are filters, too; a place that is not known is none', async () => {
  const page = await visit('/p/p1/acquisition')
  const asked = isAsked(page, (query) => query.get('filters') === 'channel=search;utm_campaign=')
  await card(page, 'Channels')
    .getByRole('button', { name: /^Search/ })
    .click()
  await page.getByRole('button', { name: 'Remove filter Channel is Search' }).waitFor()
  await card(page, 'Campaigns')
    .getByRole('button', { name: /^No campaign/ })
    .click()
  await asked
  await page.getByRole('button', { name: 'Remove filter UTM campaign is None' }).waitFor()
  expect(parameter(page, 'filters')).toBe('channel=search;utm_campaign=')
  expect(
    await card(page, 'Places')
      .getByRole('button', { name: /^Unknown/ })
      .count(),
  ).toBe(0)
})

test('the tabs of a card are in the address, and the filter bar keeps them', async () => {
  const page = await visit('/p/p1/acquisition')
  await card(page, 'Technology').getByText('Width', { exact: true }).click()
  await expect.poll(() => parameter(page, 'technology')).toBe('viewport')
  await card(page, 'Technology').getByText('0–479 px').waitFor()
  await page.getByRole('button', { name: /Last 7 days/ }).click()
  await page.getByRole('button', { name: 'Last 30 days' }).click()
  await expect.poll(() => parameter(page, 'period')).toBe('30d')
  expect(parameter(page, 'technology')).toBe('viewport')
})

test('a breakdown opens as a table with all figures, is read page by page, and leads to sessions with the same filters', async () => {
  const page = await visit('/p/p1/acquisition?device=mobile&utm_source=newsletter')
  await card(page, 'Entry and exit pages').getByRole('button', { name: 'Show all 78: Entry page' }).click()
  await expect.poll(() => parameter(page, 'by')).toBe('entry_path')
  const table = page.getByRole('table', { name: 'Figures by Entry page' })
  await table.waitFor()
  expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
    'Entry page',
    'Sessions',
    'Change',
    'Visitors',
    'Engaged',
    'With friction',
    'Conversions',
    'Conversion',
    'Revenue',
    'Median duration',
    '',
  ])
  const before = await table.locator('tbody').getByRole('row').count()
  expect(before).toBe(50)
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect.poll(() => table.locator('tbody').getByRole('row').count()).toBe(78)
  await table.getByRole('link', { name: 'Sessions of /routes', exact: true }).click()
  await page.waitForURL('**/p/p1/sessions?*')
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    device: 'mobile',
    utm_source: 'newsletter',
    entry_path: '/routes',
  })
})

test('in the table another breakdown is chosen, a row filters by keyboard, and all rows are a file', async () => {
  const page = await visit('/p/p1/acquisition?by=country')
  await page.getByRole('row', { name: /^Kenya/ }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => parameter(page, 'country')).toBe('KE')
  await page.getByRole('combobox', { name: 'Break down by' }).click()
  await page.getByRole('option', { name: 'City' }).click()
  await page.getByRole('table', { name: 'Figures by City' }).getByText('Dar es Salaam').waitFor()
  await page.getByRole('button', { name: 'Export values as CSV' }).click()
  const link = page.getByRole('link', { name: 'Export 9 values' })
  await link.waitFor()
  const csv = new URL((await link.getAttribute('href')) ?? '', page.url())
  expect([
    csv.pathname,
    csv.searchParams.get('by'),
    csv.searchParams.get('country'),
    csv.searchParams.get('format'),
  ]).toEqual(['/api/projects/p1/acquisition', 'city', 'KE', 'csv'])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'All breakdowns' }).click()
  await card(page, 'Channels').waitFor()
})

test('no session at all says what brings the first, none for the filters takes them away', async () => {
  dashboard.server.state.isEmpty = true
  const page = await visit('/p/p1/acquisition')
  await page.getByText('No sessions in this period').waitFor()
  await page.getByRole('link', { name: 'Install the tracker' }).waitFor()
  dashboard.server.state.isEmpty = false
  await page.goto(`${dashboard.server.url}/p/p1/acquisition?city=Nowhere&period=30d`)
  await page.getByRole('button', { name: 'Remove filters' }).click()
  await expect.poll(() => figures(page).innerText()).toMatch(/18\.2\sk/)
  expect(parameter(page, 'period')).toBe('30d')
})

test('a failure says so, and trying again shows the figures', async () => {
  dashboard.server.state.failing = ['/acquisition']
  const page = await visit('/p/p1/acquisition')
  await page.getByText('The figures could not be loaded').waitFor()
  dashboard.server.state.failing = []
  await page.getByRole('button', { name: 'Try again' }).click()
  await figures(page).waitFor()
})

test('a viewer sees the figures, but no way to sessions', async () => {
  const page = await visit('/p/p2/acquisition?by=device')
  await page.getByRole('table', { name: 'Figures by Device' }).getByText('Mobile').waitFor()
  expect(await page.getByRole('link', { name: /^Sessions of/ }).count()).toBe(0)
})
