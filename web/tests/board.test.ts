// The pipeline as a board: contacts moved by pointer, keys and menu, shown at once and taken back when refused.
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ABANDONED, ACTIVE, NEW, STARTED } from './mock/crm'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

async function visit(path = '/p/p1/contacts?view=board'): Promise<Page> {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

const column = (page: Page, status: string) => page.getByRole('region', { name: status, exact: true })
const card = (page: Page, name: string) => page.locator('[data-contact]').filter({ hasText: name }).first()
const count = async (page: Page, status: string) =>
  Number(await column(page, status).locator('header').locator('span').nth(1).innerText())

async function drag(page: Page, from: Locator, to: Locator, steps = 8) {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (!start || !end) throw new Error('nothing to drag')
  await page.mouse.move(start.x + 20, start.y + start.height - 8)
  await page.mouse.down()
  await page.mouse.move(end.x + end.width / 2, end.y + 60, { steps })
}

test('the list becomes a board and back, in the address', async () => {
  const page = await visit('/p/p1/contacts')
  await page.getByText('Board', { exact: true }).click()
  await page.waitForURL('**/contacts?view=board')
  for (const status of [NEW, STARTED, ABANDONED, ACTIVE]) await column(page, status).waitFor()
  await column(page, ABANDONED).getByText('Neema Mushi').waitFor()
  await page.getByText('List', { exact: true }).click()
  await page.getByRole('table', { name: 'Contacts' }).waitFor()
})

test('a contact is dragged to another status; counts and deal values follow at once', async () => {
  const page = await visit()
  const before = [await count(page, ABANDONED), await count(page, ACTIVE)] as const
  await drag(page, card(page, 'Neema Mushi'), column(page, ACTIVE))
  expect(await column(page, ACTIVE).getAttribute('data-over')).toBe('true')
  await page.mouse.up()
  await column(page, ACTIVE).getByText('Neema Mushi').waitFor()
  await page.getByText(`Neema Mushi moved to ${ACTIVE}`).first().waitFor()
  expect([await count(page, ABANDONED), await count(page, ACTIVE)]).toEqual([before[0] - 1, before[1] + 1])
  expect(dashboard.server.state.changes).toEqual([
    `PATCH /api/projects/p1/contacts/contact_1 {"lead_status":"${ACTIVE}"}`,
  ])
  expect(dashboard.address(page)).toBe('/p/p1/contacts?view=board')
  await page.getByRole('button', { name: 'Undo' }).click()
  await column(page, ABANDONED).getByText('Neema Mushi').waitFor()
})

test('a drag that ends nowhere, or by Escape, moves nobody', async () => {
  const page = await visit()
  await drag(page, card(page, 'Neema Mushi'), column(page, ACTIVE))
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await drag(page, card(page, 'Neema Mushi'), column(page, ACTIVE))
  await page.mouse.move(700, 5)
  await page.mouse.up()
  await column(page, ABANDONED).getByText('Neema Mushi').waitFor()
  expect(dashboard.server.state.changes).toEqual([])
})

test('a move that the server refuses is taken back with the reason', async () => {
  const page = await visit()
  const before = await count(page, ABANDONED)
  dashboard.server.state.failing = ['contacts/contact_1']
  await card(page, 'Neema Mushi').getByRole('button', { name: 'Move Neema Mushi to another status' }).click()
  await page.getByRole('menuitem', { name: NEW }).click()
  await page.getByText('Neema Mushi was not moved').waitFor()
  await column(page, ABANDONED).getByText('Neema Mushi').waitFor()
  await expect.poll(() => count(page, ABANDONED)).toBe(before)
})

test('the arrow keys move a contact and the focus', async () => {
  const page = await visit()
  await card(page, 'Neema Mushi').focus()
  await page.keyboard.press('ArrowRight')
  await column(page, ACTIVE).getByText('Neema Mushi').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-contact'))).toBe('contact_1')
  await page.keyboard.press('ArrowLeft')
  await column(page, ABANDONED).getByText('Neema Mushi').waitFor()
  const [first, second] = await column(page, ABANDONED)
    .locator('[data-contact]')
    .evaluateAll((cards) => cards.map((entry) => entry.getAttribute('data-contact')))
  await page.locator(`[data-contact="${first}"]`).focus()
  await page.keyboard.press('ArrowDown')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-contact'))).toBe(second)
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/contacts?view=board&open=${second}`)
  await page.getByRole('complementary').waitFor()
})

test('a search narrows all columns, and a column that cannot be read says so', async () => {
  const page = await visit()
  await page.getByLabel('Search contacts').fill('neema.mushi0')
  await page.waitForURL('**/contacts?view=board&search=neema.mushi0')
  await column(page, NEW).getByText('None found').waitFor()
  await expect.poll(() => page.locator('[data-contact]').count()).toBe(1)
})
