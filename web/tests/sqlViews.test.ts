// The views of SQL, the command palette and the sheet of shortcuts in both schemes and on a small screen.
import type { Page } from 'playwright-core'
import { runId } from './mock/questionRuns'
import { FAILED, OWN, SHARED, WEEKLY } from './mock/savedQuestions'
import { checkViews } from './support/views'

const statement = (text: string) => `/p/p1/sql?sql=${encodeURIComponent(text)}`

async function run(page: Page) {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page
    .getByText(/rows? in|there is no/)
    .first()
    .waitFor()
}

async function openPalette(page: Page, query: string) {
  await page.keyboard.press('Control+K')
  await page.getByRole('combobox', { name: 'Search and commands' }).fill(query)
  await page.getByRole('option').first().waitFor()
  if (query)
    await page
      .getByRole('option', { name: /Contact$/ })
      .first()
      .waitFor()
}

const openSchedule = (page: Page) => page.getByRole('button', { name: 'Schedule', exact: true }).click()

async function openMonthly(page: Page) {
  await openSchedule(page)
  await page.getByLabel('Runs', { exact: true }).selectOption('Every month')
}

async function openSheet(page: Page) {
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
}

checkViews([
  { name: 'sql', path: '/p/p1/sql' },
  {
    name: 'sql-answer',
    path: statement(
      "SELECT id, email, name\nFROM users u\nWHERE registered_at > now() - INTERVAL '90 days' -- the newest\nORDER BY registered_at DESC",
    ),
    act: run,
  },
  { name: 'sql-error', path: statement('SELECT id,\n  nme\nFROM users'), act: run },
  {
    name: 'sql-parameters',
    path: `${statement('SELECT * FROM users WHERE id = $user AND registered_at > $since AND active = $active')}&p=${encodeURIComponent('{"since":"timestamp:2026-11-01T12:30:00Z","active":"boolean:true"}')}`,
  },
  { name: 'sql-saved', path: `/p/p1/sql?q=${SHARED}` },
  { name: 'sql-run', path: `/p/p1/sql?q=${SHARED}&run=${runId(SHARED, 1)}` },
  { name: 'sql-run-compared', path: `/p/p1/sql?q=${WEEKLY}&run=${runId(WEEKLY, 1)}&compare=true` },
  { name: 'sql-run-removed', path: `/p/p1/sql?q=${SHARED}&run=${runId(SHARED, 8)}` },
  { name: 'sql-run-failed', path: `/p/p1/sql?q=${FAILED}&run=${runId(FAILED, 1)}` },
  { name: 'sql-runs-none', path: `/p/p1/sql?q=${SHARED}`, state: { questionRuns: {} } },
  { name: 'sql-runs-error', path: `/p/p1/sql?q=${SHARED}`, state: { failing: ['/runs'] } },
  {
    name: 'sql-run-error',
    path: `/p/p1/sql?q=${SHARED}&run=${runId(SHARED, 1)}`,
    state: { failing: [runId(SHARED, 1)] },
  },
  { name: 'sql-schedule', path: `/p/p1/sql?q=${SHARED}`, act: openSchedule },
  { name: 'sql-schedule-new', path: `/p/p1/sql?q=${OWN}`, act: openMonthly },
  {
    name: 'sql-save',
    path: statement('SELECT 1'),
    act: (page) => page.getByRole('button', { name: 'Save', exact: true }).click(),
  },
  { name: 'sql-empty', path: statement('SELECT 1'), state: { isEmpty: true }, act: run },
  { name: 'sql-viewer', path: '/p/p2/sql' },
  { name: 'sql-missing', path: '/p/p1/sql?q=0193a1b2-0000-7d4c-8f00-ffffffffffff' },
  { name: 'sql-schema-error', path: '/p/p1/sql', state: { failing: ['/schema'] } },
  { name: 'palette', path: '/p/p1/overview', act: (page) => openPalette(page, '') },
  { name: 'palette-people', path: '/p/p1/overview', act: (page) => openPalette(page, 'ne') },
  { name: 'shortcuts', path: '/p/p1/overview', act: (page) => openSheet(page) },
])
