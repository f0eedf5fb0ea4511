// SQL: running statements, errors at their place, answers, parameters, charts, saved questions, and what stays on the device.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { OWN, SHARED } from './mock/savedQuestions'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

async function visit(path = '/p/p1/sql'): Promise<Page> {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

const editor = (page: Page) => page.getByRole('textbox', { name: 'Statement' })
/** As a person types: CodeMirror takes keys, not values. */
async function write(page: Page, statement: string) {
  await editor(page).click()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(statement)
}
const written = (page: Page) =>
  editor(page).evaluate((element) =>
    [...element.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n'),
  )
const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)
const asked = (page: Page) =>
  page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/sql'))
const body = async (request: ReturnType<typeof asked>) => (await request).postDataJSON() as Record<string, unknown>
const lastChange = () => dashboard.server.state.changes.at(-1) ?? ''

test('an example is run by the keyboard, and its rows are counted', async () => {
  const page = await visit()
  await page.getByRole('button', { name: 'Use this example: Share of sessions that ended' }).click()
  expect(await written(page)).toContain('FROM user_sessions')
  const request = asked(page)
  await page.keyboard.press('Control+Enter')
  expect(await body(request)).toMatchObject({ limit: 1_000 })
  await page.getByText('60 rows in 84 ms').waitFor()
  await expect.poll(() => parameter(page, 'sql')).toContain('COUNT(*) AS total_sessions')
  await page.reload()
  await waitUntilLoaded(page)
  expect(await written(page)).toContain('COUNT(*) AS total_sessions')
})

test('only what is selected runs', async () => {
  const page = await visit(`/p/p1/sql?sql=${encodeURIComponent('SELECT 1')}`)
  await write(page, 'SELECT 2')
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
  await page.keyboard.press('Control+A')
  await page.getByRole('button', { name: 'Run selection' }).waitFor()
  await page.keyboard.press('Home')
  for (let letter = 0; letter < 6; letter++) await page.keyboard.press('Shift+ArrowRight')
  const request = asked(page)
  await page.getByRole('button', { name: 'Run selection' }).click()
  expect(await body(request)).toMatchObject({ query: 'SELECT' })
})

test('an error is underlined at its place, and goes when the statement changes', async () => {
  const page = await visit()
  await write(page, 'SELECT id,\n  nme\nFROM users')
  await page.keyboard.press('Control+Enter')
  await page
    .getByRole('alert')
    .getByText('line 2, column 3: there is no column nme; did you mean name?', { exact: false })
    .waitFor()
  expect(await page.locator('.ff-wrong').innerText()).toBe('nme')
  await page.getByRole('button', { name: 'Go to line 2' }).click()
  await page.keyboard.press('Delete')
  await expect.poll(() => page.locator('.ff-wrong').count()).toBe(0)
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('an error in a selection is underlined in the whole text', async () => {
  const page = await visit()
  await write(page, 'SELECT 1;\nSELECT nme')
  await page.keyboard.press('Shift+Home')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Go to line 2' }).waitFor()
  expect(await page.locator('.ff-wrong').innerText()).toBe('nme')
})

test('tables, columns and functions are completed with their types', async () => {
  const page = await visit()
  await write(page, 'SELECT u. FROM users u')
  for (let letter = 0; letter < ' FROM users u'.length; letter++) await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('em')
  const options = page.getByRole('listbox', { name: 'Completions' })
  await options.getByRole('option', { name: /email.*text/ }).click()
  expect(await written(page)).toBe('SELECT u.email FROM users u')
  await write(page, 'SELECT date_tr')
  await page.keyboard.press('Control+Space')
  await options.getByRole('option', { name: /date_trunc.*times/ }).click()
  await expect.poll(() => written(page)).toBe('SELECT date_trunc(')
})

test('a running statement is given up', async () => {
  const page = await visit()
  await write(page, 'SELECT pg_sleep(60)')
  const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/sql'))
  await page.keyboard.press('Control+Enter')
  await page.getByText('Running …').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await failed
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('values are shown by their types, a page at a time', async () => {
  const page = await visit(`/p/p1/sql?limit=10000&sql=${encodeURIComponent('SELECT * FROM users')}`)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText('2,500 rows in 84 ms').waitFor()
  const row = (index: number) => page.getByRole('region', { name: 'Rows' }).locator('tbody tr').nth(index)
  expect(await row(0).locator('td').nth(2).innerText()).toBe('NULL')
  expect(await row(7).locator('td').nth(2).innerText()).toBe('empty')
  expect(await row(0).locator('td').nth(3).innerText()).toMatch(/^\d+ \w+ \d{4}, 00:00:00 UTC$/)
  expect(await row(0).locator('td').nth(5).getAttribute('data-align')).toBe('right')
  await row(0).locator('summary').click()
  expect(await row(0).locator('pre').innerText()).toContain('"plan": "premium"')
  await page.getByText('Rows 1 to 100 of 2,500').waitFor()
  await page.getByRole('button', { name: 'Rows after' }).click()
  await page.getByText('Rows 101 to 200 of 2,500').waitFor()
  expect(await row(0).locator('td').first().innerText()).toBe('u101')
})

test('more rows than the limit are said, and the file has them', async () => {
  const page = await visit(`/p/p1/sql?sql=${encodeURIComponent('SELECT * FROM users')}`)
  await page.getByRole('combobox', { name: 'Rows at most' }).selectOption('100')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText('100 rows in 84 ms, limited to 100: there are more').waitFor()
  const request = asked(page)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download as CSV' }).click()
  expect(await body(request)).toMatchObject({ query: 'SELECT * FROM users', format: 'csv', limit: 100_000 })
  expect((await download).suggestedFilename()).toBe('answer.csv')
})

test('parameters become typed fields, are bound, and an error stands at its field', async () => {
  const page = await visit()
  await write(
    page,
    "SELECT * FROM users WHERE id = $user AND sessions > $least AND registered_at > $since AND name <> '$no'",
  )
  const fields = page.getByRole('group', { name: 'Parameters' })
  await expect.poll(() => fields.getByRole('textbox').count()).toBe(3)
  await fields.getByLabel('$user', { exact: true }).fill("' OR 1=1 --")
  await fields.getByLabel('Type of least').selectOption('number')
  await fields.getByLabel('Type of since').selectOption('timestamp')
  await fields.getByLabel('$since (UTC)').fill('2026-11-01T12:30')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await fields.getByText('Has no value.').waitFor()
  const request = asked(page)
  await fields.getByLabel('$least', { exact: true }).fill('3')
  await fields.getByLabel('$least', { exact: true }).press('Enter')
  expect(await body(request)).toMatchObject({
    parameters: { user: "' OR 1=1 --", least: 3, since: '2026-11-01T12:30:00Z' },
    parameter_types: { user: 'text', least: 'number', since: 'timestamp' },
  })
  await page.getByText('1,000 rows in 84 ms').waitFor()
  await page.reload()
  await waitUntilLoaded(page)
  expect(await fields.getByLabel('$user', { exact: true }).inputValue()).toBe("' OR 1=1 --")
  expect(await fields.getByLabel('$since (UTC)').inputValue()).toBe('2026-11-01T12:30')
})

test('an answer is drawn, and the chart is in the address', async () => {
  const page = await visit(`/p/p1/sql?sql=${encodeURIComponent('SELECT * FROM orders_by_day')}`)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText('60 rows').waitFor()
  await page.getByText('Lines', { exact: true }).click()
  await page.getByRole('img', { name: 'orders, value by day, 2 series over 20 values' }).waitFor()
  await page.getByRole('combobox', { name: 'A series for each' }).click()
  await page.getByRole('option', { name: 'country' }).click()
  await page.getByRole('img', { name: /6 series over 20 values/ }).waitFor()
  expect([parameter(page, 'chart'), parameter(page, 'x'), parameter(page, 'series')]).toEqual([
    'line',
    'day',
    'country',
  ])
  await page.getByText('Table', { exact: true }).click()
  await expect.poll(() => parameter(page, 'chart')).toBeNull()
})

test('a question is saved, opened by its link with its answer, changed, and deleted', async () => {
  const page = await visit()
  await write(page, 'SELECT * FROM users WHERE name = $name')
  await page.getByRole('group', { name: 'Parameters' }).getByLabel('$name', { exact: true }).fill('Neema')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Users by name')
  await page.getByLabel('All analysts and admins of this project').check()
  await page.getByRole('button', { name: 'Save question' }).click()
  await page.getByText('Question saved').waitFor()
  expect(JSON.parse(lastChange().slice(lastChange().indexOf('{')))).toEqual({
    name: 'Users by name',
    description: '',
    visibility: 'project',
    statement: 'SELECT * FROM users WHERE name = $name',
    parameters: [{ name: 'name', type: 'text', default: 'Neema' }],
  })
  await page.getByRole('heading', { name: 'Users by name' }).waitFor()
  // It shows its answer at once, with the default.
  await page.getByText('1,000 rows in 84 ms').waitFor()
  expect(parameter(page, 'sql')).toBeNull()
  await page.getByRole('group', { name: 'Parameters' }).getByLabel('$name', { exact: true }).fill('Asha')
  await page.getByText('Edited').waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Save question' }).click()
  await page.getByText('Shared', { exact: true }).waitFor()
  expect(lastChange()).toContain('"default":"Asha"')
  await page.getByRole('button', { name: 'Actions for Users by name' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete question' }).click()
  await page.getByText('Question deleted').waitFor()
  await expect.poll(() => parameter(page, 'q')).toBeNull()
})

test('a question that somebody else changed meanwhile is saved over theirs only when that is wanted', async () => {
  const page = await visit(`/p/p1/sql?q=${OWN}`)
  await page.getByText('rows in 84 ms').waitFor()
  await write(page, 'SELECT id FROM users')
  await page.getByText('Edited').waitFor()
  dashboard.server.state.savedQuestions = dashboard.server.state.savedQuestions.map((question) => ({
    ...question,
    version: 7,
  }))
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Save question' }).click()
  await page.getByText('Somebody else saved this question while you were editing it.').waitFor()
  await page.getByRole('button', { name: 'Save over theirs' }).click()
  await page.getByText('Question saved').waitFor()
  expect(dashboard.server.state.savedQuestions.find(({ id }) => id === OWN)).toMatchObject({
    version: 8,
    statement: 'SELECT id FROM users',
  })
})

test('an analyst saves a copy of another’s question, and cannot delete it', async () => {
  dashboard.server.state.projects = dashboard.server.state.projects.map((project) => ({ ...project, role: 'analyst' }))
  const page = await visit(`/p/p1/sql?q=${SHARED}`)
  await page.getByRole('img', { name: /^orders by day/ }).waitFor()
  await page.getByRole('button', { name: 'Actions for Orders a day' }).click()
  expect(await page.getByRole('menuitem', { name: 'Delete' }).count()).toBe(0)
  await page.getByRole('menuitem', { name: 'Save as new' }).click()
  expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Copy of Orders a day')
  await page.getByRole('button', { name: 'Save question' }).click()
  await page.getByText('Question saved').waitFor()
  expect(lastChange()).toMatch(/^POST .*"chart":\{"shape":"bar","x":"day","y":\["orders"\],"series":"country"\}/)
})

test('a long statement stays on the device, and all of it goes with signing out', async () => {
  const page = await visit()
  const long = `SELECT '${'x'.repeat(2_000)}' FROM users`
  await write(page, long)
  await expect.poll(() => parameter(page, 'draft')).toBe('true')
  await page.keyboard.press('Control+Enter')
  await page.getByText('rows in 84 ms').waitFor()
  await page.reload()
  await waitUntilLoaded(page)
  expect(await written(page)).toBe(long)
  await page.getByText('History', { exact: true }).click()
  await page.getByRole('button', { name: /^SELECT 'xxx/ }).waitFor()
  const keys = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('member')))
  expect((await keys()).length).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Asha Mwinyi' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/sign-in')
  expect(await keys()).toEqual([])
})

test('tables are searched, and a column is written into the statement', async () => {
  const page = await visit()
  await write(page, 'SELECT ')
  const side = page.getByRole('complementary', { name: 'Tables, saved questions and history' })
  await side.getByLabel('Find a table or column').fill('ended_re')
  await side.getByRole('button', { name: 'Write ended_reason, text' }).click()
  expect(await written(page)).toBe('SELECT ended_reason')
})

test('a viewer reads which role it takes, and nothing is asked for', async () => {
  const requests: string[] = []
  const page = await dashboard.visit('/p/p2/overview')
  await waitUntilLoaded(page)
  page.on('request', (request) => requests.push(request.url()))
  await page.getByRole('link', { name: 'SQL', exact: true }).click()
  await page.getByText('You need the analyst role to see SQL').waitFor()
  expect(
    requests.filter((url) => /\/sql|saved-questions/.test(new URL(url).pathname) && url.includes('/api/')),
  ).toEqual([])
})
