// Tasks: what is due, doing it, taking that back, and what happens when the server refuses.
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

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
const complete = (page: Page, name: string) => row(page, name).getByRole('button', { name: /^Complete/ })

test('open tasks stand in the order they are best done in, with what is overdue said in words', async () => {
  const page = await visit('/p/p1/tasks')
  await page.getByText('Neema Mushi').waitFor()
  const groups = await page.getByRole('rowheader').allInnerTexts()
  expect(groups).toEqual(['Due within 24 hours · 2', 'Overdue · 3', 'No due date · 3'])
  await page.getByText('35 min overdue').waitFor()
  expect(await page.getByText(/^in 5\d min$/).getAttribute('title')).toMatch(/^Due .*UTC$/)
  await page.getByText('Overdue 3').click()
  await page.waitForURL('**/tasks?tab=overdue')
  expect(await page.getByRole('table').getByRole('row').count()).toBe(4)
})

test('a task is completed at once and taken back by one click', async () => {
  const page = await visit('/p/p1/tasks')
  await complete(page, 'Neema Mushi').click()
  await row(page, 'Neema Mushi').waitFor({ state: 'detached' })
  await page.getByText('Follow up - Abandoned Booking completed').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await row(page, 'Neema Mushi').waitFor()
  expect(dashboard.server.state.changes).toEqual(['PATCH /api/projects/p1/tasks/task_1 {"status":"done"}', 'PATCH /api/projects/p1/tasks/task_1 {"status":"open"}'])
})

test('a task that the server does not complete comes back with the reason', async () => {
  const page = await visit('/p/p1/tasks')
  dashboard.server.state.failing = ['tasks/task_1']
  await complete(page, 'Neema Mushi').click()
  await page.getByText('Follow up - Abandoned Booking was not completed').waitFor()
  await page.getByText(/The catalog is locked\. · Request id/).waitFor()
  await row(page, 'Neema Mushi').waitFor()
})

test('a task is given to a member, and to nobody', async () => {
  const page = await visit('/p/p1/tasks')
  await row(page, 'Neema Mushi').getByRole('button', { name: 'Assign' }).click()
  await page.getByRole('menuitem', { name: 'Joseph Kimaro' }).click()
  await row(page, 'Neema Mushi').getByRole('button', { name: 'Assigned to Joseph Kimaro' }).click()
  await page.getByRole('menuitem', { name: 'No one' }).click()
  await row(page, 'Neema Mushi').getByRole('button', { name: 'Assign', exact: true }).waitFor()
  expect(dashboard.server.state.changes).toEqual(['PATCH /api/projects/p1/tasks/task_1 {"assigned_to":"m2"}', 'PATCH /api/projects/p1/tasks/task_1 {"assigned_to":null}'])
})

test('tasks are filtered by priority and member, in the address', async () => {
  const page = await visit('/p/p1/tasks?assigned=me')
  await page.getByText('Open 1', { exact: true }).waitFor()
  await page.getByRole('combobox', { name: 'Priority' }).click()
  await page.getByRole('option', { name: 'High' }).click()
  await page.waitForURL('**/tasks?priority=high&assigned=me')
  await page.getByText('No tasks found').waitFor()
})

test('done tasks say by whom, and are opened again', async () => {
  const page = await visit('/p/p1/tasks?tab=done')
  await page.getByRole('cell', { name: 'Asha Mwinyi' }).waitFor()
  await page.getByRole('cell', { name: 'Automatic' }).waitFor()
  await page.getByRole('button', { name: /^Reopen “Send Booking/ }).click()
  await page.getByText('Send Booking Confirmation & Welcome reopened').waitFor()
  expect(await page.getByRole('table').getByRole('row').count()).toBe(2)
})

test('a row opens the contact the task is about, where it is completed too', async () => {
  const page = await visit('/p/p1/tasks')
  await row(page, 'Neema Mushi').click()
  await page.waitForURL('**/tasks?open=contact_1')
  const panel = page.getByRole('complementary', { name: 'Contact: Neema Mushi' })
  await panel.getByRole('button', { name: /^Complete/ }).click()
  await panel.getByText('No open tasks').waitFor()
  await row(page, 'Neema Mushi').waitFor({ state: 'detached' })
})

test('Escape closes a menu of the panel before the panel', async () => {
  const page = await visit('/p/p1/tasks?open=contact_1')
  const panel = page.getByRole('complementary', { name: 'Contact: Neema Mushi' })
  await panel.getByRole('button', { name: /^Change status/ }).click()
  await page.getByRole('menuitem', { name: 'New Lead' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  await panel.waitFor()
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
})

test('a new task is asked for within ten seconds and appears without a reload', async () => {
  const page = await visit('/p/p1/tasks')
  await page.clock.install()
  const asked = page.waitForRequest(/\/tasks\?/)
  const [known] = dashboard.server.state.crm.tasks
  if (known) dashboard.server.state.crm.tasks.push({ ...known, id: 'task_new', contact_id: 'contact_20', title: 'Call about the lost bag', due_at: new Date(Date.now() + 60_000).toISOString() })
  dashboard.server.say({ type: 'visible', at: new Date().toISOString() })
  await page.clock.runFor(10_000)
  await asked
  await page.getByText('Call about the lost bag').waitFor()
})

test('a viewer is told why there is no list', async () => {
  const page = await dashboard.visit('/p/p2/tasks')
  await page.getByText('You need the analyst role to see tasks').waitFor()
})
