// Reading figures: period and filters, charts, lists, the live feed, and what happens when something fails.
import { expect, test } from 'vitest'
import { eventAt } from './mock/events'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

test('period and filters live in the address, with back and forward', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  await page.getByRole('button', { name: /Last 7 days/ }).click()
  await page.getByRole('button', { name: 'Last 30 days' }).click()
  await page.waitForURL('**/overview?period=30d')
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: 'Device' }).click()
  await page.getByRole('checkbox', { name: 'mobile' }).check()
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.waitForURL('**/overview?period=30d&device=mobile')
  await page.goBack()
  await page.waitForURL('**/overview?period=30d')
  await page.goForward()
  await page.getByRole('link', { name: 'Friction', exact: true }).click()
  await page.waitForURL('**/friction?period=30d&device=mobile')
  await page.getByRole('button', { name: 'Remove filter Device is mobile' }).click()
  await page.waitForURL('**/friction?period=30d')
})

test('a filter asks for a value as it is stored, however it is typed', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  for (const [dimension, typed, stored] of [
    ['Operating system', 'mac os x', 'os=macOS'],
    ['Browser', 'Chrome Mobile', 'browser=Chrome'],
  ] as const) {
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('button', { name: dimension, exact: true }).click()
    await page.getByRole('checkbox', { name: stored.split('=')[1] ?? '', exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'Value' }).fill(typed)
    await page.getByRole('button', { name: 'Apply' }).click()
    await expect.poll(() => dashboard.address(page)).toMatch(new RegExp(`[?&]${stored}(&|$)`))
  }
})

test('a range of days is chosen from the calendar', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  await page.getByRole('button', { name: /Last 7 days/ }).click()
  await page.getByRole('button', { name: 'Previous month' }).click()
  await page.locator('.mantine-DatePicker-day', { hasText: /^3$/ }).click()
  await page.locator('.mantine-DatePicker-day', { hasText: /^9$/ }).click()
  await page.waitForURL(/from=\d{4}-\d{2}-03T00.*to=\d{4}-\d{2}-10T00/)
})

test('dragging over the chart narrows the period', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  const box = await page.locator('figure').first().boundingBox()
  if (!box) throw new Error('no chart')
  await page.mouse.move(box.x + box.width * 0.3, box.y + 100)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.6, box.y + 100, { steps: 5 })
  await page.mouse.up()
  await page.waitForURL(/from=.*T00.*&to=/)
})

test('figures follow the live feed within ten seconds without a reload', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  await page.getByText('214 visitors').waitFor()
  const event = eventAt(Date.now(), 9_999_001)
  const figure = page.getByRole('button', { name: /^Events/ })
  const before = await figure.innerText()
  dashboard.server.state.extraEvents = 500_000
  await page.clock.install()
  dashboard.server.say({
    type: 'events',
    events: [{ ...event, path: '/just/arrived' }],
    totals: { events: 1, page_views: 1, friction: 0 },
    by_kind: {},
  })
  await page.getByText('/just/arrived').waitFor()
  dashboard.server.say({ type: 'visible', at: new Date().toISOString() })
  dashboard.server.say({ type: 'active', active_visitors: 215 })
  await page.getByText('215 visitors').waitFor()
  await page.clock.runFor(10_000)
  await expect.poll(() => figure.innerText()).not.toBe(before)
})

test('a lost live connection is shown quietly and made again', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await page.getByText('214 visitors').waitFor()
  dashboard.server.allowLive(false)
  await page.getByText('Reconnecting').waitFor()
  dashboard.server.allowLive(true)
  await page.getByText('214 visitors').waitFor({ timeout: 15_000 })
  expect(dashboard.server.liveConnections()).toBe(1)
})

test('an error names the request, keeps the rest of the page, and can be retried', async () => {
  dashboard.server.state.failing = ['/web-vitals']
  const page = await dashboard.visit('/p/p1/overview')
  await page.getByText('The web vitals could not be loaded').waitFor()
  await page.getByText('01JD3W8Q4V7K').waitFor()
  await page.getByRole('button', { name: /^Visitors/ }).waitFor()
  dashboard.server.state.failing = []
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('264 ms').waitFor()
})

test('old figures stay on screen when asking again fails', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  dashboard.server.state.failing = ['/overview']
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: /^Visitors/ }).waitFor()
})

test('the friction list is used by keyboard', async () => {
  const page = await dashboard.visit('/p/p1/friction')
  await waitUntilLoaded(page)
  const rows = page.getByRole('table').getByRole('row')
  await rows.nth(1).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('complementary', { name: /TypeError/ }).waitFor()
  await page.keyboard.press('ArrowUp')
  await page.getByRole('complementary', { name: /Pay now/ }).waitFor()
  expect(await rows.nth(1).evaluate((row) => row === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByRole('complementary').waitFor({ state: 'detached' })
  expect(dashboard.address(page)).toBe('/p/p1/friction')
})

test('a kind of friction filters the page, and the server sorts', async () => {
  const page = await dashboard.visit('/p/p1/friction')
  await waitUntilLoaded(page)
  await page
    .getByRole('region', { name: 'Kinds of friction' })
    .getByRole('button', { name: /Form error/ })
    .click()
  await page.waitForURL('**/friction?friction_kind=form_validation_error')
  await page.getByText('Passport number').waitFor()
  await page.getByText('Seat 14C').waitFor({ state: 'detached' })
  const asked = page.waitForRequest(/sort=last_seen/)
  await page.getByRole('button', { name: 'Last seen' }).click()
  await asked
})

test('a list is exported whole by the server', async () => {
  const page = await dashboard.visit('/p/p1/friction?browser=Chrome')
  await waitUntilLoaded(page)
  await page.getByRole('button', { name: 'Export elements and errors as CSV' }).click()
  const file = page
    .getByRole('dialog', { name: 'Export elements and errors' })
    .getByRole('link', { name: /^Export \d+ elements and errors$/ })
  const [download] = await Promise.all([page.waitForEvent('download'), file.click()])
  expect(download.suggestedFilename()).toBe('coral-coast-ferries-friction-items-2026-11-21.csv')
  const asked = new URL(download.url()).searchParams
  expect([asked.get('format'), asked.get('browser'), asked.get('sort'), asked.has('cursor')]).toEqual([
    'csv',
    'Chrome',
    'score',
    false,
  ])
})

test('the chart shows its tooltip without breaking the CSP', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  const box = await page.locator('figure').first().boundingBox()
  if (!box) throw new Error('no chart')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  // The day, and the same weekday of the week before.
  await page
    .getByText(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ \w{3}/)
    .nth(1)
    .waitFor()
})
