// Pieces of boards: all of them are shown to members, lead to their pages, and keep what their page shows beyond its address.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { BOARD_AREAS } from '../src/app/boardPieces'
import type { PieceArea } from '../src/features/boards/catalogue'
import { BARE, WALL, wallOf } from './mock/boards'
import { SHARED as QUESTION } from './mock/savedQuestions'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
/** All cards of an area are near the window. */
const TALL = { viewport: { width: 1_280, height: 8_000 } }
const LEFT_OUT = ['No longer available', 'Not for your role', 'Not part of shared boards']

const cardOf = (page: Page, name: string | RegExp) => page.getByRole('region', { name, exact: true })
const bare = () => dashboard.server.state.boards.find(({ id }) => id === BARE)?.cards

/** What the pieces that need something are of. */
const NEEDED: Record<string, string> = {
  funnels: 'steps=page%3A%2F%7Cpage%3A%2Froutes*%7Cbooking&by=device',
  'retention.groups': 'by=country',
  'retention.group-curves': 'by=country',
  'retention.comparison': 'compare=device&a=mobile&b=desktop',
  'retention.compared-curves': 'compare=device&a=mobile&b=desktop',
  sql: `q=${QUESTION}`,
}

async function showAll(area: PieceArea, more: Record<string, string> = {}) {
  const pieces = await area.load()
  const searches = { ...NEEDED, ...more }
  const wall = wallOf(
    Date.now(),
    pieces.map(({ id, width, at = {} }) => [
      id,
      width,
      searches[id] ?? searches[area.name] ?? new URLSearchParams(at).toString(),
    ]),
  )
  dashboard.server.state.boards.push({
    ...wall,
    cards: wall.cards.map((card, at) => ({ ...card, title: `Card ${at}` })),
  })
  const page = await dashboard.visit(`/p/p1/boards/${WALL}`, TALL)
  await cardOf(page, 'Card 0').waitFor()
  await waitUntilLoaded(page)
  return { page, pieces }
}

const errorGroup = () => Object.keys(dashboard.server.state.errors)[0] ?? ''

test.each(BOARD_AREAS)('all pieces of $label ($name) are shown', async (area) => {
  const { page, pieces } = await showAll(area, { error: `errorGroup=${errorGroup()}` })
  await expect.poll(() => page.getByRole('region', { name: /^Card \d+$/ }).count()).toBe(pieces.length)
  expect(await page.getByRole('alert').allInnerTexts()).toEqual([])
  for (const text of LEFT_OUT) expect(await page.getByText(text).count()).toBe(0)
  expect(await page.getByRole('link', { name: `Open in ${area.label}` }).count()).toBe(pieces.length)
})

/** Puts the card of the page on the bare board. */
async function add(page: Page, title: string) {
  await page.getByRole('button', { name: `Add ${title} to a board` }).press('Enter')
  await page
    .getByRole('dialog', { name: `Add ${title} to a board` })
    .getByRole('button', { name: /^Bare/ })
    .click()
  await page.getByText(`${title} added to Bare`).waitFor()
}

test('a heatmap is put on a board with the page and width that it shows', async () => {
  const page = await dashboard.visit('/p/p1/heatmaps?layer=dead&period=30d')
  await add(page, 'Dead clicks')
  await add(page, 'Elements')
  expect(bare()).toMatchObject([
    { piece: 'heatmaps.map', search: 'path=%2F&width=0&layer=dead', width: 2 },
    { piece: 'heatmaps.elements', search: 'path=%2F&width=0&layer=dead', width: 2 },
  ])
  await page.goto(`${dashboard.server.url}/p/p1/boards/${BARE}?device=mobile`)
  const map = cardOf(page, 'Dead clicks: /')
  await map.getByRole('button', { name: /^Photo 1 of 4/ }).click()
  await page.waitForURL('**/p/p1/heatmaps?**')
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    layer: 'dead',
    path: '/',
    width: '0',
    device: 'mobile',
    open: 'div.photo.large',
  })
  await page.getByRole('group', { name: 'Figures of Photo 1 of 4' }).waitFor()
})

test('a viewer sees the map of a board without what analysts may see', async () => {
  dashboard.server.state.boards.push(
    wallOf(Date.now(), [
      ['heatmaps.map', 2],
      ['heatmaps.elements', 2],
      ['events.list', 4],
      ['events.received', 2],
    ]),
  )
  const page = await dashboard.visit(`/p/p2/boards/${WALL}`)
  await page.getByText('Snapshots of pages come from recordings of visits').waitFor()
  await cardOf(page, 'Elements by clicks: /').getByRole('link', { name: 'Book now' }).waitFor()
  await cardOf(page, 'Recent events').getByText('Recent events is for analysts and above.').waitFor()
  await cardOf(page, 'Received events').getByText('Accepted').waitFor()
})

test('a part of an error’s page is put on a board, and leads back to it', async () => {
  const group = errorGroup()
  const path = `/p/p1/errors/${encodeURIComponent(group)}`
  const page = await dashboard.visit(`${path}?device=mobile&tab=all`)
  await add(page, 'Occurrences over time')
  const search = new URLSearchParams({ errorGroup: group, device: 'mobile', tab: 'all' }).toString()
  expect(bare()).toMatchObject([{ piece: 'error.occurrences', search, width: 2 }])
  await page.goto(`${dashboard.server.url}/p/p1/boards/${BARE}?country=TZ`)
  const card = page.getByRole('region', { name: /^Occurrences: / })
  await card.hover()
  await card.getByRole('link', { name: 'Open in Error' }).click()
  await page.waitForURL(`**${path}?**`)
  const shown = new URL(page.url()).searchParams
  expect(Object.fromEntries(shown)).toEqual({ device: 'mobile', country: 'TZ', tab: 'all' })
})

test('an error that is no longer kept says so on its card', async () => {
  dashboard.server.state.boards.push(
    wallOf(Date.now(), [
      ['error.figures', 4, 'errorGroup=v1%3Anone'],
      ['error.cost', 2],
    ]),
  )
  const page = await dashboard.visit(`/p/p1/boards/${WALL}`)
  await page.getByText('Error not found').waitFor()
  await cardOf(page, 'Cost').getByText('Choose an error first').waitFor()
})

test('what opens at a row of a card opens on its page', async () => {
  dashboard.server.state.boards.push(
    wallOf(Date.now(), [
      ['events.failed', 4, 'tab=failed'],
      ['tasks.list', 4, 'tab=overdue'],
      ['lead-scores.list', 2],
    ]),
  )
  const page = await dashboard.visit(`/p/p1/boards/${WALL}`)
  await cardOf(page, 'Failed events').getByRole('row').nth(1).click()
  await page.waitForURL((url) => url.pathname === '/p/p1/events' && url.searchParams.get('tab') === 'failed')
  await page.getByRole('complementary', { name: 'Failed event' }).waitFor()
  await page.goBack()
  await cardOf(page, 'Overdue tasks').getByRole('row').nth(1).click()
  await page.waitForURL((url) => url.pathname === '/p/p1/tasks' && url.searchParams.get('tab') === 'overdue')
  expect(new URL(page.url()).searchParams.has('open')).toBe(true)
  await page.goBack()
  await cardOf(page, 'Most promising customers').getByRole('row').nth(1).click()
  await page.waitForURL((url) => url.pathname === '/p/p1/lead-scores' && url.searchParams.has('open'))
})

test('the deliveries of a webhook stay those of the one that its page shows', async () => {
  const page = await dashboard.visit('/p/p1/webhooks')
  await add(page, 'Deliveries')
  const [card] = bare() ?? []
  expect(card).toMatchObject({ piece: 'webhooks.deliveries', width: 2 })
  expect(card?.search).toMatch(/^webhook=.+/)
})

test('a card from the gallery leads to the part of the page that has it', async () => {
  const page = await dashboard.visit(`/p/p1/boards/${BARE}?edit=true`)
  await page.getByRole('button', { name: 'Add card', exact: true }).click()
  const gallery = page.getByRole('dialog', { name: 'Add cards' })
  await gallery.getByRole('textbox', { name: 'Search cards' }).fill('call')
  await gallery.getByRole('button', { name: /^Add Completion of calls/ }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => bare()).toMatchObject([{ piece: 'billing.completion', search: 'tab=health' }])
  const card = cardOf(page, 'Completion of calls')
  await card.hover()
  await card.getByRole('link', { name: 'Open in Calls and billing' }).click()
  await page.waitForURL('**/p/p1/billing?tab=health')
})

test('figures of the server are for its owner', async () => {
  const { state } = dashboard.server
  state.isServerOwner = false
  state.boards.push(wallOf(Date.now(), [['operations.server', 4]]))
  const page = await dashboard.visit(`/p/p1/boards/${WALL}?edit=true`)
  await cardOf(page, 'This server').getByText('Only the owner of this server sees these figures').waitFor()
  await page.getByRole('button', { name: 'Add card', exact: true }).click()
  const gallery = page.getByRole('dialog', { name: 'Add cards' })
  await gallery.getByRole('region', { name: 'Team' }).waitFor()
  expect(await gallery.getByRole('region', { name: 'Operations' }).count()).toBe(0)
})
