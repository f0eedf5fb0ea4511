// Scheduled questions: setting when they run, their past answers, and how these differ.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { runId, weeklyRuns } from './mock/questionRuns'
import { FAILED, OWN, SHARED, WEEKLY } from './mock/savedQuestions'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

async function visit(search: string): Promise<Page> {
  const page = await dashboard.visit(`/p/p1/sql?${search}`)
  await waitUntilLoaded(page)
  return page
}

const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)
const lastQuestion = () => {
  const change = dashboard.server.state.changes.at(-1) ?? ''
  return JSON.parse(change.slice(change.indexOf('{'))) as { version: number; question: Record<string, unknown> }
}
const inDarEsSalaam = () => {
  dashboard.server.state.projects = dashboard.server.state.projects.map((project) => ({
    ...project,
    time_zone: 'Africa/Dar_es_Salaam',
  }))
}
const past = (page: Page) => page.getByRole('region', { name: 'Past answers' })
const answer = (page: Page) => page.getByRole('region', { name: 'Answer', exact: true })
const line = (page: Page, question: string) => page.getByRole('region', { name: question }).getByText(/^Runs /)
const openSchedule = (page: Page) => page.getByRole('button', { name: 'Schedule', exact: true }).click()
const rowOf = (page: Page, text: string) => page.getByRole('region', { name: 'Rows' }).getByRole('row', { name: text })

test('a question is scheduled by the clock of the project, and its whole content is sent', async () => {
  inDarEsSalaam()
  const page = await visit(`q=${OWN}`)
  await openSchedule(page)
  const dialog = page.getByRole('dialog', { name: 'Schedule “Users without a name”' })
  await dialog.getByLabel('Runs', { exact: true }).selectOption('Every week')
  await dialog.getByLabel('On', { exact: true }).selectOption('Friday')
  await dialog.getByLabel('At (Dar es Salaam)').fill('18:15')
  await dialog.getByText('The next three runs (Africa/Dar_es_Salaam)').waitFor()
  const next = await dialog.getByRole('list', { name: 'The next three runs' }).getByRole('listitem').allInnerTexts()
  expect(next).toHaveLength(3)
  for (const text of next) expect(text).toMatch(/^Friday \d+ \w+( \d{4})?, 18:15$/)
  await dialog.getByRole('button', { name: 'Save schedule' }).click()
  await page.getByText('Schedule saved').waitFor()
  expect(lastQuestion()).toEqual({
    version: 1,
    question: {
      name: 'Users without a name',
      description: '',
      visibility: 'own',
      statement: 'SELECT * FROM users',
      parameters: [],
      chart: null,
      schedule: { every: 'week', weekday: 'friday', at: '18:15' },
    },
  })
  await line(page, 'Users without a name').waitFor()
  expect(await line(page, 'Users without a name').innerText()).toBe('Runs every Friday at 18:15 (Africa/Dar_es_Salaam)')
})

test('a question that gets a schedule runs at once, and its answer appears', async () => {
  const page = await visit(`q=${OWN}`)
  await openSchedule(page)
  await page.getByText('It also runs once as soon as you save the schedule.', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Save schedule' }).click()
  await page.getByText('Due now').waitFor()
  await past(page).getByText('The first one appears here within a minute.').waitFor()
  const { state } = dashboard.server
  state.questionRuns[OWN] = weeklyRuns(OWN, Date.now())
    .slice(0, 1)
    .map((run) => ({ ...run, due_at: new Date().toISOString() }))
  await past(page).getByRole('link').getByText('4 rows in 85 ms').waitFor()
  await page.getByText(/^Next in \d+ (h|min)$/).waitFor()
})

test('a schedule that changes runs at its next time, not at once', async () => {
  const page = await visit(`q=${SHARED}`)
  await openSchedule(page)
  expect(await page.getByText('It also runs once as soon as you save the schedule.', { exact: false }).count()).toBe(0)
  await page.getByLabel('Runs', { exact: true }).selectOption('Every hour')
  await page.getByRole('button', { name: 'Save schedule' }).click()
  await expect.poll(() => line(page, 'Orders a day').innerText()).toBe('Runs every hour')
  await page.getByText('Next in 3 h').waitFor()
})

test('a schedule is removed, and the past answers stay', async () => {
  const page = await visit(`q=${SHARED}`)
  expect(await line(page, 'Orders a day').innerText()).toBe('Runs every day at 07:00 (UTC)')
  await openSchedule(page)
  await page.getByRole('button', { name: 'Remove schedule' }).click()
  await page.getByText('Schedule removed').waitFor()
  expect(lastQuestion().question).toMatchObject({ schedule: null, chart: { shape: 'bar', x: 'day' } })
  await expect.poll(() => line(page, 'Orders a day').count()).toBe(0)
  expect(await past(page).getByRole('listitem').count()).toBe(8)
})

test('a parameter without a value keeps a question from being scheduled', async () => {
  const { state } = dashboard.server
  state.savedQuestions = state.savedQuestions.map((question) =>
    question.id === OWN
      ? { ...question, statement: 'SELECT $least', parameters: [{ name: 'least', type: 'number' as const }] }
      : question,
  )
  const page = await visit(`q=${OWN}`)
  await openSchedule(page)
  await page.getByRole('alert').getByText('$least has none.').waitFor()
  expect(await page.getByRole('button', { name: 'Save schedule' }).isDisabled()).toBe(true)
})

test('a schedule without a time is not saved', async () => {
  const page = await visit(`q=${OWN}`)
  await openSchedule(page)
  await page.getByLabel('At (UTC)').fill('')
  expect(await page.getByRole('button', { name: 'Save schedule' }).isDisabled()).toBe(true)
  await page.getByLabel('Runs', { exact: true }).selectOption('Every hour')
  expect(await page.getByRole('list', { name: 'The next three runs' }).getByRole('listitem').count()).toBe(3)
  await page.getByRole('button', { name: 'Save schedule' }).click()
  await page.getByText('Schedule saved').waitFor()
  expect(lastQuestion().question).toMatchObject({ schedule: { every: 'hour' } })
})

test('a question that somebody else changed meanwhile is scheduled with their changes', async () => {
  const page = await visit(`q=${OWN}`)
  const { state } = dashboard.server
  state.savedQuestions = state.savedQuestions.map((question) => ({
    ...question,
    version: 7,
    statement: 'SELECT theirs FROM users',
  }))
  await openSchedule(page)
  await page.getByRole('button', { name: 'Save schedule' }).click()
  await page.getByText('Somebody else saved this question while you were editing its schedule.').waitFor()
  await page.getByRole('button', { name: 'Keep their changes and save the schedule' }).click()
  await page.getByText('Schedule saved').waitFor()
  expect(lastQuestion()).toMatchObject({
    version: 7,
    question: { statement: 'SELECT theirs FROM users', schedule: { every: 'day', at: '07:00' } },
  })
})

test('saving a scheduled question keeps its schedule, and needs a value for each parameter', async () => {
  const page = await visit(`q=${SHARED}`)
  const field = page.getByRole('group', { name: 'Parameters' }).getByLabel('$country', { exact: true })
  await field.fill('KE')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Save question' }).click()
  await page.getByText('Question saved').waitFor()
  expect(lastQuestion().question).toMatchObject({ schedule: { every: 'day', at: '07:00' } })
  await field.fill('')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('This question runs every day at 07:00.', { exact: false }).waitFor()
  expect(await page.getByRole('button', { name: 'Save question' }).isDisabled()).toBe(true)
})

test('a copy of a scheduled question does not run by itself', async () => {
  const page = await visit(`q=${WEEKLY}`)
  await page.getByRole('button', { name: 'Actions for Bookings by route' }).click()
  await page.getByRole('menuitem', { name: 'Save as new' }).click()
  await page.getByRole('button', { name: 'Save question' }).click()
  await page.getByText('Question saved').waitFor()
  expect(dashboard.server.state.changes.at(-1)).toMatch(/^POST .*"name":"Copy of Bookings by route"/)
  expect(dashboard.server.state.changes.at(-1)).not.toContain('schedule')
})

test('who may not change a question reads its schedule only', async () => {
  dashboard.server.state.projects = dashboard.server.state.projects.map((project) => ({ ...project, role: 'analyst' }))
  const page = await visit(`q=${SHARED}`)
  expect(await line(page, 'Orders a day').innerText()).toBe('Runs every day at 07:00 (UTC)')
  expect(await page.getByRole('button', { name: 'Schedule', exact: true }).count()).toBe(0)
})

test('a past answer is shown in place of the live one, by its link, as a chart and as a file', async () => {
  const page = await visit(`q=${SHARED}`)
  await answer(page).getByText('60 rows in 84 ms').waitFor()
  await past(page).getByRole('link').first().click()
  await page.getByText(/^Answer of \w+day \d+ \w+( \d{4})?, 07:00$/).waitFor()
  await expect.poll(() => parameter(page, 'run')).toBe(runId(SHARED, 1))
  const marks = past(page)
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.hasAttribute('aria-current')))
  expect(await marks).toEqual([true, false, false, false, false, false, false])
  await answer(page).getByText('60 rows in 85 ms').waitFor()
  await page.reload()
  await waitUntilLoaded(page)
  await page.getByRole('img', { name: /^orders by day, 3 series over 20 values/ }).waitFor()
  await page.getByText('Table', { exact: true }).click()
  const download = page.waitForEvent('download')
  const asked = page.waitForRequest((request) => request.url().endsWith(`/runs/${runId(SHARED, 1)}?format=csv`))
  await page.getByRole('button', { name: 'Download as CSV' }).click()
  await asked
  expect((await download).suggestedFilename()).toMatch(/^orders-a-day-\d{4}-\d\d-\d\d\.csv$/)
  // Its first column has a day three times.
  await page.getByText('To compare answers, the first column must be different in each row.').waitFor()
  const run = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/sql'))
  await page.getByRole('button', { name: 'Run again' }).click()
  await run
  await answer(page).getByText('60 rows in 84 ms').waitFor()
  expect(parameter(page, 'run')).toBeNull()
})

test('an answer that is opened by its link is not computed again', async () => {
  const requests: string[] = []
  const page = await dashboard.visit('/p/p1/overview')
  page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`))
  await page.goto(`${new URL(page.url()).origin}/p/p1/sql?q=${SHARED}&run=${runId(SHARED, 2)}`)
  await answer(page).getByText('60 rows in 85 ms').waitFor()
  expect(requests.filter((request) => request.startsWith('POST'))).toEqual([])
})

test('runs that failed say why, and have no answer to open', async () => {
  const page = await visit(`q=${SHARED}`)
  const failed = past(page).getByRole('listitem').nth(2)
  await failed.getByText('Failed').waitFor()
  await failed.getByText('The statement was ended after 30 seconds; select fewer rows or a shorter period.').waitFor()
  expect(await failed.getByRole('link').count()).toBe(0)
  await page.goto(page.url().replace(/\?.*/, `?q=${SHARED}&run=${runId(SHARED, 3)}`))
  await page.getByText('This run failed').waitFor()
})

test('an answer that an erasure removed says so', async () => {
  const page = await visit(`q=${SHARED}&run=${runId(SHARED, 8)}`)
  await page.getByText('This answer was removed because a person was erased').waitFor()
  await page.goto(page.url().replace(/run=.*/, `run=${runId(SHARED, 99)}`))
  await page.getByText('This answer is no longer kept').waitFor()
})

test('an answer is compared with the one before', async () => {
  const page = await visit(`q=${WEEKLY}&run=${runId(WEEKLY, 1)}`)
  await answer(page).getByText('4 rows in 85 ms').waitFor()
  await page.getByLabel(/^Compare with Monday \d+ \w+( \d{4})?, 07:00$/).check()
  await page.getByText('1 added, 1 removed, 1 changed, 2 the same').waitFor()
  await expect.poll(() => parameter(page, 'compare')).toBe('true')
  await rowOf(page, 'Changed').getByText('was 99').waitFor()
  await rowOf(page, 'Removed').waitFor()
  await rowOf(page, 'Added').waitFor()
  await page.getByLabel('Only changes').check()
  await expect.poll(() => page.getByRole('region', { name: 'Rows' }).locator('tbody tr').count()).toBe(3)
  await page.reload()
  await waitUntilLoaded(page)
  await page.getByText('1 added, 1 removed, 1 changed, 2 the same').waitFor()
  await page.getByText('Bars', { exact: true }).click()
  await page.getByRole('img', { name: /^bookings, value by route/ }).waitFor()
  expect(parameter(page, 'compare')).toBeNull()
})

test('the answer before may have been removed', async () => {
  const { state } = dashboard.server
  state.questionRuns[WEEKLY] = (state.questionRuns[WEEKLY] ?? []).map((run, index) =>
    index === 1 ? { ...run, answer: null } : run,
  )
  const page = await visit(`q=${WEEKLY}&run=${runId(WEEKLY, 1)}&compare=true`)
  await page.getByText('The answer before was removed because a person was erased.').waitFor()
  await answer(page).getByText('4 rows in 85 ms').waitFor()
})

test('the list of questions shows which run by themselves, and which failed', async () => {
  const page = await visit(`q=${OWN}`)
  const side = page.getByRole('complementary', { name: 'Tables, saved questions and history' })
  await side.getByRole('img', { name: 'Runs every Monday at 07:00 (UTC)' }).waitFor()
  await side
    .getByRole('link', { name: /^Slow pages/ })
    .getByText('The last run failed')
    .waitFor()
  expect(await side.getByText('The last run failed').count()).toBe(1)
  expect(
    await side
      .getByRole('link', { name: /^Users without a name/ })
      .getByRole('img')
      .count(),
  ).toBe(0)
  await side.getByRole('link', { name: /^Slow pages/ }).click()
  await past(page).getByText('There is no table page_views_old.').waitFor()
  expect(parameter(page, 'q')).toBe(FAILED)
})
