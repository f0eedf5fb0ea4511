// Views of boards in both schemes and on a small screen.
import type { Page } from 'playwright-core'
import { BARE, type Board, freshBoards, MONDAY, ODDS } from './mock/boards'
import { OPEN, type ShareLink, shareLinksOf } from './mock/shareLinks'
import { checkViews, type View } from './support/views'

/** What a link to a board shows to somebody who is not signed in. */
const shared = (id: string) => ({
  isSignedIn: false,
  boards: freshBoards(Date.now()).map((board): Board => ({ ...board, visibility: 'project' })),
  shareLinks: shareLinksOf(Date.now()).map((link): ShareLink => ({ ...link, page: 'board', search: `board=${id}` })),
})

const share = async (page: Page) => {
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await page.getByRole('dialog', { name: 'Share Monday morning' }).waitFor()
}
const addCards = async (page: Page) => {
  await page.getByRole('button', { name: 'Add card', exact: true }).click()
  await page.getByRole('dialog', { name: 'Add cards' }).getByRole('button', { name: 'Add Cohorts' }).waitFor()
}

const VIEWS: View[] = [
  { name: 'boards', path: '/p/p1/boards' },
  { name: 'boards-empty', path: '/p/p1/boards', state: { boards: [] } },
  { name: 'boards-loading', path: '/p/p1/boards', state: { isSilent: true }, isLoading: true },
  { name: 'boards-error', path: '/p/p1/boards', state: { failing: ['/boards'] } },
  { name: 'board', path: `/p/p1/boards/${MONDAY}` },
  { name: 'board-bare', path: `/p/p1/boards/${BARE}` },
  { name: 'board-unknown', path: '/p/p1/boards/0193b0a4-0000-7d4c-8f00-00000000dead' },
  { name: 'board-failing-cards', path: `/p/p1/boards/${ODDS}`, state: { failing: ['/overview', '/errors'] } },
  { name: 'board-editing', path: `/p/p1/boards/${MONDAY}?edit=true` },
  { name: 'board-gallery', path: `/p/p1/boards/${MONDAY}?edit=true`, act: addCards },
  { name: 'board-share', path: `/p/p1/boards/${MONDAY}`, act: share },
  { name: 'board-shared', path: `/shared/${OPEN}`, state: shared(MONDAY) },
  { name: 'board-shared-odds', path: `/shared/${OPEN}`, state: shared(ODDS) },
  { name: 'board-filtered', path: `/p/p1/boards/${MONDAY}?period=30d&country=TZ` },
]

checkViews(VIEWS)
