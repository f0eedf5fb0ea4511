// Views of boards in both schemes and on a small screen.
import { BARE, MONDAY, ODDS } from './mock/boards'
import { checkViews, type View } from './support/views'

const VIEWS: View[] = [
  { name: 'boards', path: '/p/p1/boards' },
  { name: 'boards-empty', path: '/p/p1/boards', state: { boards: [] } },
  { name: 'boards-loading', path: '/p/p1/boards', state: { isSilent: true }, isLoading: true },
  { name: 'boards-error', path: '/p/p1/boards', state: { failing: ['/boards'] } },
  { name: 'board', path: `/p/p1/boards/${MONDAY}` },
  { name: 'board-bare', path: `/p/p1/boards/${BARE}` },
  { name: 'board-unknown', path: '/p/p1/boards/0193b0a4-0000-7d4c-8f00-00000000dead' },
  { name: 'board-failing-cards', path: `/p/p1/boards/${ODDS}`, state: { failing: ['/overview', '/errors'] } },
  { name: 'board-filtered', path: `/p/p1/boards/${MONDAY}?period=30d&country=TZ` },
]

checkViews(VIEWS)
