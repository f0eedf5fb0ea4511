// Boards that anyone with a link sees: making the link, and the board without what is not shared.
import { expect, test } from 'vitest'
import { BOARD_AREAS } from '../src/app/boardPieces'
import { MONDAY, ODDS } from './mock/boards'
import { OPEN } from './mock/shareLinks'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

/** The link of the mock shows this board. */
function share(id: string) {
  const { state } = dashboard.server
  state.isSignedIn = false
  state.boards = state.boards.map((board) => (board.id === id ? { ...board, visibility: 'project' } : board))
  state.shareLinks = state.shareLinks.map((link) => ({ ...link, page: 'board', search: `board=${id}` }))
}

test('a board of the project is shared by a link with its period and no filters, one’s own is not', async () => {
  const page = await dashboard.visit(`/p/p1/boards/${MONDAY}?period=30d&device=mobile&filters=browser!%3DChrome`)
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share Monday morning' })
  await dialog.getByText('Other cards stay in the project.').waitFor()
  await dialog.getByLabel('Name').fill('On the wall')
  await dialog.getByRole('button', { name: 'Create link' }).click()
  await page.getByRole('dialog', { name: 'Link On the wall' }).getByRole('button', { name: 'Done' }).click()
  expect(dashboard.server.state.shareLinks[0]).toMatchObject({ page: 'board', search: `board=${MONDAY}&period=30d` })
  await page.goto(`${dashboard.server.url}/p/p1/settings/share-links`)
  await page
    .getByRole('row', { name: /On the wall/ })
    .getByRole('link', { name: 'Board' })
    .click()
  await page.getByRole('heading', { name: 'Monday morning', level: 1 }).waitFor()
  await page.goto(`${dashboard.server.url}/p/p1/boards/${ODDS}`)
  await page.getByRole('heading', { name: 'Odds and ends', level: 1 }).waitFor()
  expect(await page.getByRole('button', { name: 'Share', exact: true }).count()).toBe(0)
})

test('anyone with the link sees the board and asks for nothing else', async () => {
  share(MONDAY)
  const { state } = dashboard.server
  const page = await dashboard.visit(`/shared/${OPEN}`)
  await page.getByRole('heading', { name: 'Monday morning', level: 1 }).waitFor()
  await waitUntilLoaded(page)
  expect(dashboard.address(page)).toBe(`/p/p1/boards/${MONDAY}`)
  await page
    .getByRole('region', { name: 'Visits on phones' })
    .getByText(/^[\d,.]+\s?k?$/)
    .waitFor()
  expect(await page.getByRole('button', { name: /Edit|Actions for|Share|to a board/ }).count()).toBe(0)
  expect(await page.getByRole('link', { name: /^Open in/ }).count()).toBe(0)
  // Another period of the same cards.
  await page.getByRole('button', { name: /Last 7 days/ }).click()
  await page.getByRole('button', { name: 'Last 24 hours' }).click()
  await waitUntilLoaded(page)
  expect(dashboard.address(page)).toBe(`/p/p1/boards/${MONDAY}?period=24h`)
  // What leads elsewhere says that it is not shared.
  await page.getByRole('region', { name: 'Channel' }).getByRole('button', { name: 'Show all figures' }).click()
  await page.getByText('Only this board was shared with you').waitFor()
  expect(state.refused).toEqual([])
  expect(await page.getByRole('alert').filter({ hasText: 'could not' }).count()).toBe(0)
  await page.goto(`${dashboard.server.url}/p/p1/overview`)
  await page.waitForURL(`**/p/p1/boards/${MONDAY}`)
})

test('cards of other areas are not part of it', async () => {
  share(ODDS)
  const page = await dashboard.visit(`/shared/${OPEN}`)
  await page
    .getByRole('region', { name: 'Visitors' })
    .getByText(/^\d+\.\d\sk$/)
    .waitFor()
  await waitUntilLoaded(page)
  for (const name of ['SQL', 'Funnels', 'Retention', 'Errors'])
    await page.getByRole('region', { name, exact: true }).getByText('Not part of shared boards').waitFor()
  await page.getByRole('region', { name: 'Rain at the pier' }).getByText('No longer available').waitFor()
  expect(dashboard.server.state.refused).toEqual([])
})

test.each(BOARD_AREAS.filter(({ isShared }) => isShared))('all pieces of $label are shown by a link', async (area) => {
  const { state } = dashboard.server
  const pieces = await area.load()
  const search = 'device=mobile&filters=browser%21%3DChrome'
  state.boards = state.boards.map((board) => ({
    ...board,
    cards: pieces.map(({ id, width }, index) => ({
      id: `c${index}`,
      piece: id,
      title: `Card ${index}`,
      search,
      width,
    })),
  }))
  share(MONDAY)
  const page = await dashboard.visit(`/shared/${OPEN}`, { viewport: { width: 1440, height: 6_000 } })
  await page.getByRole('region', { name: 'Card 0', exact: true }).waitFor()
  await waitUntilLoaded(page)
  expect(await page.getByRole('region', { name: /^Card \d+$/ }).count()).toBe(pieces.length)
  expect(await page.getByText('Not part of shared boards').count()).toBe(
    pieces.filter((one) => one.isForMembers).length,
  )
  expect(state.refused).toEqual([])
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('a board that is no longer shared closes its link', async () => {
  share(MONDAY)
  const page = await dashboard.visit(`/shared/${OPEN}`)
  await page.getByRole('heading', { name: 'Monday morning', level: 1 }).waitFor()
  await waitUntilLoaded(page)
  dashboard.server.state.boards = []
  await page.reload()
  await page.getByText('The board could not be loaded').waitFor()
})
