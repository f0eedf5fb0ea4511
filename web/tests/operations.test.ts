// Operations: who sees the page, what is at the top, how endpoints are sorted, and a job that is run now.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'
import { checkViews } from './support/views'

const PATH = '/p/p1/operations'
const dashboard = useDashboard()
const rowsOf = (page: Page, table: string) => page.getByRole('table', { name: table }).locator('tbody tr')

async function visit(path: string): Promise<Page> {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

test('the owner of the server finds it in the rail', async () => {
  const page = await visit('/p/p1/overview')
  const link = page.getByRole('link', { name: 'Operations' })
  // The rail is longer than the window, and scrolls above the member.
  await link.scrollIntoViewIfNeeded()
  const entry = await link.boundingBox()
  const member = await page.getByRole('button', { name: 'Asha Mwinyi' }).boundingBox()
  expect((entry?.y ?? Infinity) + (entry?.height ?? 0)).toBeLessThanOrEqual(member?.y ?? 0)
  // Once: no group of the rail has the name of a page.
  expect(await page.getByRole('navigation', { name: 'Areas' }).getByText('Operations', { exact: true }).count()).toBe(1)
  await page.getByRole('link', { name: 'Operations' }).click()
  await page.waitForURL(`**${PATH}`)
  const strip = page.getByRole('region', { name: 'This server' })
  await strip.getByText('Requests per minute').waitFor()
  // 160,194 requests in 280 seconds.
  await strip.getByTitle('34,327').waitFor()
  await strip.getByText('0.0%').first().waitFor()
  await strip.getByText('6.9 ms').waitFor()
  await strip.getByText('41.0 GB').waitFor()
})

test('others have no such entry and read whose page it is', async () => {
  dashboard.server.state.isServerOwner = false
  const page = await visit(PATH)
  await page.getByText('Only the owner of this server sees these figures').waitFor()
  expect(await page.getByRole('link', { name: 'Operations' }).count()).toBe(0)
})

test('endpoints are sorted by a column, and the address says so', async () => {
  const page = await visit(PATH)
  const first = () => rowsOf(page, 'Response times by endpoint').first().innerText()
  expect(await first()).toContain('/api/sql')
  await page.getByRole('button', { name: 'Requests', exact: true }).click()
  await page.waitForURL(/sort=requests/)
  expect(await first()).toContain('/ingest-events')
  await page.getByRole('button', { name: 'Requests', exact: true }).click()
  await page.waitForURL(/order=asc/)
  expect(await first()).toContain('/resend')
  await page.getByText('Since the start', { exact: true }).click()
  await page.waitForURL(/span=start/)
})

test('the cleanup is run now, and what it did is shown', async () => {
  const page = await visit(PATH)
  const cleanup = rowsOf(page, 'Jobs').first()
  await cleanup.getByText('14 calls checked, 6 ends inferred').waitFor()
  await cleanup.getByRole('button', { name: /^Run now/ }).click()
  await page.getByText('Session completion (cleanup): 3 calls checked, 2 ends inferred, in 12.4 ms').waitFor()
  await cleanup.getByText('3 calls checked, 2 ends inferred').waitFor()
  expect(dashboard.server.state.changes).toContain('POST /api/operations/jobs/session_completion/run')
})

test('a job that began meanwhile is not run twice, and says so', async () => {
  const page = await visit(PATH)
  dashboard.server.state.runningJobs = ['lake_maintenance']
  await page.getByRole('button', { name: 'Run now: Lake maintenance' }).click()
  await page.getByText('Lake maintenance did not run').waitFor()
  await page.getByText(/the job is already running/i).waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'Run now: Lake maintenance' }).isDisabled()).toBe(true)
})

test('a job that failed stands out with its reason', async () => {
  const page = await visit(PATH)
  await page.getByText('1 job failed').waitFor()
  await page.getByText('Failed: the catalog is unavailable').waitFor()
})

checkViews([
  { name: 'operations', path: PATH },
  { name: 'operations-empty', path: PATH, state: { isEmpty: true } },
  { name: 'operations-error', path: PATH, state: { failing: ['/api/operations'] } },
  { name: 'operations-loading', path: PATH, state: { isSilent: true }, isLoading: true },
  { name: 'operations-others', path: PATH, state: { isServerOwner: false } },
])
