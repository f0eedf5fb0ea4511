// Retention: the grid by mouse and keyboard, its options and comparisons in the address, the sessions behind a cell, and what there is without visitors.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

async function visit(path: string, options = {}): Promise<Page> {
  const page = await dashboard.visit(path, options)
  await waitUntilLoaded(page)
  return page
}

const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)
const isAsked = (page: Page, is: (query: URLSearchParams) => boolean) =>
  page.waitForRequest(
    (request) => request.url().includes('/visitor-retention?') && is(new URL(request.url()).searchParams),
  )
const cells = (page: Page) => page.getByRole('table', { name: 'Retention by cohort' }).locator('[data-key]')

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

test('the rail leads to it, and every cohort has a share for each week since, the last one marked as going on', async () => {
  const page = await visit('/p/p1/overview?period=90d&path=/checkout')
  await page.getByRole('link', { name: 'Retention', exact: true }).click()
  await page.waitForURL('**/retention?*period=90d*')
  await page.getByRole('region', { name: 'Grid of cohorts' }).waitFor()
  const rows = await page
    .getByRole('table', { name: 'Retention by cohort' })
    .locator('tbody')
    .last()
    .getByRole('row')
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('[data-key]')].map((cell) => cell.hasAttribute('data-partial'))),
    )
  const weeks = rows.length
  expect(weeks).toBeGreaterThanOrEqual(13)
  rows.forEach((row, index) =>
    expect(row, String(index)).toEqual(
      Array.from({ length: weeks - 1 - index }, (_, offset) => offset === weeks - 2 - index),
    ),
  )
  expect(await cells(page).first().getAttribute('aria-label')).toMatch(
    /^[\d.]+%, [\d,]+ of [\d,]+ came back 1 week later$/,
  )
  expect(await page.getByRole('button', { name: /Remove filter Page/ }).count()).toBe(0)
})

test('a cell is reached by the keyboard, says its figures, stays in the address, and leads to the sessions of its time', async () => {
  const page = await visit('/p/p1/retention?period=90d&device=mobile')
  await cells(page).first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  const key = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.key)
  expect(key).toMatch(/^\d{4}-\d\d-\d\d\.2$/)
  await page.keyboard.press('Enter')
  await expect.poll(() => parameter(page, 'open')).toBe(key)
  await page.getByText(/of the visitors who first came in .* came back 2 weeks later, in /).waitFor()
  expect(
    await cells(page).evaluateAll((all) =>
      all.filter((cell) => (cell as HTMLElement).tabIndex === 0).map((cell) => (cell as HTMLElement).dataset.key),
    ),
  ).toEqual([key])
  await page.reload()
  await page.getByText(/95% confidence: [\d.]+–[\d.]+%/).waitFor()
  await page.getByRole('link', { name: /^All sessions of / }).click()
  await page.waitForURL('**/sessions?*')
  const search = Object.fromEntries(new URL(page.url()).searchParams)
  const cohort = Date.parse(`${key?.split('.')[0]}T00:00:00Z`)
  expect([search.device, Date.parse(search.from ?? ''), Date.parse(search.to ?? '')]).toEqual([
    'mobile',
    cohort + 14 * 86_400_000,
    cohort + 21 * 86_400_000,
  ])
})

test('unit, first and return are asked for, and stay in the address', async () => {
  const page = await visit('/p/p1/retention?period=30d')
  const asked = isAsked(page, (query) => query.get('unit') === 'day' && query.get('first') === 'visit')
  await page.getByText('Days', { exact: true }).click()
  await asked
  await choose(page, 'Returned by', 'Ordered or booked')
  await page.getByRole('columnheader', { name: 'Day 0' }).waitFor()
  await page.getByText('3 orders and bookings of this time name no visitor', { exact: false }).waitFor()
  const first = isAsked(page, (query) => query.get('first') === 'conversion' && query.get('return') === 'conversion')
  await choose(page, 'A visitor’s first', 'First order or booking')
  await first
  await page.getByRole('columnheader', { name: 'First order or booking' }).waitFor()
  expect(dashboard.address(page)).toContain('unit=day&first=conversion&returning=conversion')
})

test('two cohorts stand side by side, each row with its difference and interval', async () => {
  const page = await visit('/p/p1/retention?period=90d')
  await choose(page, 'Compare', 'Two cohorts')
  const table = page.getByRole('table', { name: 'Comparison' })
  await table.waitFor()
  await page.getByRole('combobox', { name: 'First cohort' }).click()
  await page.getByRole('option').first().click()
  await expect.poll(() => parameter(page, 'a')).toMatch(/^\d{4}-\d\d-\d\d$/)
  const row = await table.getByRole('row', { name: /^Week 1/ }).innerText()
  expect(row).toMatch(/[\d.]+%\s+[\d.]+%\s+[+−]?[\d.]+ points\s+.+ to .+\s+(No clear difference|Higher: )/)
  await page.getByRole('button', { name: 'End comparison' }).click()
  await expect.poll(() => parameter(page, 'compare')).toBeNull()
  expect(await table.count()).toBe(0)
})

test('two segments are asked for one by one, and a clear difference is named', async () => {
  const page = await visit('/p/p1/retention?period=90d')
  const [mobile, desktop] = [
    isAsked(page, (query) => query.get('device') === 'mobile'),
    isAsked(page, (query) => query.get('device') === 'desktop'),
  ]
  await choose(page, 'Compare', 'Two devices')
  await Promise.all([mobile, desktop])
  await page
    .getByRole('table', { name: 'Comparison' })
    .getByRole('row', { name: /^Week 1 .*Higher: desktop/ })
    .waitFor()
  await choose(page, 'Second group', 'tablet')
  await expect.poll(() => parameter(page, 'b')).toBe('tablet')
  await choose(page, 'Compare', 'Two countries')
  await page.getByText('Choose both groups to compare them.').waitFor()
  await page.getByRole('combobox', { name: 'First group' }).fill('tz')
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Second group' }).fill('Nowhere')
  await page.keyboard.press('Enter')
  await expect.poll(() => parameter(page, 'a')).toBe('TZ')
})

test('visitors are grouped by a value of their first visit, and a row shows its visitors alone', async () => {
  const page = await visit('/p/p1/retention?period=90d&device=mobile')
  const grouped = isAsked(page, (query) => query.get('by') === 'country' && query.get('device') === 'mobile')
  await choose(page, 'Group by', 'By country')
  await grouped
  const table = page.getByRole('table', { name: 'Groups' })
  await table.getByRole('row', { name: /^Tanzania .*Higher than others/ }).waitFor()
  await table.getByRole('row', { name: /^Kenya .*Lower than others/ }).waitFor()
  const differences = () => table.locator('td[data-label="Against others"]').allInnerTexts()
  const afterOneWeek = await differences()
  expect(afterOneWeek.filter((text) => /^[+−]?\d+\.\d points$/.test(text))).toHaveLength(12)
  await page.getByRole('img', { name: /Tanzania: .*Kenya: / }).waitFor()
  await choose(page, 'Compare groups at', 'Week 4')
  await expect.poll(() => parameter(page, 'at')).toBe('4')
  await expect.poll(differences).not.toEqual(afterOneWeek)
  const others = table.getByRole('row', { name: /^All others/ })
  expect([await others.getAttribute('tabindex'), await table.locator('tr[data-opens]').count()]).toEqual([null, 11])
  const alone = isAsked(page, (query) => query.get('by') === 'country' && query.get('value') === 'KE')
  await table.getByRole('row', { name: /^Kenya/ }).focus()
  await page.keyboard.press('Enter')
  await alone
  await page.getByRole('group', { name: 'Group shown' }).getByText('Kenya').waitFor()
  expect(parameter(page, 'value')).toBe('KE')
  await table.waitFor({ state: 'detached' })
  await cells(page).first().waitFor()
  await page.getByRole('button', { name: 'Show all groups' }).click()
  await table.waitFor()
  await table.getByRole('row', { name: /^Unknown/ }).click()
  await expect.poll(() => [parameter(page, 'by'), parameter(page, 'value')]).toEqual(['country', ''])
  await page.reload()
  await page.getByRole('group', { name: 'Group shown' }).getByText('Unknown').waitFor()
  await choose(page, 'Group by', 'No groups')
  await expect.poll(() => [parameter(page, 'by'), parameter(page, 'value')]).toEqual([null, null])
})

test('a group that nobody is in leads back to all visitors', async () => {
  const page = await visit('/p/p1/retention?period=90d&by=country&value=AQ')
  await page.getByRole('button', { name: 'Remove filters' }).click()
  await page.getByRole('table', { name: 'Groups' }).waitFor()
  expect([parameter(page, 'by'), parameter(page, 'value')]).toEqual(['country', null])
})

test('the grid and the comparison are tables and files', async () => {
  const page = await visit('/p/p1/retention?period=90d')
  await page.getByRole('button', { name: 'Show as table' }).first().click()
  const table = page.getByRole('table', { name: 'Cohorts' })
  await table.waitFor()
  expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(
    expect.arrayContaining(['cohort', 'visitors', 'week_1']),
  )
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download as CSV' }).first().click()
  expect((await download).suggestedFilename()).toBe('visitor-retention.csv')
})

test('too many cohorts, filters that nobody meets, and no visitors at all say the next step', async () => {
  const page = await visit('/p/p1/retention?from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&unit=day')
  await page.getByRole('button', { name: 'Count by weeks' }).click()
  await expect.poll(() => parameter(page, 'unit')).toBe('week')
  await cells(page).first().waitFor()
  await page.goto(`${dashboard.server.url}/p/p1/retention?country=Nowhere&unit=week`)
  await page.getByRole('button', { name: 'Remove filters' }).click()
  await page.getByRole('table', { name: 'Retention by cohort' }).waitFor()
  expect(parameter(page, 'unit')).toBe('week')
  dashboard.server.state.isEmpty = true
  await page.goto(`${dashboard.server.url}/p/p1/retention`)
  await page.getByText('No new visitors in this period').waitFor()
  await page.getByRole('link', { name: 'Install the tracker' }).waitFor()
})

test('a failure says so, and a viewer sees cohorts but no way to sessions', async () => {
  dashboard.server.state.failing = ['/visitor-retention']
  const page = await visit('/p/p2/retention?period=90d')
  await page.getByText('Retention could not be loaded').waitFor()
  dashboard.server.state.failing = []
  await page.getByRole('button', { name: 'Try again' }).click()
  await cells(page).first().click()
  await page.getByRole('button', { name: 'Compare this cohort' }).waitFor()
  expect(await page.getByRole('link', { name: /^All sessions of / }).count()).toBe(0)
})
