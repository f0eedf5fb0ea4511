// Changes against the period before, and where there is none to compare with.
import type { Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const DAY = 86_400_000
const REASON = /before the first event/

/** A project made just now that brought the events of the last 31 days with it. */
beforeEach(() => {
  dashboard.server.state.firstEventAt = Date.now() - 31 * DAY
  for (const project of dashboard.server.state.projects) project.created_at = new Date().toISOString()
})

const visitors = (page: Page) => page.getByRole('button', { name: /^Visitors/ })

async function visit(path: string): Promise<Page> {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

test('a period before that begins earlier than the events is not compared with', async () => {
  const page = await visit('/p/p1/overview?period=30d')
  expect(await visitors(page).innerText()).toMatch(/–$/)
  expect(await visitors(page).getByText('–').getAttribute('title')).toMatch(REASON)
  await visitors(page).hover()
  await page.getByRole('tooltip').getByText(REASON).waitFor()
  await page.getByRole('region', { name: 'Top pages' }).getByTitle(REASON).first().waitFor()
  expect(await page.getByRole('main').innerText()).not.toMatch(/[+−]\d+(\.\d)?%/)
  expect(await page.getByText(/Previous period:/).count()).toBe(0)
})

test('a period before full of events is compared with, however young the project is', async () => {
  const page = await visit('/p/p1/overview')
  await expect.poll(() => visitors(page).innerText()).toMatch(/[+−][\d,.]+%/)
  await page
    .getByText(/Previous period/)
    .first()
    .waitFor()
})

test('a filter does not decide when the events begin', async () => {
  const page = await visit('/p/p1/friction?period=30d&device=mobile')
  await expect.poll(() => page.getByRole('region', { name: 'Kinds of friction' }).getByTitle(REASON).count()).toBe(8)
  await page.goto(`${dashboard.server.url}/p/p1/friction?device=mobile`)
  await waitUntilLoaded(page)
  await expect.poll(() => page.getByTitle(REASON).count()).toBe(0)
})

test('a project older than the period before is not asked for the beginning of its events', async () => {
  for (const project of dashboard.server.state.projects) project.created_at = '2020-01-01T00:00:00Z'
  const page = await dashboard.visit('/p/p1/friction')
  let asked = 0
  page.on('request', (request) => (asked += /\/overview\?/.test(request.url()) ? 1 : 0))
  await page.reload()
  await waitUntilLoaded(page)
  expect(asked).toBe(0)
  expect(await page.getByTitle(REASON).count()).toBe(0)
})
