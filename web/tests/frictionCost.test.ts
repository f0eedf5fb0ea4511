// What friction costs: on the overview and the friction page, each loss leads to its element or error.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
const card = (page: Page) => page.getByRole('region', { name: 'What friction costs' })
const panel = (page: Page) => page.getByRole('complementary', { name: /^Friction: / })
const section = (page: Page) => panel(page).locator('section', { has: page.getByRole('heading', { name: 'Cost' }) })

async function visit(path: string) {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

/** Counts the questions about costs, by their search. */
function asked(page: Page): string[] {
  const searches: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.pathname.endsWith('/friction/cost')) searches.push(url.search)
  })
  return searches
}

test('the overview says what friction costs, and a loss opens its element', async () => {
  const page = await visit('/p/p1/overview?period=30d')
  const losses = card(page).getByRole('listitem')
  expect((await losses.allInnerTexts()).map(plain)).toEqual([
    'Pay now costs about TZS 4.2 M a week 95% interval 2.1 to 6.3 M · 509 sessions affected',
    "TypeError: Cannot read properties of undefined (reading 'fare') costs about TZS 1.8 M a week 95% interval 820 k to 2.8 M · 427 sessions affected",
    'Seat 14C costs about TZS 541 k a week 95% interval 194 to 887 k · 384 sessions affected',
  ])
  const searches = asked(page)
  await losses.first().getByRole('link').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/friction\?period=30d&open=/)
  await expect
    .poll(async () => plain(await section(page).innerText()))
    .toContain('Pay now costs about TZS 4.2 M a week.')
  // The answer is the overview's.
  expect(searches).toEqual([])
})

test('a loss opens its element also when that is further down the list', async () => {
  dashboard.server.state.listedItems = 1
  const page = await visit('/p/p1/overview')
  await card(page)
    .getByRole('link', { name: /^Seat 14C/ })
    .click()
  await expect.poll(async () => plain(await section(page).innerText())).toContain('a week.')
  expect(
    await page.getByRole('table', { name: 'Elements and errors with friction' }).getByText('Seat 14C').count(),
  ).toBe(0)
  expect(plain(await panel(page).getByRole('heading', { level: 2 }).innerText())).toContain('Seat 14C')
})

test('the panel says what was lost, how that was found, and from how many sessions', async () => {
  const page = await visit('/p/p1/friction?period=30d')
  await page.getByRole('row', { name: /^Pay now/ }).click()
  const text = async () => plain(await section(page).innerText())
  await expect.poll(text).toContain('Pay now costs about TZS 4.2 M a week.')
  const rows = section(page).getByRole('table').getByRole('row')
  const [, value, conversions] = (await rows.allInnerTexts()).map(plain)
  expect(value).toMatch(/^Value TZS 1[78]\.\d M \S+ to 2\d\.\d M TZS 4\.2 M 2\.1 to 6\.3 M$/)
  expect(conversions).toMatch(/^Orders and bookings 2\d\d 1\d\d to 3\d\d 50 25 to 75$/)
  expect(await text()).toMatch(/With it 18\.7% of 509 sessions Without it 47\.1% of 1,904 sessions/)
  expect(await text()).toContain('It is a comparison, not a proof')
})

test('an error has its cost, too', async () => {
  const page = await visit('/p/p1/friction')
  await page.getByRole('row', { name: /^TypeError/ }).click()
  await expect.poll(async () => plain(await section(page).innerText())).toContain('costs about TZS 1.8 M a week.')
})

test('a difference that may be coincidence is no loss, and no gain', async () => {
  const page = await visit('/p/p1/friction')
  const row = page.getByRole('row', { name: /^Mobile number/ })
  expect(plain(await row.innerText())).toContain('not significant')
  await row.click()
  await expect
    .poll(async () => plain(await section(page).innerText()))
    .toContain(
      'No loss found beyond what may be coincidence. If there is one, it is hardly more than TZS 465 k a week.',
    )
  expect(await section(page).innerText()).not.toMatch(/-\d|\u2212/)
})

test('few sessions are not compared', async () => {
  const page = await visit('/p/p1/friction')
  const row = page.getByRole('row', { name: /^ReferenceError|^Terms of carriage/ }).last()
  expect(await row.getByTitle('Too few sessions to compare').count()).toBe(1)
  await row.click()
  await expect
    .poll(async () => plain(await section(page).innerText()))
    .toContain('it takes at least 10 with it and 10 without. There are 7 and 1,163.')
})

test('losses without a value are orders and bookings', async () => {
  dashboard.server.state.conversions = 'unvalued'
  const page = await visit('/p/p1/overview')
  expect(plain(await card(page).getByRole('listitem').first().innerText())).toBe(
    'Pay now costs about 50 orders and bookings a week 95% interval 25 to 75 · 509 sessions affected',
  )
})

test('without orders and bookings the card says how to report them, and the list has no column of losses', async () => {
  dashboard.server.state.conversions = 'none'
  const page = await visit('/p/p1/overview')
  expect(plain(await card(page).innerText())).toContain('Send order.placed or booking.completed')
  await page.getByRole('link', { name: 'Friction', exact: true }).click()
  await page.getByRole('row', { name: /^Pay now/ }).waitFor()
  await waitUntilLoaded(page)
  expect(await page.getByRole('columnheader', { name: 'Lost a week' }).count()).toBe(0)
})

test('a filter without losses is answered calmly', async () => {
  const page = await visit('/p/p1/overview?friction_kind=slow_click')
  expect(plain(await card(page).innerText())).toContain('No loss found beyond what may be coincidence.')
})

test('a failure is that of the card alone, and can be repeated', async () => {
  dashboard.server.state.failing = ['/friction/cost']
  const page = await visit('/p/p1/overview')
  await card(page).getByText('The cost of friction could not be loaded').waitFor()
  dashboard.server.state.failing = []
  await card(page).getByRole('button', { name: 'Try again' }).click()
  await card(page).getByText('Pay now').waitFor()
})
