// Goals: counted on the Overview, made, changed and deleted on their page, and who may.
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const GOALS = '/p/p1/settings/goals'

test('the overview counts each goal with its rate and value', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  const rows = page.getByRole('table', { name: 'Goals' }).getByRole('row')
  await expect.poll(() => rows.count()).toBe(4)
  expect(await rows.nth(1).innerText()).toMatch(/Buys a ticket[\s\S]*%[\s\S]*TZS/)
  expect(await rows.nth(2).innerText()).toMatch(/Looks at seats[\s\S]*10\.5%/)
})

test('without goals the overview says what they are for, and leads to them', async () => {
  dashboard.server.state.goals = []
  const page = await dashboard.visit('/p/p1/overview')
  await page.getByRole('link', { name: 'Create a goal' }).click()
  await page.waitForURL(`**${GOALS}`)
  await page.getByText('No goals yet').waitFor()
})

test('a goal is made; what the server refuses stands at its field', async () => {
  const page = await dashboard.visit(GOALS)
  await page.getByRole('button', { name: 'Create goal' }).click()
  const dialog = page.getByRole('dialog')
  const save = dialog.getByRole('button', { name: 'Create goal' })
  expect(await save.isDisabled()).toBe(true)
  await dialog.getByLabel('Name').fill('Sees the offer')
  await dialog.getByRole('combobox', { name: 'Page' }).fill('offers')
  await save.click()
  await dialog
    .getByText(/begin with/i)
    .last()
    .waitFor()
  await dialog.getByRole('combobox', { name: 'Page' }).fill('/offers/*')
  await dialog.getByLabel('Worth, each time').fill('250')
  await dialog.getByLabel('Currency').fill('tzs')
  await save.click()
  await page.getByText('Goal created').waitFor()
  expect(dashboard.server.state.changes.at(-1)).toBe(
    'POST /api/projects/p1/goals {"name":"Sees the offer","kind":"page","target":"/offers/*","value":{"amount":250,"currency":"TZS"}}',
  )
  await page.getByText('Views a page that begins with /offers/').waitFor()
})

test('a goal is changed by its version, and deleted after a question', async () => {
  const page = await dashboard.visit(GOALS)
  await page.getByRole('button', { name: 'Edit Looks at seats' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'What visitors do' }).click()
  await page.getByRole('option', { name: 'Places an order' }).click()
  expect(await dialog.getByLabel('Page').count()).toBe(0)
  await dialog.getByRole('button', { name: 'Save goal' }).click()
  await page.getByText('Goal saved').waitFor()
  expect(dashboard.server.state.changes.at(-1)).toBe(
    'PUT /api/projects/p1/goals/g2 {"name":"Looks at seats","kind":"order","target":"","version":2}',
  )
  await page.getByRole('button', { name: 'Delete Calls us' }).click()
  await page.getByRole('button', { name: 'Delete goal' }).click()
  await page.getByText('Goal deleted').waitFor()
  await expect.poll(() => page.getByText('Calls us', { exact: true }).count()).toBe(0)
})

test('somebody else’s change is not overwritten', async () => {
  const page = await dashboard.visit(GOALS)
  await page.getByRole('button', { name: 'Edit Looks at seats' }).click()
  dashboard.server.state.goals = dashboard.server.state.goals.map((goal) => ({ ...goal, version: goal.version + 1 }))
  await page.getByRole('button', { name: 'Save goal' }).click()
  await page.getByText('the goal has changed since; load it again').waitFor()
})

test('a viewer sees goals and changes none', async () => {
  const page = await dashboard.visit('/p/p2/settings/goals')
  await page.getByText('Buys a ticket').waitFor()
  expect(await page.getByRole('button', { name: /Create goal|^Edit|^Delete/ }).count()).toBe(0)
})

test('figures of what visits are worth are drawn, and stay in the address', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  await page.getByRole('button', { name: /^Engaged rate/ }).click()
  await page.waitForURL('**/overview?metric=engaged')
  await page.getByRole('img', { name: /^Engaged rate over time/ }).waitFor()
  await page.getByRole('button', { name: /^Revenue/ }).click()
  await page.waitForURL('**/overview?metric=revenue-TZS')
  await page.getByRole('button', { name: 'Show as table' }).first().click()
  await page.getByRole('columnheader', { name: 'Revenue in TZS' }).waitFor()
})

test('when conversions cannot be loaded, the other figures stay', async () => {
  dashboard.server.state.failing = ['/engagement']
  const page = await dashboard.visit('/p/p1/overview?metric=engaged')
  await page.getByText('Conversions and revenue could not be loaded').waitFor()
  await page.getByRole('img', { name: /^Visitors over time/ }).waitFor()
  dashboard.server.state.failing = []
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: /^Conversion rate/ }).waitFor()
})
