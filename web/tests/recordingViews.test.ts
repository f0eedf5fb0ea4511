// The views of recordings in both schemes and on a small screen, as tests/views.test.ts has them for the others.
import type { Page } from 'playwright-core'
import { checkViews, type View } from './support/views'

const RECORDING = '/p/p1/recordings/0193a1b2-0000-7000-8000-000000000004'
/** The earliest with a rage click on "Pay now". */
const LAST =
  '/p/p1/recordings/0193a1b2-0000-7000-8000-000000000061?t=18&friction_kind=rage_click&selector=%23checkout+%3E+form+button%5Btype%3D%22submit%22%5D'

/** Stands still at a moment, so that its picture is the same each time. */
async function pauseAt(page: Page, ms: number) {
  await page.getByRole('button', { name: /^Pause \(/ }).click()
  const bar = page.getByRole('slider', { name: 'Position' })
  await bar.press('Home')
  for (let at = 0; at < ms; at += 5_000) await bar.press('ArrowRight')
}

/** Stands still, and asks for the next visit with the same friction. */
const pressNext = (outcome: RegExp) => async (page: Page) => {
  await pauseAt(page, 20_000)
  await page.getByRole('button', { name: 'Next with this friction', exact: true }).click()
  await page.getByText(outcome).waitFor()
}

const VIEWS: View[] = [
  { name: 'recordings', path: '/p/p1/recordings' },
  { name: 'recordings-filtered', path: '/p/p1/recordings?visitor_id=5bb73ae8-2ac4-4256-8af1-000000000001' },
  { name: 'recordings-empty', path: '/p/p1/recordings', state: { isEmpty: true } },
  { name: 'recordings-none-found', path: '/p/p1/recordings?user_id=nobody' },
  { name: 'recordings-loading', path: '/p/p1/recordings', state: { isSilent: true }, isLoading: true },
  { name: 'recordings-error', path: '/p/p1/recordings', state: { failing: ['/recordings'] } },
  { name: 'recordings-viewer', path: '/p/p2/recordings' },
  { name: 'player', path: RECORDING, act: (page) => pauseAt(page, 15_000) },
  {
    name: 'player-gap',
    path: RECORDING,
    state: { recordings: { parts: null, missing: [1, 3], arrived: null } },
    act: (page) => pauseAt(page, 5_000),
  },
  { name: 'player-next-none', path: LAST, act: pressNext(/^No other recorded visit/) },
  { name: 'player-next-error', path: LAST, state: { failing: ['/sessions'] }, act: pressNext(/could not be found/) },
  { name: 'player-not-found', path: '/p/p1/recordings/nothing' },
  { name: 'player-error', path: RECORDING, state: { failing: ['/chunks/2'] } },
  { name: 'player-viewer', path: '/p/p2/recordings/0193a1b2-0000-7000-8000-000000000004' },
]

checkViews(VIEWS)
