// Boards: reading one, putting cards on it from their pages, arranging it, and what happens when somebody else saves first.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { BARE, MONDAY, ODDS, PHONES } from './mock/boards'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

const boardOf = (id: string) => dashboard.server.state.boards.find((board) => board.id === id)
const cardOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

async function visit(path: string, options = {}): Promise<Page> {
  const page = await dashboard.visit(path, options)
  await waitUntilLoaded(page)
  return page
}

test('a set of cards becomes a board when it is chosen', async () => {
  dashboard.server.state.boards = []
  const page = await visit('/p/p1/boards?period=30d')
  await page.getByRole('button', { name: 'Use Marketing' }).click()
  await page.getByRole('heading', { name: 'Marketing', level: 1 }).waitFor()
  await waitUntilLoaded(page)
  expect(new URL(page.url()).searchParams.get('period')).toBe('30d')
  expect(dashboard.server.state.boards).toMatchObject([{ name: 'Marketing', visibility: 'own', version: 1 }])
  await cardOf(page, 'Channel').getByText('Search').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  expect(await page.getByText('No longer available').count()).toBe(0)
})

test('cards follow the board’s period and filters, and their own come first', async () => {
  const asked: URLSearchParams[] = []
  const page = await dashboard.visit('/p/p1/boards')
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.pathname.endsWith('/p1/overview')) asked.push(url.searchParams)
  })
  await page.getByRole('link', { name: 'Monday morning' }).click()
  await page.getByRole('heading', { name: 'Monday morning', level: 1 }).waitFor()
  await waitUntilLoaded(page)
  expect(await page.title()).toContain('Monday morning')
  const days = (query: URLSearchParams) =>
    Math.ceil((Date.parse(query.get('to') ?? '') - Date.parse(query.get('from') ?? '')) / 86_400_000)
  expect(new Set(asked.map((query) => query.get('device')))).toEqual(new Set([null, 'mobile']))
  expect(new Set(asked.map(days))).toEqual(new Set([7, 30]))
  await cardOf(page, 'Revenue').getByText('Last 30 days').waitFor()
  expect(await cardOf(page, 'Visitors').first().getByText('Last 30 days').count()).toBe(0)

  asked.length = 0
  await page.goto(`${dashboard.server.url}/p/p1/boards/${MONDAY}?country=TZ&device=desktop&period=24h`)
  await waitUntilLoaded(page)
  expect(asked.every((query) => query.get('country') === 'TZ')).toBe(true)
  const both = asked.find((query) => query.get('device') === 'mobile')
  expect(both?.get('filters')).toBe('device=desktop')
  expect(new Set(asked.map(days))).toEqual(new Set([1, 30]))
})

test('a card leads to its page as it is shown on the board', async () => {
  const page = await visit(`/p/p1/boards/${MONDAY}?country=TZ`)
  const card = cardOf(page, 'LCP')
  await card.hover()
  await card.getByRole('link', { name: 'Open in Performance' }).click()
  await page.waitForURL('**/p/p1/performance?**')
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    period: '30d',
    device: 'mobile',
    country: 'TZ',
  })
})

test('cards further down ask when they come near the window', async () => {
  const page = await dashboard.visit('/p/p1/boards', { viewport: { width: 1200, height: 300 } })
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.getByRole('link', { name: 'Monday morning' }).click()
  await cardOf(page, 'Conversion rate').getByText('%').first().waitFor()
  await waitUntilLoaded(page)
  expect(asked).toContain('/api/projects/p1/engagement')
  expect(asked).not.toContain('/api/projects/p1/goal-conversions')
  await cardOf(page, 'Goals').scrollIntoViewIfNeeded()
  await cardOf(page, 'Goals').getByText('Buys a ticket').waitFor()
})

test('a card that cannot be shown says so in its place, and the others are shown', async () => {
  dashboard.server.state.failing = ['/errors']
  const page = await visit(`/p/p1/boards/${ODDS}`)
  await cardOf(page, 'Phases of the moon').getByText('No longer available').waitFor()
  await cardOf(page, 'Rain at the pier').getByText('No longer available').waitFor()
  await cardOf(page, 'Funnel').getByText('Choose the steps first').waitFor()
  await cardOf(page, 'Errors').getByText('The errors could not be loaded').waitFor()
  await cardOf(page, 'Visitors')
    .getByText(/^\d+\.\d\sk$/)
    .waitFor()
  await cardOf(page, 'Orders a day').getByText('TZ').waitFor()
  dashboard.server.state.failing = []
  await cardOf(page, 'Errors').getByRole('button', { name: 'Try again' }).click()
  await cardOf(page, 'Errors').getByRole('row').nth(1).waitFor()
})

test('a viewer reads boards, and cards of other roles say for whom they are', async () => {
  const page = await visit(`/p/p2/boards/${ODDS}`)
  await cardOf(page, 'SQL').getByText('Not for your role').waitFor()
  expect(await page.getByRole('button', { name: /Edit|Actions for/ }).count()).toBe(0)
  await page.goto(`${dashboard.server.url}/p/p2/overview`)
  await waitUntilLoaded(page)
  expect(await page.getByRole('button', { name: /to a board$/ }).count()).toBe(0)
})

test('a card is put on a board as its page shows it, and taken off again', async () => {
  const page = await visit('/p/p1/friction?device=mobile&period=30d&open=nothing')
  const button = page.getByRole('button', { name: 'Add Elements and errors to a board' })
  await button.focus()
  await page.keyboard.press('Enter')
  const menu = page.getByRole('dialog', { name: 'Add Elements and errors to a board' })
  await menu.getByRole('button', { name: 'Bare 0 cards' }).click()
  await page.getByText('Elements and errors added to Bare').waitFor()
  expect(boardOf(BARE)?.cards).toEqual([
    { id: 'c1', piece: 'friction.items', title: null, search: 'device=mobile', width: 4 },
  ])
  await menu.waitFor({ state: 'detached' })
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Elements and errors is no longer on Bare').waitFor()
  expect(boardOf(BARE)).toMatchObject({ cards: [], version: 3 })

  await button.focus()
  await page.keyboard.press('Enter')
  await menu.getByLabel('Keep this period: Last 30 days').check()
  await menu.getByRole('button', { name: 'Bare 0 cards' }).click()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('heading', { name: 'Bare', level: 1 }).waitFor()
  await cardOf(page, 'Elements and errors').getByText('Last 30 days').waitFor()
  expect(boardOf(BARE)?.cards[0]?.search).toBe('device=mobile&period=30d')
})

test('groups of visitors are put on a board from retention, with their curves', async () => {
  const page = await visit('/p/p1/retention?period=30d&by=country&value=TZ')
  expect(await page.getByRole('button', { name: /^Add Country .* to a board$/ }).count()).toBe(0)
  await page.goto(`${dashboard.server.url}/p/p1/retention?period=30d&by=country&at=1`)
  const table = cardOf(page, 'Country of the first visit')
  await table.hover()
  await page.getByRole('button', { name: 'Add Country of the first visit to a board' }).click()
  await page.getByRole('button', { name: 'Bare 0 cards' }).click()
  await page.getByText('Country of the first visit added to Bare').waitFor()
  await cardOf(page, 'Curve').hover()
  await page.getByRole('button', { name: 'Add Curve to a board' }).click()
  await page.getByRole('button', { name: 'Bare 1 card' }).click()
  await page.getByText('Curve added to Bare').waitFor()
  expect(boardOf(BARE)?.cards).toMatchObject([
    { piece: 'retention.groups', search: 'by=country&at=1', width: 4 },
    { piece: 'retention.group-curves', search: 'by=country&at=1', width: 2 },
  ])
  await page.goto(`${dashboard.server.url}/p/p1/boards/${BARE}?period=30d`)
  await cardOf(page, 'Curve').getByText('Tanzania').first().waitFor()
  const row = table.getByRole('row', { name: /Tanzania/ })
  await row.click()
  await page.waitForURL((url) => url.pathname.endsWith('/retention') && url.searchParams.get('value') === 'TZ')
})

test('a card begins a new board', async () => {
  const page = await visit('/p/p1/acquisition')
  await cardOf(page, 'Places').hover()
  await page.getByRole('button', { name: 'Add Places to a board' }).click()
  await page.getByRole('button', { name: 'New board…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create a board' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('taken')
  await dialog.getByRole('button', { name: 'Create board' }).click()
  await dialog.getByText('The project has 100 boards').waitFor()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Where from')
  await dialog.getByLabel('Everybody in this project').check()
  await dialog.getByRole('button', { name: 'Create board' }).click()
  await page.getByText('Board Where from created with Places').waitFor()
  expect(dashboard.server.state.boards.at(-1)).toMatchObject({
    name: 'Where from',
    visibility: 'project',
    cards: [{ piece: 'acquisition.country', search: '' }],
  })
})

test('boards are found in the palette', async () => {
  const page = await visit('/p/p1/overview?period=30d')
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await page.getByRole('link', { name: 'Odds and ends' }).waitFor()
  await page.keyboard.press('Control+K')
  await page.getByRole('combobox', { name: 'Search and commands' }).fill('on phones')
  await page.getByRole('option', { name: /^Checkout on phones/ }).click()
  await page.waitForURL(`**/p/p1/boards/${PHONES}?period=30d`)
})
