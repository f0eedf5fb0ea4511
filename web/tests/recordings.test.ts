// Recordings: the list with its filters, and the player with its bar, keys, gaps and growth.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const idOf = (index: number) => `0193a1b2-0000-7000-8000-${String(index).padStart(12, '0')}`
const RECORDING = `/p/p1/recordings/${idOf(4)}`
const VISIT = JSON.parse(readFileSync(new URL('./data/recording.json', import.meta.url), 'utf8')) as {
  chunks: { timestamp: number }[][]
}
const SLOW = { timeout: 15_000 }

const bar = (page: Page) => page.getByRole('slider', { name: 'Position' })
const position = (page: Page) => bar(page).getAttribute('aria-valuenow').then(Number)
/** The replayed page, in the frame within the frame of the replay. */
const replayed = (page: Page) => page.frameLocator('iframe[title=Replay]').frameLocator('.replayer-wrapper > iframe')

/** Opens a player that stands still at its beginning. */
async function paused(path = RECORDING, options = {}): Promise<Page> {
  const page = await dashboard.visit(path, options)
  await replayed(page).locator('body').waitFor()
  await page.getByRole('button', { name: 'Pause (space)' }).click()
  await bar(page).press('Home')
  await expect.poll(() => position(page)).toBe(0)
  await bar(page).evaluate((element: HTMLElement) => element.blur())
  return page
}

test('the list shows all recordings page by page, and those of one visitor', async () => {
  const page = await dashboard.visit('/p/p1/recordings')
  await waitUntilLoaded(page)
  const rows = page.getByRole('table', { name: 'Recordings' }).locator('tbody tr')
  expect(await rows.count()).toBe(50)
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect.poll(() => rows.count()).toBe(64)
  await rows
    .nth(4)
    .getByRole('button', { name: /^Only recordings of visitor/ })
    .click()
  await expect.poll(() => rows.count()).toBe(3)
  expect(dashboard.address(page)).toBe('/p/p1/recordings?visitor_id=5bb73ae8-2ac4-4256-8af1-000000000001')
  await page.getByRole('button', { name: /^Remove filter Visitor/ }).click()
  await expect.poll(() => rows.count()).toBeGreaterThan(3)
  expect(dashboard.address(page)).toBe('/p/p1/recordings')
  await rows.first().click()
  await replayed(page).locator('body').waitFor()
  expect(dashboard.address(page)).toBe(`/p/p1/recordings/${idOf(0)}`)
})

test('the recordings of a customer are found by their user id', async () => {
  const page = await dashboard.visit('/p/p1/recordings')
  await page.getByRole('searchbox', { name: 'Customer’s user id' }).fill('passenger-1008')
  await page.waitForURL(/user_id=passenger-1008/)
  await expect.poll(() => page.getByRole('table').locator('tbody tr').count()).toBe(1)
})

test('a viewer learns which role is needed, and nothing is asked for', async () => {
  const asked: string[] = []
  const page = await dashboard.visit('/p/p2/recordings')
  page.on('request', (request) => asked.push(request.url()))
  await page.reload()
  await page.getByText('You need the analyst role to see recordings').waitFor()
  await page.goto(`${dashboard.server.url}/p/p2/recordings/${idOf(1)}`)
  await page.getByText('You need the analyst role to see recordings').waitFor()
  expect(asked.filter((url) => /\/api\/.*recordings/.test(url))).toEqual([])
})

test('a recording plays to its end as soon as its first page is there, in frames without rights', async () => {
  const page = await dashboard.visit(RECORDING)
  await replayed(page).locator('body').waitFor()
  await expect.poll(() => position(page), SLOW).toBeGreaterThan(1)
  const frame = page.locator('iframe[title=Replay]')
  expect(await frame.getAttribute('sandbox')).toBe('allow-scripts allow-same-origin')
  expect(await page.frameLocator('iframe[title=Replay]').locator('iframe').getAttribute('sandbox')).toBe(
    'allow-same-origin',
  )
  await page.getByText('8×').click()
  await page.getByRole('button', { name: 'Play again (space)' }).waitFor(SLOW)
  expect(await position(page)).toBe(26)
})

test('the keys play, step, go from mark to mark, and change the speed', async () => {
  const page = await paused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => position(page)).toBe(10)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => position(page)).toBe(5)
  // The error at 12 s, the failed request at 18 s and the rage click at 23 s are marks; the search between them is none.
  for (const seconds of [12, 18, 23]) {
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => position(page)).toBe(seconds)
  }
  for (const seconds of [18, 12]) {
    await page.keyboard.press('Shift+ArrowLeft')
    await expect.poll(() => position(page)).toBe(seconds)
  }
  await page.keyboard.press('+')
  await page.keyboard.press('+')
  await expect.poll(() => page.getByRole('radio', { name: '4×' }).isChecked()).toBe(true)
  await page.keyboard.press('-')
  await expect.poll(() => page.getByRole('radio', { name: '2×' }).isChecked()).toBe(true)
  await page.keyboard.press(' ')
  await expect.poll(() => position(page), SLOW).toBeGreaterThan(12)
  await page.keyboard.press('f')
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true)
})

test('events stand at their moments although the visitor’s clock was wrong, and lead there', async () => {
  const page = await paused()
  const list = page.getByRole('list', { name: 'Events of the session' })
  expect((await list.innerText()).match(/\d+:\d\d/g)).toEqual(['0:00', '0:02', '0:02', '0:09', '0:12', '0:23'])
  await list.getByRole('button', { name: /^0:12 JavaScript error/ }).click()
  await expect.poll(() => position(page)).toBe(12)
  expect(await list.locator('[aria-current]').innerText()).toContain('TypeError')
  await page.locator('main').getByText('Errors', { exact: true }).click()
  expect(await list.getByRole('listitem').count()).toBe(1)
})

test('a link leads to a moment, and another can be copied', async () => {
  const page = await dashboard.visit(`${RECORDING}?t=12`)
  await expect.poll(() => position(page), SLOW).toBeGreaterThanOrEqual(12)
  await page.getByRole('button', { name: 'Pause (space)' }).click()
  const seconds = Math.floor(Number(/Link to 0:(\d+)/.exec(await page.locator('main').innerText())?.[1]))
  expect(seconds).toBeGreaterThanOrEqual(12)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy link to this moment' }).click()
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `${dashboard.server.url}${RECORDING}?t=${seconds}`,
  )
})

test('the recordings before and after it are those of the same visitor', async () => {
  const page = await paused()
  await page.getByRole('link', { name: 'Previous of this visitor' }).click()
  await page.waitForURL(new RegExp(idOf(5)))
  await expect
    .poll(() => page.getByRole('link', { name: 'Previous of this visitor' }).getAttribute('data-disabled'))
    .toBe('true')
  await page.getByRole('link', { name: 'Next of this visitor' }).click()
  await page.waitForURL(new RegExp(idOf(4)))
})

test('parts that are missing are named, and the rest is played', async () => {
  dashboard.server.state.recordings.missing = [1, 3]
  const page = await dashboard.visit(RECORDING)
  await page.getByText('Parts 2 and 4 are missing').waitFor()
  await page.getByText('8×').click()
  await page.getByRole('button', { name: 'Play again (space)' }).waitFor(SLOW)
})

test('a part that cannot be read says so, and is read again on request', async () => {
  dashboard.server.state.failing = ['/chunks/2']
  const page = await dashboard.visit(RECORDING)
  const failure = page.getByRole('alert')
  await failure.getByText('A part of the recording could not be loaded').waitFor()
  dashboard.server.state.failing = []
  await failure.getByRole('button', { name: 'Try again' }).click()
  await failure.waitFor({ state: 'detached' })
  await page.getByText('8×').click()
  await page.getByRole('button', { name: 'Play again (space)' }).waitFor(SLOW)
})

test('a recording that goes on is asked for again, and plays on', async () => {
  dashboard.server.state.recordings.arrived = 2
  const page = await dashboard.visit(RECORDING, { hasTestClock: true })
  await page.getByText('Recording now').waitFor()
  await page.getByText('8×').click()
  await page.getByText('Waiting for more').waitFor(SLOW)
  const reached = await position(page)
  dashboard.server.state.recordings.arrived = 4
  await page.clock.fastForward(10_000)
  await expect.poll(() => position(page), SLOW).toBeGreaterThan(reached)
  forgetClock()
})

/** The clock is a script that the test puts into every frame; the sandbox of the innermost one refuses it. */
function forgetClock() {
  const faults = dashboard.faults()
  faults.splice(0, faults.length, ...faults.filter((fault) => !fault.startsWith('Blocked script execution')))
}

test('a part that comes after later ones takes its place, and the replay stays where it was', async () => {
  Object.assign(dashboard.server.state.recordings, { arrived: 4, missing: [1] })
  const page = await dashboard.visit(RECORDING, { hasTestClock: true })
  const note = page.getByText('Part 2 is missing')
  await note.waitFor()
  await page.getByText('8×').click()
  await page.getByText('Waiting for more').waitFor(SLOW)
  const reached = await position(page)
  const frame = page.locator('iframe[title=Replay]')
  await frame.evaluate((element) => element.setAttribute('data-first', ''))
  dashboard.server.state.recordings.missing = []
  await page.clock.fastForward(10_000)
  await note.waitFor({ state: 'detached' })
  // Changes are applied in their order, so it begins anew.
  await expect.poll(() => frame.getAttribute('data-first')).toBeNull()
  await expect.poll(() => position(page), SLOW).toBeGreaterThanOrEqual(reached)
  await replayed(page).locator('body').waitFor()
  forgetClock()
})

test('stretches without input are skipped, unless that is switched off', async () => {
  const first = VISIT.chunks[0]?.[0]?.timestamp ?? 0
  const late = (by: number) =>
    VISIT.chunks.map((events) =>
      events.map((event) => ({ ...event, timestamp: event.timestamp + (event.timestamp - first > 5_000 ? by : 0) })),
    )
  dashboard.server.state.recordings.parts = late(90_000)
  const page = await dashboard.visit(RECORDING)
  await expect.poll(() => position(page), SLOW).toBeGreaterThan(90)
  await page.getByRole('switch', { name: 'Skip inactivity' }).click({ force: true })
  await bar(page).press('Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => position(page), SLOW).toBeGreaterThan(11)
  expect(await position(page)).toBeLessThan(60)
})

test('neither the dashboard nor the replay listens to anybody else', async () => {
  const page = await paused()
  const frame = page
    .frames()
    .find((one) => new URL(one.url()).pathname === '/replay' && one.parentFrame() === page.mainFrame())
  // From this window, and not from the frame of the replay.
  await page.evaluate(() => window.postMessage({ type: 'failed', detail: 'from elsewhere' }, '*'))
  await page.evaluate(() =>
    window.dispatchEvent(
      new MessageEvent('message', {
        data: { type: 'failed', detail: 'from elsewhere' },
        origin: 'https://elsewhere.example',
      }),
    ),
  )
  await frame?.evaluate(() => window.postMessage({ type: 'play' }, '*'))
  await frame?.evaluate(() =>
    window.dispatchEvent(
      new MessageEvent('message', {
        data: { type: 'play' },
        origin: 'https://elsewhere.example',
        source: window.parent,
      }),
    ),
  )
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => position(page)).toBe(5)
  expect(await page.getByRole('alert').count()).toBe(0)
  await page.getByRole('button', { name: 'Play (space)' }).waitFor()
})
