// Errors: listing and finding them, deciding about them, and one error whole.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
const list = (page: Page) => page.getByRole('table', { name: 'Errors' })
const rows = (page: Page) =>
  list(page)
    .getByRole('row')
    .filter({ hasNot: page.getByRole('columnheader') })
const names = async (page: Page) =>
  (await rows(page).allInnerTexts()).map(
    (text) => /TypeError|NetworkError|ReferenceError|ResizeObserver/.exec(text)?.[0],
  )
const statusOf = (page: Page, name: RegExp) =>
  rows(page)
    .filter({ hasText: name })
    .getByRole('button', { name: /^Status: / })
const changes = () => dashboard.server.state.changes.filter((change) => change.includes('/errors/'))

async function visit(path: string) {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

test('unresolved errors are listed, and sorted, searched and filtered by the server', async () => {
  const page = await visit('/p/p1/errors')
  expect(await names(page)).toEqual(['TypeError', 'ResizeObserver', 'NetworkError'])
  expect(plain(await rows(page).first().innerText())).toMatch(
    /^TypeError New Cannot read properties of undefined \(reading 'fare'\) total in booking\.js/,
  )
  await list(page).getByRole('button', { name: 'Last seen' }).click()
  await page.waitForURL(/sort=last_seen/)
  await page.getByRole('searchbox', { name: 'Search errors' }).fill('timeout')
  await page.waitForURL(/search=timeout/)
  await expect.poll(() => names(page)).toEqual(['NetworkError'])
  await page.getByRole('button', { name: 'Clear search' }).click()
  await page.getByText('All', { exact: true }).click()
  await expect.poll(async () => (await names(page)).length).toBe(5)
  await page.getByRole('combobox', { name: 'Assigned to' }).click()
  await page.getByRole('option', { name: 'Me' }).click()
  await expect.poll(() => names(page)).toEqual(['NetworkError'])
})

test('a decision shows at once, and an undo takes it back', async () => {
  const page = await visit('/p/p1/errors')
  await statusOf(page, /TypeError/).click()
  await page.getByRole('menuitem', { name: 'Resolve in the next release' }).click()
  await expect.poll(() => names(page)).toEqual(['ResizeObserver', 'NetworkError'])
  await page.getByText('Error resolved in the next release').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => names(page)).toEqual(['TypeError', 'ResizeObserver', 'NetworkError'])
  expect(changes().map((change) => change.split(' ').slice(2).join(' '))).toEqual([
    '{"status":"resolved","in_next_release":true}',
    '{"status":"open"}',
  ])
})

test('a decision that the server refuses is taken back', async () => {
  const page = await visit('/p/p1/errors')
  dashboard.server.state.failing = ['/errors/']
  await statusOf(page, /TypeError/).click()
  await page.getByRole('menuitem', { name: 'Ignore' }).click()
  await page.getByText('The error was not ignored').waitFor()
  await expect.poll(() => names(page)).toEqual(['TypeError', 'ResizeObserver', 'NetworkError'])
  dashboard.faults().splice(0)
})

test('an error is assigned from the list', async () => {
  const page = await visit('/p/p1/errors')
  await rows(page).filter({ hasText: 'ResizeObserver' }).getByRole('button', { name: 'Assign' }).click()
  await page.getByRole('menuitem', { name: 'Lena Vogt' }).click()
  await rows(page)
    .filter({ hasText: 'ResizeObserver' })
    .getByRole('button', { name: 'Assigned to Lena Vogt' })
    .waitFor()
  expect(changes()).toHaveLength(1)
  expect(changes()[0]).toContain('{"assigned_to":"m3"}')
})

test('a row opens the error with its stack, its release and whom it hit', async () => {
  const page = await visit('/p/p1/errors?period=30d')
  await rows(page).first().focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/errors\/v1[:%]/)
  await page.getByRole('heading', { name: /TypeError Cannot read/ }).waitFor()
  await waitUntilLoaded(page)
  const figures = page.getByRole('region', { name: 'Figures of the error' })
  expect(plain(await figures.innerText())).toMatch(/First seen .* 2 h after Release 8\.4: new booking pages/)
  const frames = page.getByRole('region', { name: 'Stack' }).getByRole('listitem')
  expect((await frames.allInnerTexts()).map(plain)).toEqual([
    "TypeError: Cannot read properties of undefined (reading 'fare')",
    'totalFare src/booking/fares.ts:41:23 38export function totalFare(seats: Seat[]): number { 39 let total = 0 40 for (const seat of seats) { 41 total += fares[seat.class].fare 42 } 43 return total 44}',
    'Array.reduce <anonymous> browser',
    'renderSeats src/booking/Seats.tsx:118:23',
    'fill inpage.js:44:1022 extension',
    '(top level) vendor.js:2:104331',
    'Caused by: Error: no fare for class "first"',
  ])
  const source = page.getByRole('button', { name: 'Source of src/booking/Seats.tsx:118:23' })
  await source.click()
  await page.getByRole('region', { name: 'Source of src/booking/Seats.tsx:118:23' }).waitFor()
  await page.getByText('No source map for vendor-77ab01cd.js').waitFor()
  await page.getByText('As sent').click()
  expect(await page.getByRole('region', { name: 'Stack as sent' }).innerText()).toContain(
    'at total (https://coralferries.example/assets/booking.4f21c9ab.js:1:8841)',
  )
  expect(plain(await page.getByRole('region', { name: 'Cost' }).innerText())).toContain('costs about TZS 1.8 M a week.')
  await page.getByText('Release', { exact: true }).click()
  await page.waitForURL(/by=releases/)
  expect(plain(await page.getByRole('region', { name: 'Where it happens' }).innerText())).toContain(
    'Release 8.4: new booking pages',
  )
  await page.getByRole('link', { name: 'All errors' }).click()
  await page.waitForURL(/\/errors\?period=30d/)
})

test('a value filters the whole page, and again no longer', async () => {
  const page = await visit('/p/p1/errors')
  await rows(page).first().click()
  const chrome = page.getByRole('region', { name: 'Where it happens' }).getByRole('button', { name: /^Chrome/ })
  await chrome.click()
  await page.waitForURL(/browser=Chrome/)
  await page.getByRole('button', { name: 'Remove filter Browser is Chrome' }).waitFor()
  expect(await chrome.getAttribute('aria-pressed')).toBe('true')
  await chrome.click()
  await expect.poll(() => dashboard.address(page)).not.toContain('browser')
})

test('affected sessions lead to the event and to the recording at that moment, people to their sessions', async () => {
  const page = await visit('/p/p1/errors')
  await rows(page).first().click()
  const affected = page.getByRole('table', { name: 'Affected sessions' })
  await affected.getByRole('link', { name: 'Watch' }).first().waitFor()
  expect(await affected.getByRole('link', { name: 'Watch' }).first().getAttribute('href')).toBe(
    '/p/p1/recordings/rec-0?t=37',
  )
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByText('40 of 64 sessions').waitFor()
  await affected
    .getByRole('row')
    .nth(1)
    .click({ position: { x: 400, y: 10 } })
  await page.waitForURL(/\/sessions\/0193a1b2-0000-[^?]+\?open=e-0/)
  await page.goBack()
  await page.getByText('People', { exact: true }).last().click()
  const people = page.getByRole('table', { name: 'Affected people' })
  expect(await people.getByRole('link', { name: 'passenger-1001' }).getAttribute('href')).toContain(
    '/p/p1/customers?open=passenger-1001',
  )
  await people
    .getByRole('row')
    .nth(1)
    .click({ position: { x: 500, y: 10 } })
  await page.waitForURL(/\/sessions\?.*visitor_id=5bb73ae8/)
})

test('deciding on the page of an error shows who decided and when', async () => {
  const page = await visit('/p/p1/errors')
  await rows(page).filter({ hasText: 'NetworkError' }).click()
  await page.getByText(/^Resolved .* met again/).waitFor()
  await page.getByRole('button', { name: /^Status: Regressed/ }).click()
  await page.getByRole('menuitem', { name: 'Resolve now' }).click()
  await page.getByRole('button', { name: /^Status: Resolved/ }).waitFor()
  await page.getByText(/^Changed .* by Asha Mwinyi$/).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Error resolved').first().waitFor()
  expect(changes().at(-1)).toMatch(/"status":"resolved","resolved_at":"[^"]+","in_next_release":false/)
})

test('a viewer reads errors and decides nothing', async () => {
  const page = await visit('/p/p2/errors')
  expect(await names(page)).toContain('TypeError')
  expect(await page.getByRole('button', { name: /^Status: |^Assign/ }).count()).toBe(0)
  await rows(page).first().click()
  await page.getByText('You need the analyst role to see sessions and people').waitFor()
})

test('friction and the overview lead to the page of an error', async () => {
  const page = await visit('/p/p1/friction')
  await page.getByRole('row', { name: /^TypeError/ }).click()
  await page.getByRole('link', { name: 'Show error' }).click()
  await page.waitForURL(/\/errors\/v1/)
  await page.goto(`${dashboard.server.url}/p/p1/overview`)
  await page
    .getByRole('region', { name: 'What friction costs' })
    .getByRole('link', { name: /^TypeError/ })
    .click()
  await page.getByRole('heading', { name: /TypeError Cannot read/ }).waitFor()
})

test('an error that is not there says so, and a list of none what to do', async () => {
  const page = await visit('/p/p1/errors/v1:none')
  await page.getByText('Error not found').waitFor()
  await page.goto(`${dashboard.server.url}/p/p1/errors?browser=Lynx&search=x`)
  await page.getByRole('button', { name: 'Remove filters' }).click()
  await expect.poll(() => names(page)).toEqual(['TypeError', 'ResizeObserver', 'NetworkError'])
  dashboard.faults().splice(0)
})

test('the list is exported as it is filtered', async () => {
  const page = await visit('/p/p1/errors?tab=ignored&period=30d')
  await page.getByRole('button', { name: 'Export errors as CSV' }).click()
  const link = page.getByRole('link', { name: 'Export 1 error' })
  expect(await link.getAttribute('href')).toMatch(/\/errors\?from=.*&sort=count&status=ignored&format=csv$/)
})
