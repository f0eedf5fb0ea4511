// The views of recordings in both schemes and on a small screen, as tests/views.test.ts has them for the others.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { FULL_PAGE, withRecordedEntries } from './mock/recordingEntries'
import { checkViews, type View } from './support/views'

const VISIT = JSON.parse(readFileSync(new URL('./data/recording.json', import.meta.url), 'utf8')) as {
  chunks: { timestamp: number }[][]
}
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

/** Stands still beside what the page printed or asked for; the row that matches is open. */
const besideAt =
  (ms: number, tab: RegExp, row?: RegExp) =>
  async (page: Page): Promise<void> => {
    await pauseAt(page, ms)
    await page.getByRole('tab', { name: tab }).click()
    if (!row) return
    const opened = page.getByRole('listitem').filter({ hasText: row }).first()
    await opened.getByRole('button', { name: /^Show details/ }).click()
    await opened.scrollIntoViewIfNeeded()
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
  { name: 'player-console', path: RECORDING, act: besideAt(15_000, /^Console/, /TypeError/) },
  { name: 'player-requests', path: RECORDING, act: besideAt(20_000, /^Requests/, /503/) },
  {
    name: 'player-console-full',
    path: RECORDING,
    state: { recordings: { parts: withRecordedEntries(VISIT.chunks, FULL_PAGE), missing: [], arrived: null } },
    act: besideAt(10_000, /^Console/),
  },
  {
    name: 'player-console-none',
    path: RECORDING,
    state: { recordings: { parts: VISIT.chunks, missing: [], arrived: null } },
    act: besideAt(10_000, /^Console/),
  },
  {
    name: 'session-console',
    path: '/p/p1/sessions/visit-4',
    act: async (page) => {
      await page.getByRole('button', { name: 'Watch the recording' }).click()
      await page.getByRole('tab', { name: /^Console/ }).waitFor()
      await pauseAt(page, 15_000)
      await page.getByRole('region', { name: 'Beside the replay' }).scrollIntoViewIfNeeded()
    },
  },
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
