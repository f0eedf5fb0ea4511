// What the dashboard asks while it is open: what has changed, at most every ten seconds, and nothing where nobody looks.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { LiveMessage } from '../src/api/liveMessages'
import { eventAt } from './mock/events'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const visible: LiveMessage = { type: 'visible', at: '2026-11-21T09:00:00Z' }
let serial = 9_000_000

/** A view of the page whose clock the test moves, after everything it asks by itself. */
async function visit(path: string): Promise<Page> {
  const page = await dashboard.visit(path, { hasTestClock: true })
  await waitUntilLoaded(page)
  return page
}

/** The questions asked from now on, by the end of their paths. */
function follow(page: Page): Map<string, number> {
  const asked = new Map<string, number>()
  page.on('request', (request) => {
    const [, name] = /\/api\/projects\/p1\/([^?]+)/.exec(request.url()) ?? []
    if (name) asked.set(name, (asked.get(name) ?? 0) + 1)
  })
  return asked
}

const arrival = (category: string) => ({ ...eventAt(Date.now(), serial++), category, path: '/just/arrived' })

function announce(category: string) {
  dashboard.server.say({
    type: 'events',
    events: [arrival(category)],
    totals: { events: 1, page_views: 0, friction: 0 },
    by_kind: {},
  })
  dashboard.server.say(visible)
}

/** Moves the clock while the server speaks every five seconds, as it does: silence would mean a dead connection. */
async function passQuietly(page: Page, seconds: number) {
  for (let passed = 0; passed < seconds; passed += 5) {
    const visitors = 300 + passed
    dashboard.server.say({ type: 'active', active_visitors: visitors })
    await page.getByText(`${visitors} visitors`).waitFor()
    await page.clock.runFor(5_000)
  }
}

test('an open overview asks each question at most every ten seconds, however often something is visible', async () => {
  const page = await visit('/p/p1/overview')
  const asked = follow(page)
  const now = () => page.evaluate(() => Date.now())
  const started = await now()
  for (let second = 0; second < 30; second += 1) {
    announce(['heatmap', 'friction', 'performance'][second % 3] ?? '')
    await page.clock.runFor(1_000)
  }
  const rounds = Math.ceil(((await now()) - started) / 10_000)
  await page.waitForLoadState('networkidle')
  expect(asked.get('overview')).toBeGreaterThanOrEqual(2)
  expect([...asked.values()].filter((times) => times > rounds)).toEqual([])
  expect([...asked.keys()].sort()).toEqual(['bots', 'friction/kinds', 'overview', 'pages', 'web-vitals'])
})

test('only what an event changes is asked again', async () => {
  const page = await visit('/p/p1/overview')
  const asked = follow(page)
  announce('performance')
  await page.getByText('/just/arrived').waitFor()
  await page.clock.runFor(10_000)
  await expect.poll(() => Object.fromEntries(asked)).toEqual({ overview: 1, bots: 1, 'web-vitals': 1 })
  // Everything is known by now: the next round is for what comes next.
  await passQuietly(page, 30)
  await page.waitForLoadState('networkidle')
  expect(Object.fromEntries(asked)).toEqual({ overview: 1, bots: 1, 'web-vitals': 1 })
})

test('a hidden page asks nothing, and once when it is shown again', async () => {
  const page = await visit('/p/p1/overview')
  const asked = follow(page)
  const hide = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
      Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, isHidden)
  await hide(true)
  for (let second = 0; second < 30; second += 1) {
    announce('friction')
    await page.clock.runFor(1_000)
  }
  expect([...asked]).toEqual([])
  await hide(false)
  await page.clock.runFor(10_000)
  await expect.poll(() => asked.get('overview')).toBe(1)
  expect([...asked.values()].every((times) => times === 1)).toBe(true)
})

test('opening tasks asks for no contact of its own', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  const asked = follow(page)
  await page.getByRole('link', { name: /^Tasks/ }).click()
  await page.getByText('Neema Mushi').waitFor()
  await page.waitForLoadState('networkidle')
  expect([...asked.keys()].filter((name) => name.startsWith('contacts'))).toEqual([])
  expect(asked.get('tasks')).toBe(1)
})

test('the tooltip of a chart stays while its figures are refreshed', async () => {
  const page = await visit('/p/p1/overview')
  const box = await page.locator('figure').first().boundingBox()
  if (!box) throw new Error('no chart')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const tooltip = page.locator('figure').first().getByText('Visitors', { exact: true })
  await tooltip.waitFor()
  const answered = page.waitForResponse(/\/overview\?/)
  announce('heatmap')
  await page.clock.runFor(10_000)
  await answered
  for (let moment = 0; moment < 20; moment += 1) {
    await page.clock.runFor(100)
    expect(await tooltip.isVisible()).toBe(true)
  }
})

test('rows of events stay where they are until the new ones are asked for', async () => {
  const page = await visit('/p/p1/events')
  const rows = page.getByRole('table', { name: 'Recent events' }).getByRole('row')
  const before = await rows.allInnerTexts()
  dashboard.server.state.arrived = [arrival('friction'), arrival('heatmap')]
  announce('heatmap')
  await page.clock.runFor(10_000)
  await page.getByRole('button', { name: 'Show 2 new events' }).waitFor()
  const names = (texts: string[]) => texts.map((text) => text.replace(/^.*(ago|now)\s/, ''))
  expect(names(await rows.allInnerTexts())).toEqual(names(before))
  await page.getByRole('button', { name: 'Show 2 new events' }).click()
  await page.getByText('/just/arrived').first().waitFor()
  expect(await rows.count()).toBe(before.length + 2)
  expect(await page.getByRole('button', { name: /new events/ }).count()).toBe(0)
})

test('the first events of an empty list come by themselves', async () => {
  dashboard.server.state.isEmpty = true
  const page = await visit('/p/p1/events')
  await page.getByText('No events in this period').waitFor()
  dashboard.server.state.arrived = [arrival('heatmap')]
  announce('heatmap')
  await page.clock.runFor(10_000)
  await page.getByText('/just/arrived').waitFor()
})

test('without a network the page says so, and Refresh says what failed', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  await page.getByText('214 visitors').waitFor()
  dashboard.server.allowLive(false)
  await page.context().setOffline(true)
  await page.getByText('Offline', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.getByText(/^Not refreshed: Key figures/).waitFor()
  await page.getByText(/^Check your connection/).waitFor()
  await page.getByRole('button', { name: /^Visitors/ }).waitFor()
  dashboard.server.allowLive(true)
  await page.context().setOffline(false)
  await page.getByText('214 visitors').waitFor({ timeout: 15_000 })
})

test('an hour that was dragged over is named as one', async () => {
  const page = await dashboard.visit('/p/p1/overview?from=2026-11-20T14:00:00Z&to=2026-11-20T15:00:00Z')
  await page.getByRole('button', { name: /20 Nov 2026, 14:00 – 15:00/ }).waitFor()
})

test('answered rage clicks are asked for by a switch, which is in the address and goes with it', async () => {
  const page = await dashboard.visit('/p/p1/friction')
  await waitUntilLoaded(page)
  const asked = ['kinds', 'items'].map((name) =>
    page.waitForRequest(
      (request) => request.url().includes(`/friction/${name}?`) && request.url().includes('include_answered=true'),
    ),
  )
  await page.getByRole('switch', { name: 'Answered rage clicks' }).check()
  await Promise.all(asked)
  await page.waitForURL('**/friction?answered=true')
  const overview = page.waitForRequest(/\/overview\?.*include_answered=true/)
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await overview
  const without = page.waitForRequest(
    (request) => /\/overview\?/.test(request.url()) && !request.url().includes('include_answered'),
  )
  await page.getByRole('button', { name: 'Remove filter Answered rage clicks included' }).click()
  await without
})

test('the share of sessions with friction changes by points', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  await expect
    .poll(() => page.getByRole('button', { name: /^Sessions with friction/ }).innerText())
    .toMatch(/[+−]?\d+\.\d points/)
})

test('a month that is known only in part is not compared with', async () => {
  const now = new Date()
  dashboard.server.state.firstCallAt = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 15)).toISOString()
  for (const project of dashboard.server.state.projects) project.created_at = now.toISOString()
  const page = await dashboard.visit('/p/p1/billing')
  await waitUntilLoaded(page)
  await page.getByText(/No comparison: calls are known since 15 \w{3} \d{4}\./).waitFor()
  expect(await page.getByRole('region', { name: 'Usage' }).innerText()).not.toMatch(/\bnew\b|[+−]\d/i)
})
