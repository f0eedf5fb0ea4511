// A person's page: everything known of a contact and customer in one place, notes, and the ways to it and from it.
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

const aside = (page: Page) => page.getByRole('complementary', { name: 'About the person' })
const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' })

test('a row of the contacts leads to the person, whose page names what is known', async () => {
  dashboard.server.state.admin.sdk.settings = {
    consent: 'granted',
  } as unknown as typeof dashboard.server.state.admin.sdk.settings
  const page = await visit('/p/p1/contacts')
  await page.getByRole('link', { name: 'Neema Mushi' }).first().click()
  await page.waitForURL('**/people/contact_1')
  await page.getByRole('heading', { name: 'Neema Mushi' }).waitFor()
  await page.getByRole('region', { name: 'Figures of the person' }).getByText('51').waitFor()
  for (const text of ['Rage click', 'Booking abandoned', 'Zanzibar tomorrow', 'Prefers the morning ferry.'])
    await timeline(page).getByText(text).first().waitFor()
  for (const text of ['passenger-1000', 'Lead score: 51 of 100', 'Open tasks (1)', 'Tracked until they decline'])
    await aside(page).getByText(text).first().waitFor()
})

test('customers, sessions and tasks lead to the same person', async () => {
  const page = await visit('/p/p1/customers')
  await page.getByRole('table').getByRole('link').first().click()
  await page.waitForURL(/people\/passenger-/)
  await page.goto(`${dashboard.server.url}/p/p1/tasks`)
  await page.getByRole('link', { name: 'Neema Mushi' }).first().click()
  await page.waitForURL('**/people/contact_1')
  await page.goto(`${dashboard.server.url}/p/p1/sessions`)
  await page.getByRole('link', { name: 'passenger-1000' }).first().click()
  await page.waitForURL('**/people/passenger-1000')
  await page.getByRole('heading', { name: 'Neema Mushi' }).waitFor()
})

test('a customer without a contact has a page', async () => {
  dashboard.server.state.crm.contacts = []
  const page = await visit('/p/p1/people/passenger-1003')
  await page.getByRole('heading', { name: 'Hamisi Mwakyusa' }).waitFor()
  expect(await page.getByRole('button', { name: /^Change status/ }).count()).toBe(0)
  await aside(page).getByText('No notes yet').waitFor()
})

test('the timeline is narrowed to kinds, in the address, and read further', async () => {
  const page = await visit('/p/p1/people/contact_1')
  await timeline(page).getByRole('button', { name: 'Friction', exact: true }).click()
  await page.waitForURL('**/people/contact_1?kinds=*')
  await expect.poll(() => timeline(page).getByText('Booking abandoned').count()).toBe(0)
  await timeline(page).getByText('Rage click ×2').waitFor()
  await timeline(page).getByRole('button', { name: 'Everything', exact: true }).click()
  await timeline(page).getByText('Booking abandoned').waitFor()
  await timeline(page).getByRole('button', { name: 'Show earlier' }).click()
  await timeline(page).getByText('Customer created').waitFor()
})

test('a recording and a session of the timeline lead to their pages', async () => {
  const page = await visit('/p/p1/people/contact_1')
  expect(await timeline(page).getByRole('link', { name: 'Recording' }).getAttribute('href')).toBe(
    '/p/p1/recordings/rec-0',
  )
  await timeline(page).getByRole('link', { name: 'Session', exact: true }).click()
  await page.waitForURL('**/sessions/0193a1b2-0000-**')
  await page.getByRole('link', { name: 'Show person' }).click()
  await page.waitForURL('**/people/passenger-1000')
})

test('sessions, purchases and friction have parts of their own', async () => {
  const page = await visit('/p/p1/people/contact_1')
  const choose = (name: string) => page.getByRole('radiogroup', { name: 'Part of the page' }).getByText(name).click()
  await choose('Sessions')
  await page
    .getByRole('table', { name: 'Sessions of the person' })
    .getByRole('link', { name: 'Watch' })
    .first()
    .waitFor()
  await choose('Orders and bookings')
  await page.waitForURL('**?tab=purchases')
  await page.getByRole('cell', { name: 'Zanzibar – Pemba' }).waitFor()
  expect(await page.locator('dl').getByText('$70.00').or(page.locator('dl').getByText(/USD/)).count()).toBeGreaterThan(
    0,
  )
  await choose('Friction')
  const row = page.getByRole('row').filter({ hasText: 'Pay now' })
  expect(await row.getByRole('cell').nth(3).innerText()).toBe('2')
})

test('a note is written, changed and deleted by its author, and not by others', async () => {
  const page = await visit('/p/p1/people/contact_1')
  await aside(page).getByLabel('New note').fill('Bring the red folder')
  await aside(page).getByRole('button', { name: 'Add note' }).click()
  const note = (text: string) => aside(page).getByRole('listitem').filter({ hasText: text })
  await note('Bring the red folder').waitFor()
  await note('Bring the red folder').getByRole('button', { name: 'Edit note' }).click()
  await aside(page).getByLabel('Note', { exact: true }).fill('Bring the blue folder')
  await aside(page).getByRole('button', { name: 'Save' }).click()
  await note('Bring the blue folder')
    .getByText(/edited/)
    .waitFor()
  await note('Bring the blue folder').getByRole('button', { name: 'Delete note' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete note' }).click()
  await note('Bring the blue folder').waitFor({ state: 'detached' })
  expect(await note('Asked about group prices.').getByRole('button').count()).toBe(0)
  expect(dashboard.server.state.changes.map((change) => change.split(' ')[0])).toEqual(['POST', 'PATCH', 'DELETE'])
})

test('export and erasure are one click away, with the id filled in and not in the address', async () => {
  const page = await visit('/p/p1/people/contact_1')
  await page.getByRole('link', { name: 'Export or erase' }).click()
  await page.waitForURL('**/p/p1/privacy')
  expect(await page.getByLabel('User id or e-mail').inputValue()).toBe('passenger-1000')
})

test('a status is changed and the contact edited where the person is', async () => {
  const page = await visit('/p/p1/people/contact_1')
  await page.getByRole('button', { name: /^Change status/ }).click()
  await page.getByRole('menuitem', { name: 'Customer - Active' }).click()
  await page.getByRole('button', { name: 'Change status: Customer - Active' }).waitFor()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByRole('form', { name: 'Edit contact' }).getByLabel('Phone').fill('+255 711 222 333')
  await page.getByRole('form', { name: 'Edit contact' }).getByRole('button', { name: 'Save' }).click()
  await page.getByText('+255 711 222 333').first().waitFor()
})

test('somebody who is not there, a failure and a viewer each see what is the matter', async () => {
  const page = await visit('/p/p1/people/nobody')
  await page.getByText('Person not found').waitFor()
  dashboard.server.state.failing = ['/people/contact_2']
  await page.goto(`${dashboard.server.url}/p/p1/people/contact_2`)
  await page.getByText('The person could not be loaded').waitFor()
  await page.goto(`${dashboard.server.url}/p/p2/people/contact_1`)
  await page.getByText('You need the analyst role to see people').waitFor()
})
