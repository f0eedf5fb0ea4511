// Sessions: the list with its filters and order, and one session with its pages, its events and its recording.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { RECORDED } from './mock/sessions'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

async function visit(path: string): Promise<Page> {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

const SESSION = `/p/p1/sessions/${RECORDED}`

test('the period goes along to the sessions, which are counted and read page by page', async () => {
  const page = await visit('/p/p1/overview?period=30d')
  await page.getByRole('link', { name: 'Sessions', exact: true }).click()
  await page.waitForURL('**/sessions?period=30d')
  await page.getByText('50 of 128 sessions').waitFor()
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByText('100 of 128 sessions').waitFor()
})

test('every sort is the server’s, and in the address', async () => {
  const page = await visit('/p/p1/sessions')
  for (const [header, sort] of [
    ['Duration', 'longest'],
    ['Pages', 'pages'],
    ['Friction', 'friction'],
  ] as const) {
    const asked = page.waitForRequest(
      (request) => request.url().includes(`/sessions?`) && request.url().includes(`sort=${sort}`),
    )
    const column = page.getByRole('columnheader', { name: header, exact: true })
    await column.getByRole('button').click()
    await asked
    await page.waitForURL(`**/sessions?sort=${sort}`)
    await expect.poll(() => column.getAttribute('aria-sort')).toBe('descending')
  }
  await page.getByRole('columnheader', { name: 'Started' }).getByRole('button').click()
  await expect.poll(() => dashboard.address(page)).toBe('/p/p1/sessions')
})

test('filters of sessions are added in the menu of all filters, and removed as chips', async () => {
  const page = await visit('/p/p1/sessions')
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: 'Referrer' }).click()
  await page.getByPlaceholder('www.google.com').fill('https://www.google.com/search?q=ferry')
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.waitForURL('**/sessions?referrer=www.google.com')
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: 'Duration', exact: true }).last().click()
  const asked = page.waitForRequest(/sessions\?.*referrer=www\.google\.com.*min_seconds=300.*max_seconds=1800/)
  await page.getByRole('button', { name: '5 to 30 minutes' }).click()
  await asked
  await page.getByRole('button', { name: 'Remove filter Duration 5 m 00 s – 30 m 00 s' }).click()
  await page.waitForURL('**/sessions?referrer=www.google.com')
  await page.getByRole('button', { name: 'Remove filter Referrer is www.google.com' }).click()
  await expect.poll(() => dashboard.address(page)).toBe('/p/p1/sessions')
})

test('filters of all pages keep those of sessions', async () => {
  const page = await visit('/p/p1/sessions?has_error=true')
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: 'Device', exact: true }).click()
  await page.getByRole('checkbox', { name: 'mobile' }).check()
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.waitForURL(
    (url) => url.searchParams.get('device') === 'mobile' && url.searchParams.get('has_error') === 'true',
  )
})

test('sessions with friction, errors or a recording are one click away', async () => {
  const page = await visit('/p/p1/sessions')
  for (const [label, flag] of [
    ['With friction', 'has_friction'],
    ['With an error', 'has_error'],
    ['With a recording', 'has_recording'],
  ] as const) {
    const toggle = page.getByRole('button', { name: label })
    const asked = page.waitForRequest(new RegExp(`sessions\\?.*${flag}=true`))
    await toggle.click()
    await asked
    await expect.poll(() => toggle.getAttribute('aria-pressed')).toBe('true')
  }
  await page.goBack()
  await expect.poll(() => dashboard.address(page)).toBe('/p/p1/sessions?has_friction=true&has_error=true')
})

test('filters that nothing matches are removed together', async () => {
  const page = await visit('/p/p1/sessions?city=Nowhere&path=%2Fcheckout&period=30d')
  await page.getByText('No sessions found').waitFor()
  await page.getByRole('button', { name: 'Remove filters' }).click()
  await page.waitForURL('**/sessions?period=30d')
  await page.getByText('50 of 128 sessions').waitFor()
})

test('the whole list is exported as it is filtered', async () => {
  const page = await visit('/p/p1/sessions?has_error=true&sort=longest')
  await page.getByRole('button', { name: 'Export sessions as CSV' }).click()
  const file = page
    .getByRole('dialog', { name: 'Export sessions' })
    .getByRole('link', { name: /^Export \d+ sessions$/ })
  const [download] = await Promise.all([page.waitForEvent('download'), file.click()])
  const asked = new URL(download.url()).searchParams
  expect([asked.get('format'), asked.get('has_error'), asked.get('sort'), asked.has('cursor')]).toEqual([
    'csv',
    'true',
    'longest',
    false,
  ])
})

test('sessions that began since wait to be shown', async () => {
  const page = await visit('/p/p1/sessions')
  await page.getByText('50 of 128 sessions').waitFor()
  await page.clock.install()
  dashboard.server.state.newSessions = 2
  dashboard.server.say({ type: 'events', events: [], totals: { events: 9, page_views: 2, friction: 0 }, by_kind: {} })
  dashboard.server.say({ type: 'visible', at: new Date().toISOString() })
  dashboard.server.say({ type: 'active', active_visitors: 215 })
  await page.getByText('215 visitors').waitFor()
  await page.clock.runFor(10_000)
  const show = page.getByRole('button', { name: 'Show 2 new sessions' })
  await show.waitFor()
  await page.getByText('50 of 128 sessions').waitFor()
  await show.click()
  await page.getByText('50 of 130 sessions').waitFor()
})

test('a row leads to the session by click and by keyboard, and back to the list as it was', async () => {
  const page = await visit('/p/p1/sessions?has_recording=true&sort=friction')
  const row = page.getByRole('row').filter({ hasText: 'passenger-1000' })
  await row.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${SESSION}?has_recording=true&sort=friction`)
  await page.getByRole('heading', { name: 'Neema Mushi' }).waitFor()
  await page.getByRole('link', { name: 'All sessions' }).click()
  await page.waitForURL('**/sessions?has_recording=true&sort=friction')
})

test('a session shows who came and leads to the customer and to the visitor’s other sessions', async () => {
  const page = await visit(SESSION)
  await page.getByRole('link', { name: 'Sessions of this visitor' }).click()
  await page.waitForURL('**/sessions?period=90d&visitor_id=5bb73ae8-**')
  await page.getByText('1 of 1 session').waitFor()
  await page.goBack()
  await page.getByRole('link', { name: 'Show person' }).click()
  await page.waitForURL('**/people/passenger-1000')
})

test('the events are in order under their pages, and groups of them can be left out', async () => {
  const page = await visit(SESSION)
  const timeline = page.getByRole('region', { name: 'Timeline' })
  const pages = await timeline.getByRole('heading', { level: 3 }).allInnerTexts()
  expect(pages.map((text) => text.split('\n')[0])).toEqual([
    '/',
    '/offers',
    '/timetable',
    '/book/seats',
    '/book/seats/14C',
    '/checkout',
    '/help/payment',
    '/checkout',
  ])
  await timeline.getByText('6 clicks in 1.3 s').first().waitFor()
  const scrolls = timeline.getByRole('button', { name: /Scroll ×2/ })
  expect(await scrolls.count()).toBe(0)
  await timeline.getByRole('button', { name: /^Scrolling and pointer/ }).click()
  await page.waitForURL('**?hide=none')
  await scrolls.first().waitFor()
  await timeline.getByRole('button', { name: /^Web vitals/ }).click()
  await page.waitForURL('**?hide=vitals')
  expect(await timeline.getByText('Page performance').count()).toBe(0)
})

test('a form is one line, by the report that holds, and can be left out', async () => {
  const page = await visit(SESSION)
  const timeline = page.getByRole('region', { name: 'Timeline' })
  await timeline.getByText('passenger: submitted').waitFor()
  expect(await timeline.getByText(/^passenger: /).allInnerTexts()).toEqual([
    'passenger: left at phone',
    'passenger: submitted',
  ])
  await timeline.getByRole('button', { name: /^Forms/ }).click()
  await page.waitForURL('**?hide=forms.pointer')
  expect(await timeline.getByText(/^passenger: /).count()).toBe(0)
})

test('an event opens its panel, which the address keeps, and a stack opens in place', async () => {
  const page = await visit(SESSION)
  await page.getByText('Stack trace').first().click()
  await page.getByText('at priceOf').first().waitFor()
  await page
    .getByRole('button', { name: /^Details of Rage click/ })
    .first()
    .click()
  const panel = page.getByRole('complementary', { name: 'Event: Rage click' })
  await panel.getByText('Pay now').waitFor()
  await page.waitForURL('**?open=**')
  await page.reload()
  await panel.getByText('Pay now').waitFor()
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
})

test('without a recording an event opens its panel when it is chosen', async () => {
  const page = await visit(SESSION.replace('-0000-', '-0001-'))
  await page
    .getByRole('region', { name: 'Timeline' })
    .getByRole('button', { name: /Page view$/ })
    .first()
    .click()
  await page.getByRole('complementary', { name: 'Event: Page view' }).waitFor()
})

test('the first thousand events are read by themselves, more when they are asked for', async () => {
  dashboard.server.state.longSession = 1_400
  const page = await visit(SESSION)
  await page.getByText('1,000 of 1,459 events').waitFor()
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByText('1,250 of 1,459 events').waitFor()
})

test('choosing an event plays the recording from it, and its moment is marked', async () => {
  const page = await visit(SESSION)
  const timeline = page.getByRole('region', { name: 'Timeline' })
  expect(await page.locator('iframe').count()).toBe(0)
  await timeline
    .getByRole('button', { name: /Timetable/ })
    .first()
    .click()
  await page.locator('iframe[title=Replay]').waitFor()
  await expect.poll(() => timeline.locator('[aria-current=true]').count()).toBe(1)
  expect(await page.getByRole('complementary', { name: /^Event/ }).count()).toBe(0)
})

test('a session that is not kept says so', async () => {
  const page = await visit('/p/p1/sessions/nothing')
  await page.getByText('Session not found').waitFor()
})

test('a session whose events cannot be read still shows its head, and can be asked again', async () => {
  dashboard.server.state.failing = ['/events']
  const page = await dashboard.visit(SESSION)
  await page.getByText('The events could not be loaded').waitFor()
  await page.getByRole('heading', { name: 'Neema Mushi' }).waitFor()
  dashboard.server.state.failing = []
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('6 clicks in 1.3 s').first().waitFor()
})

test('a viewer reads which role it takes, and nothing is asked for', async () => {
  const asked: string[] = []
  const page = await dashboard.visit('/p/p2/overview')
  await waitUntilLoaded(page)
  page.on('request', (request) => asked.push(request.url()))
  await page.getByRole('link', { name: 'Sessions', exact: true }).click()
  await page.getByText('You need the analyst role to see sessions').waitFor()
  await page.goto(`${dashboard.server.url}${SESSION.replace('p1', 'p2')}`)
  await page.getByText('You need the analyst role to see sessions').waitFor()
  expect(asked.filter((url) => /\/api\/.*\/sessions/.test(url))).toEqual([])
})

test('session ids elsewhere lead to the session', async () => {
  const page = await visit('/p/p1/events')
  await page.getByRole('row').nth(1).click()
  const panel = page.getByRole('complementary')
  const id = await panel.getByRole('link', { name: /^0193a1b2-/ }).innerText()
  await panel.getByRole('link', { name: id }).click()
  await page.waitForURL(`**/p/p1/sessions/${id}`)
})

test('friction leads to the sessions it happened in', async () => {
  const page = await visit('/p/p1/friction')
  await page.getByText('Pay now').first().click()
  await page
    .getByRole('complementary', { name: /Pay now/ })
    .getByRole('link', { name: 'Show sessions' })
    .click()
  await page.waitForURL(
    (url) =>
      url.pathname.endsWith('/sessions') &&
      url.searchParams.get('selector') === '#checkout > form button[type="submit"]',
  )
  await page.getByRole('button', { name: /^Remove filter Element/ }).waitFor()
})
