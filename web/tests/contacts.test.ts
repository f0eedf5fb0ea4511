// Contacts: finding them, everything known of one, and changing one by hand.
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ABANDONED, ACTIVE, money } from './mock/crm'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

async function visit(path: string, options = {}): Promise<Page> {
  const page = await dashboard.visit(path, options)
  await waitUntilLoaded(page)
  return page
}

const first = () => {
  const [contact] = dashboard.server.state.crm.contacts
  if (!contact) throw new Error('no contact')
  return contact
}
const panel = (page: Page) => page.getByRole('complementary')

test('a stage of the pipeline filters the list, and again shows all', async () => {
  const page = await visit('/p/p1/contacts')
  const stage = page.getByRole('region', { name: 'Pipeline' }).getByRole('button', { name: /Abandoned Booking/ })
  await stage.click()
  await page.waitForURL('**/contacts?status=Hot+Lead+-+Abandoned+Booking')
  await page.getByRole('region', { name: ABANDONED }).waitFor()
  await waitUntilLoaded(page)
  expect(await page.getByRole('row').getByText(ACTIVE).count()).toBe(0)
  expect(await stage.getAttribute('aria-pressed')).toBe('true')
  await page.getByRole('button', { name: `Remove filter Status ${ABANDONED}` }).click()
  await expect.poll(() => dashboard.address(page)).toBe('/p/p1/contacts')
})

test('revenue is of days of the project’s zone, which is named', async () => {
  const [project] = dashboard.server.state.projects
  if (project) project.time_zone = 'Africa/Dar_es_Salaam'
  const page = await visit('/p/p1/contacts')
  await page.getByRole('region', { name: 'Pipeline' }).getByText('Revenue, 30 days, Dar es Salaam').waitFor()
})

test('search asks while one types, lives in the address, and is left by one button', async () => {
  const page = await visit('/p/p1/contacts')
  await page.keyboard.press('/')
  await page.keyboard.type('neema.mushi0')
  await expect.poll(() => dashboard.address(page)).toBe('/p/p1/contacts?search=neema.mushi0')
  await expect.poll(() => page.getByRole('table').getByRole('row').count()).toBe(2)
  await page.getByLabel('Search contacts').fill('nobody at all')
  await page.getByText('No contacts found').waitFor()
  await page.getByRole('button', { name: 'Show all contacts' }).click()
  await expect.poll(() => dashboard.address(page)).toBe('/p/p1/contacts')
  expect(await page.getByLabel('Search contacts').inputValue()).toBe('')
})

test('the server sorts, and the next page is read', async () => {
  const page = await visit('/p/p1/contacts')
  const asked = page.waitForRequest(/contacts\?sort=total_revenue/)
  await page.getByRole('button', { name: 'Revenue' }).click()
  await asked
  await page.getByText('50 contacts').waitFor()
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByText('60 contacts').waitFor()
})

test('everything known of a contact is in the panel, by its address alone', async () => {
  const page = await visit(`/p/p1/contacts?open=${first().id}`)
  await panel(page).getByRole('heading', { name: 'Neema Mushi' }).waitFor()
  for (const text of [
    'Lead score: 51 of 100',
    'Top contributions',
    'Most viewed, last 90 days',
    'Open tasks (1)',
    'Booking abandoned',
    'Viewed Fast ferry, 10:30',
    'Contacts merged',
    'Joseph Kimaro',
  ])
    await panel(page).getByText(text).first().waitFor()
  expect(await panel(page).getByText('contact_of_browser_').count()).toBe(2)
  expect(await panel(page).getByRole('link', { name: 'Call' }).getAttribute('href')).toBe('tel:+255700000000')
  await page.keyboard.press('Escape')
  await panel(page).waitFor({ state: 'detached' })
  expect(dashboard.address(page)).toBe('/p/p1/contacts')
})

test('a contact is edited by hand, only what changed is sent, and it can be taken back', async () => {
  const page = await visit(`/p/p1/contacts?open=${first().id}`)
  await panel(page).getByRole('button', { name: 'Edit contact' }).click()
  await panel(page).getByLabel('Phone').fill('+255 711 222 333')
  await panel(page).getByLabel('Deal value').fill('500000')
  await panel(page).getByRole('button', { name: 'Save' }).click()
  await panel(page).getByText('+255 711 222 333').first().waitFor()
  const sent = () => dashboard.server.state.changes.map((change) => change.replace(/^.*contact_1 /, ''))
  expect(sent()).toEqual(['{"phone":"+255 711 222 333","estimated_deal_value":{"amount":500000,"currency":"TZS"}}'])
  const before = dashboard.server.state.crm.contacts.length
  await page.getByRole('button', { name: 'Undo' }).click()
  await panel(page).getByText('+255 700 000 000', { exact: true }).waitFor()
  expect(sent()).toHaveLength(2)
  expect(dashboard.server.state.crm.contacts).toHaveLength(before)
})

test('an address that another contact has is refused at its field, and nothing is lost', async () => {
  const taken = dashboard.server.state.crm.contacts[3]?.email ?? ''
  const page = await visit(`/p/p1/contacts?open=${first().id}`)
  await panel(page).getByRole('button', { name: 'Edit contact' }).click()
  await panel(page).getByLabel('E-mail').fill(taken)
  await panel(page).getByRole('button', { name: 'Save' }).click()
  await panel(page).getByText('The e-mail is another contact’s.').waitFor()
  expect(await panel(page).getByLabel('E-mail').inputValue()).toBe(taken)
  await page.keyboard.press('Escape')
  // Escape left the form, and the panel stays.
  await panel(page).getByRole('heading', { name: 'Details' }).waitFor()
})

test('the status is changed from the head of the panel, and a refusal says so', async () => {
  const page = await visit(`/p/p1/contacts?open=${first().id}`)
  const choose = async (status: string) => {
    await panel(page)
      .getByRole('button', { name: /^Change status/ })
      .click()
    await page.getByRole('menuitem', { name: status }).click()
  }
  await choose(ACTIVE)
  await panel(page)
    .getByRole('button', { name: `Change status: ${ACTIVE}` })
    .waitFor()
  dashboard.server.state.failing = ['contacts/contact_1']
  await choose('New Lead')
  await page.getByText('Neema Mushi was not changed').waitFor()
  await panel(page)
    .getByRole('button', { name: `Change status: ${ACTIVE}` })
    .waitFor()
})

test('a new contact is asked for within ten seconds and appears without a reload', async () => {
  const page = await visit('/p/p1/contacts')
  await page.clock.install()
  const asked = page.waitForRequest(/\/contacts\?/)
  dashboard.server.state.crm.contacts.push({
    ...first(),
    id: 'contact_new',
    first_name: 'Just',
    last_name: 'Arrived',
    last_activity: new Date().toISOString(),
    estimated_deal_value: money(90_000),
  })
  dashboard.server.say({ type: 'visible', at: new Date().toISOString() })
  await page.clock.runFor(10_000)
  await asked
  await page.getByText('Just Arrived').waitFor()
})

test('all contacts of the search are exported by the server, and the dialog says how many before', async () => {
  const page = await visit('/p/p1/contacts?status=New+Lead')
  const expected = dashboard.server.state.crm.contacts.filter(({ lead_status }) => lead_status === 'New Lead').length
  await page.getByRole('button', { name: 'Export contacts as CSV' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export contacts' })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: `Export ${expected} contacts` }).click(),
  ])
  expect(download.suggestedFilename()).toBe('coral-coast-ferries-contacts-2026-11-21.csv')
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
  const status = lines[0]?.split(',').indexOf('lead_status') ?? -1
  expect(lines.slice(1).map((line) => line.split(',')[status])).toEqual(
    Array.from({ length: expected }, () => 'New Lead'),
  )
  await dialog.waitFor({ state: 'detached' })
})

test('a count that fails is shown, and the file can be had all the same', async () => {
  const page = await visit('/p/p1/contacts')
  await page.getByRole('button', { name: 'Export contacts as CSV' }).waitFor()
  dashboard.server.state.failing = ['/contacts']
  await page.getByRole('button', { name: 'Export contacts as CSV' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export contacts' })
  await dialog.getByRole('alert').waitFor()
  await dialog.getByRole('link', { name: 'Export contacts' }).waitFor()
})

test('the list is used by keyboard', async () => {
  const page = await visit('/p/p1/contacts')
  const rows = page.getByRole('table').getByRole('row')
  await rows.nth(1).focus()
  await page.keyboard.press('Enter')
  await panel(page).getByRole('heading', { name: 'Neema Mushi' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('complementary', { name: /baraka/ }).waitFor()
  expect(await rows.nth(2).evaluate((row) => row === document.activeElement)).toBe(true)
})

test('a viewer sees the pipeline, but no person, and learns why', async () => {
  const page = await dashboard.visit('/p/p2/contacts')
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.getByText('You need the analyst role to see contacts').waitFor()
  await page.getByRole('region', { name: 'Pipeline' }).getByText('Abandoned Booking').waitFor()
  expect(await page.getByRole('region', { name: 'Pipeline' }).getByRole('button').count()).toBe(0)
  expect(asked.filter((path) => /\/(contacts|tasks)$/.test(path) && path.startsWith('/api/'))).toEqual([])
})

test('a list that cannot be read says so and is asked for again', async () => {
  dashboard.server.state.failing = ['/contacts']
  const page = await dashboard.visit('/p/p1/contacts')
  await page.getByText('The contacts could not be loaded').waitFor()
  await page.getByRole('region', { name: 'Pipeline' }).getByText('All contacts').waitFor()
  dashboard.server.state.failing = []
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Neema Mushi').waitFor()
})
