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
  expect(dashboard.server.state.changes).toEqual([
    'PATCH /api/projects/p1/tasks/task_1 {"status":"done"}',
    'PATCH /api/projects/p1/tasks/task_1 {"status":"open"}',
  ])
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
  expect(dashboard.server.state.changes).toEqual([
    'PATCH /api/projects/p1/tasks/task_1 {"assigned_to":"m2"}',
    'PATCH /api/projects/p1/tasks/task_1 {"assigned_to":null}',
  ])
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
  if (known)
    dashboard.server.state.crm.tasks.push({
      ...known,
      id: 'task_new',
      contact_id: 'contact_20',
      title: 'Call about the lost bag',
      due_at: new Date(Date.now() + 60_000).toISOString(),
    })
  dashboard.server.say({ type: 'visible', at: new Date().toISOString() })
  await page.clock.runFor(10_000)
  await asked
  await page.getByText('Call about the lost bag').waitFor()
})

test('a viewer is told why there is no list', async () => {
  const page = await dashboard.visit('/p/p2/tasks')
  await page.getByText('You need the analyst role to see tasks').waitFor()
})

test('a task is created by hand for a contact that is searched for', async () => {
  const page = await visit('/p/p1/tasks')
  await page.getByRole('button', { name: 'New task' }).click()
  const dialog = page.getByRole('dialog', { name: 'New task' })
  await dialog.getByLabel('Title').fill('Refuse')
  await dialog.getByLabel('Contact').fill('rehema')
  await page
    .getByRole('option', { name: /Rehema/ })
    .first()
    .click()
  await dialog.getByLabel('Due').fill('2000-01-01')
  await dialog.getByText('Choose a time that lies ahead.').waitFor()
  await dialog.getByLabel('Due').fill('2100-01-01')
  await dialog.getByRole('button', { name: 'Create task' }).click()
  await dialog.getByText(/must not be empty/i).waitFor()
  await dialog.getByLabel('Title').fill('Call about the lost bag')
  await dialog.getByRole('button', { name: 'Create task' }).click()
  await dialog.waitFor({ state: 'detached' })
  await row(page, 'Call about the lost bag')
    .getByText(/Rehema/)
    .waitFor()
  expect(dashboard.server.state.changes.at(-1)).toContain('"due_at":"2100-01-01T09:00:00.000Z"')
})

test('a task is put off by a menu, and says so', async () => {
  const page = await visit('/p/p1/tasks')
  await row(page, 'Neema Mushi')
    .getByRole('button', { name: /^Snooze/ })
    .click()
  await page.getByRole('menuitem', { name: 'In 1 hour' }).click()
  await row(page, 'Neema Mushi').getByText('snoozed', { exact: true }).waitFor()
  expect(await row(page, 'Neema Mushi').getByText(/^in /).getAttribute('title')).toMatch(/snoozed by Asha Mwinyi on /)
  await row(page, 'Neema Mushi')
    .getByRole('button', { name: /^Snooze/ })
    .click()
  await page.getByRole('menuitem', { name: 'Day and time…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Snooze until' })
  await dialog.getByLabel('Day').fill('2100-01-02')
  await dialog.getByRole('button', { name: 'Snooze' }).click()
  await row(page, 'Neema Mushi').getByText(/2100/).waitFor()
  expect(dashboard.server.state.changes.at(-1)).toBe(
    'PATCH /api/projects/p1/tasks/task_1 {"snooze_until":"2100-01-02T09:00:00.000Z"}',
  )
})

test('a comment mentions a member who is suggested while one types', async () => {
  const page = await visit('/p/p1/tasks?open=contact_1')
  const panel = page.getByRole('complementary', { name: 'Contact: Neema Mushi' })
  await panel.getByRole('button', { name: '1 comment' }).click()
  await panel.getByText(/she asked for the 07:00 ferry/).waitFor()
  const field = panel.getByRole('combobox', { name: 'New comment' })
  await field.pressSequentially('Ask @jos')
  await panel.getByRole('option', { name: 'Joseph Kimaro' }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => field.inputValue()).toBe('Ask @Joseph Kimaro ')
  await field.pressSequentially('today')
  await panel.getByRole('button', { name: 'Comment', exact: true }).last().click()
  await panel.getByText('@Joseph Kimaro', { exact: true }).waitFor()
  await panel.getByRole('button', { name: '2 comments' }).waitFor()
  expect(dashboard.server.state.changes.at(-1)).toBe(
    'POST /api/projects/p1/tasks/task_1/comments {"text":"Ask @Joseph Kimaro today","mentions":["m2"]}',
  )
  await panel.getByRole('button', { name: 'Delete comment' }).click()
  await panel.getByRole('button', { name: '1 comment' }).waitFor()
})

test('Escape closes the suggestions before the panel', async () => {
  const page = await visit('/p/p1/tasks?open=contact_1')
  const panel = page.getByRole('complementary', { name: 'Contact: Neema Mushi' })
  await panel.getByRole('button', { name: '1 comment' }).click()
  await panel.getByRole('combobox', { name: 'New comment' }).pressSequentially('@')
  await panel.getByRole('listbox', { name: 'Members' }).waitFor()
  await page.keyboard.press('Escape')
  await panel.getByRole('listbox', { name: 'Members' }).waitFor({ state: 'detached' })
  await panel.waitFor()
})

test('new mentions are counted in the rail and in the tab, and lead to their task', async () => {
  const page = await visit('/p/p1/overview')
  await page.getByRole('link', { name: 'Tasks, 1 new mention' }).click()
  await page.getByRole('radiogroup', { name: 'Show' }).getByText('Mentions').click()
  await page.waitForURL('**/tasks?tab=mentions')
  const mention = page.getByRole('listitem').filter({ hasText: 'she asked for the 07:00 ferry' })
  await mention.getByRole('button', { name: 'Open task' }).click()
  await page.waitForURL('**/tasks?tab=mentions&open=contact_1&task=task_1')
  await page
    .getByRole('complementary', { name: 'Contact: Neema Mushi' })
    .getByRole('combobox', { name: 'New comment' })
    .waitFor()
  await page.getByRole('link', { name: 'Tasks', exact: true }).waitFor()
  expect(await mention.getByRole('button', { name: 'Mark as read' }).count()).toBe(0)
  expect(dashboard.server.state.changes).toEqual(['POST /api/projects/p1/mentions/read {"ids":["activity_comment_1"]}'])
})

test('without mentions the tab says how they come about', async () => {
  dashboard.server.state.talk.mentions = []
  const page = await visit('/p/p1/tasks?tab=mentions')
  await page.getByText('No mentions yet').waitFor()
})
