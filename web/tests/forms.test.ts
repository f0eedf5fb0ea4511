// Forms: the field that loses people, and from there to the visits.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { eventAt } from './mock/events'
import { seriousFindings, waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const HOSTILE = '<img src=x onerror=alert(1)>'

async function visit(path: string): Promise<Page> {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)
const fields = (page: Page) => page.getByRole('table', { name: 'Fields' })
const gaveUp = (page: Page, field: string) => page.getByRole('button', { name: `gave up at ${field}, show visits` })
const panelOf = (page: Page, field: string) =>
  page.getByRole('complementary', { name: `Visits that gave up at ${field}` })

test('the period goes along from the overview, and two keys lead there', async () => {
  const page = await visit('/p/p1/overview?period=30d')
  await page.getByRole('link', { name: 'Forms', exact: true }).click()
  await page.waitForURL('**/p/p1/forms?period=30d')
  await page.goto(`${dashboard.server.url}/p/p1/overview`)
  await waitUntilLoaded(page)
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.waitForURL('**/p/p1/forms')
})

test('the forms say how often each is begun and completed, against the period before', async () => {
  const page = await visit('/p/p1/forms')
  const rows = page.getByRole('table', { name: 'Forms' }).locator('tbody').getByRole('row')
  expect((await rows.allInnerTexts()).map(plain).slice(0, 2)).toEqual([
    'details /booking/details +2.8% 812 −10.0 points 53.1% 38 s phone',
    'contact /contact New 96 63.5% 51 s message',
  ])
})

test('the fields are a funnel that ends with the submissions', async () => {
  const page = await visit('/p/p1/forms')
  const rows = (await fields(page).locator('tbody').getByRole('row').allInnerTexts()).map(plain)
  expect(rows.map((row) => row.split(' ')[0])).toEqual(['name', 'email', 'phone', 'licence', 'notes', 'Submitted'])
  expect(rows[2]).toBe('phone tel 714 87.9% 232 · 32.5% 20 s 37.3% 42.2% 32.5%')
  expect(rows[5]).toBe('Submitted in 38 s, median 431 53.1%')
  // Few fill in notes, which need not be wrong.
  expect(await fields(page).locator('[data-remarkable]').allInnerTexts()).toEqual(['37.3%', '42.2%'])
})

test('the first form says where most give up, and leads to the visits that did', async () => {
  const page = await visit('/p/p1/forms?period=30d')
  await page.getByText('32.5% of those who reached phone gave up there; 42.2% had it refused at least once.').waitFor()
  const asked = page.waitForRequest((request) => request.url().includes('/forms/abandonments'))
  await gaveUp(page, 'phone').click()
  expect(Object.fromEntries(new URL((await asked).url()).searchParams)).toMatchObject({
    form_path: '/booking/details',
    form: 'details',
    field: 'phone',
    limit: '100',
  })
  const panel = panelOf(page, 'phone')
  await panel.getByText('Latest 100 of 232').waitFor()
  await panel.getByText('and 132 more').waitFor()
  expect(parameter(page, 'open')).toBe('phone')
  expect(await panel.getByRole('link', { name: 'customer-0' }).getAttribute('href')).toBe('/p/p1/people/customer-0')
  expect(await panel.getByRole('link', { name: 'See all sessions on this page' }).getAttribute('href')).toBe(
    '/p/p1/sessions?period=30d&path=%2Fbooking%2Fdetails',
  )
  await page.keyboard.press('Escape')
  await expect.poll(() => parameter(page, 'open')).toBeNull()
  await page.goBack()
  await panel.getByRole('link').first().click()
  await page.waitForURL('**/sessions/**')
})

test('another form is opened by its row, and stays in the URL with a filter', async () => {
  const page = await visit('/p/p1/forms')
  await page.getByRole('row', { name: /^contact/ }).focus()
  await page.keyboard.press('Enter')
  await fields(page).getByText('message').waitFor()
  expect([parameter(page, 'on'), parameter(page, 'form')]).toEqual(['/contact', 'contact'])
  expect(await page.getByText(/of those who reached/).innerText()).toMatch(/^27\.4% of those who reached message/)
  await gaveUp(page, 'message').click()
  await page.getByRole('button', { name: 'Add filter' }).click()
  expect(await page.getByRole('button', { name: 'Element', exact: true }).count()).toBe(0)
  const asked = page.waitForRequest((request) => request.url().includes('/forms?') && /device=/.test(request.url()))
  await page.getByRole('button', { name: 'Device', exact: true }).click()
  await page.getByRole('checkbox', { name: 'mobile' }).check()
  await page.getByRole('button', { name: 'Apply' }).click()
  await asked
  expect([parameter(page, 'form'), parameter(page, 'open'), parameter(page, 'device')]).toEqual([
    'contact',
    null,
    'mobile',
  ])
})

test('an address that names no form or field of these opens the first form, and no panel', async () => {
  const page = await visit('/p/p1/forms?on=/gone&form=gone&open=gone')
  await fields(page).getByText('licence').waitFor()
  expect(await page.getByRole('complementary').filter({ hasText: 'Gave up' }).count()).toBe(0)
})

test('a list that is cut says of how many, and what is in no figure', async () => {
  const page = await visit('/p/p1/forms?country=KE')
  await page.getByText('3 of 120 forms').waitFor()
  await page.getByText(/^1,840 starts of other forms are not counted/).waitFor()
})

test('names are texts, whatever they look like and however long they are', async () => {
  const page = await visit(`/p/p1/forms?on=/hostile&form=${encodeURIComponent(HOSTILE)}`)
  await fields(page).getByText(HOSTILE).waitFor()
  await gaveUp(page, 'm'.repeat(400)).click()
  await panelOf(page, 'm'.repeat(400)).getByText('Latest first').waitFor()
  expect(await page.locator('img[src=x]').count()).toBe(0)
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  }
  // Three starts say nothing.
  expect(await page.getByText(/of those who reached/).count()).toBe(0)
  expect(await fields(page).locator('[data-remarkable]').count()).toBe(0)
})

test('terms are explained where they stand', async () => {
  const page = await visit('/p/p1/forms')
  for (const term of ['reached', 'gave up here', 'median time', 'corrected', 'refused', 'left empty'])
    await fields(page)
      .getByRole('button', { name: new RegExp(`^About ${term}: `) })
      .waitFor()
  await fields(page)
    .getByRole('button', { name: /^About refused/ })
    .focus()
  await page.getByRole('tooltip').getByText('rejected by the browser or the page').waitFor()
  expect(await seriousFindings(page)).toEqual([])
})

test('the fields are downloaded as CSV', async () => {
  const page = await visit('/p/p1/forms')
  const download = page.waitForEvent('download')
  await page.getByRole('region', { name: 'Fields' }).getByRole('button', { name: 'Download as CSV' }).click()
  expect((await download).suggestedFilename()).toBe('form-fields.csv')
})

test('figures follow reports of forms, and no other events', async () => {
  const page = await dashboard.visit('/p/p1/forms', { hasTestClock: true })
  await waitUntilLoaded(page)
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/forms?')) asked.push(request.url())
  })
  /** Everything that was said before it has arrived, and had its time. */
  const arrive = async (category: string, visitors: number) => {
    const event = { ...eventAt(Date.now(), 8_500_000 + visitors), category }
    dashboard.server.say({
      type: 'events',
      events: [event],
      totals: { events: 1, page_views: 0, friction: 0 },
      by_kind: {},
    })
    dashboard.server.say({ type: 'visible', at: event.occurred_at })
    dashboard.server.say({ type: 'active', active_visitors: visitors })
    await page.getByText(`${visitors} visitors`).waitFor()
    await page.clock.runFor(10_000)
  }
  await arrive('heatmap', 301)
  await page.waitForLoadState('networkidle')
  expect(asked).toEqual([])
  await arrive('form', 302)
  await expect.poll(() => asked.length).toBe(1)
})

test('without forms the page says what fills it', async () => {
  dashboard.server.state.isEmpty = true
  const page = await visit('/p/p1/forms')
  await page.getByText('No forms in this period').waitFor()
  expect(await page.getByRole('link', { name: 'Check the tracker’s settings' }).getAttribute('href')).toBe('/p/p1/sdk')
  await page.getByRole('button', { name: 'Show last 90 days' }).click()
  await expect.poll(() => parameter(page, 'period')).toBe('90d')
  await expect.poll(() => page.getByRole('button', { name: 'Show last 90 days' }).count()).toBe(0)
})

test('filters that nothing meets are removed together', async () => {
  const page = await visit('/p/p1/forms?country=AQ&period=30d')
  await page.getByText('No forms found').waitFor()
  await page.getByRole('button', { name: 'Remove filters' }).click()
  await fields(page).getByText('phone').waitFor()
  expect(dashboard.address(page)).toBe('/p/p1/forms?period=30d')
})

test('a viewer sees the figures, and what it needs to see the visits', async () => {
  const asked: string[] = []
  const page = await dashboard.visit('/p/p2/forms')
  page.on('request', (request) => asked.push(request.url()))
  await waitUntilLoaded(page)
  await gaveUp(page, 'phone').click()
  await panelOf(page, 'phone').getByText('You need the analyst role to see visits').waitFor()
  expect(asked.filter((url) => url.includes('/abandonments'))).toEqual([])
})
