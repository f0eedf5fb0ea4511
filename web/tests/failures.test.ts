// Addresses without a page, and pages that break: what is said, and the way out.
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

test('an unknown project is a page of its own, without links into it', async () => {
  const page = await dashboard.visit('/p/unknown/friction')
  await page.getByRole('heading', { name: 'Page not found', level: 1 }).waitFor()
  expect(await page.locator('a[href*=unknown]').count()).toBe(0)
  expect(dashboard.server.liveConnections()).toBe(0)
  await page.getByRole('link', { name: 'Go to overview' }).click()
  await page.waitForURL('**/p/p1/overview')
})

test('an unknown page of a project keeps the rail and leads to the overview', async () => {
  const page = await dashboard.visit('/p/p1/nonsense')
  await page.getByText('Page not found').waitFor()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Not found')
  await page.getByRole('navigation', { name: 'Areas' }).waitFor()
  await page.getByRole('link', { name: 'Go to overview' }).click()
  await page.waitForURL('**/p/p1/overview')
})

test('a page that breaks says so inside its frame, and the other areas still open', async () => {
  dashboard.server.state.garbled = ['/web-vitals']
  const page = await dashboard.visit('/p/p1/performance')
  await page.getByRole('alert').getByText('This page could not be loaded').waitFor()
  expect(await page.locator('main').count()).toBe(1)
  await page.getByRole('link', { name: 'Friction', exact: true }).click()
  await waitUntilLoaded(page)
  await page.getByText('Pay now').waitFor()
  // The browser's console says what broke; nothing else went wrong.
  expect(dashboard.faults().splice(0).join('\n')).toMatch(/^TypeError/)
})

test('a time zone that the browser does not know is named once, and times are those of UTC', async () => {
  const [project] = dashboard.server.state.projects
  if (project) project.time_zone = 'Mars/Olympus_Mons'
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  const notice = page.getByText('This browser does not know the time zone Mars/Olympus_Mons; times are shown in UTC.')
  expect(await notice.count()).toBe(1)
  await page.getByRole('button', { name: /Last 7 days UTC/ }).waitFor()
})

test('the initial letters are only drawn', async () => {
  const page = await dashboard.visit('/p/p1/events')
  await page.getByRole('button', { name: 'Coral Coast Ferries', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Asha Mwinyi', exact: true }).waitFor()
})
