// The live stream of the Overview: events as they arrive, paused and narrowed, without asking again; counts alone for viewers.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { EventRow } from '../src/api/types'
import { eventAt } from './mock/events'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
let serial = 8_000_000

async function visit(path: string): Promise<Page> {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

function announce(...events: Partial<EventRow>[]) {
  const rows = events.map((more) => ({ ...eventAt(Date.now(), serial++), ...more }))
  dashboard.server.say({
    type: 'events',
    events: rows,
    totals: { events: rows.length, page_views: 1, friction: 0 },
    by_kind: {},
  })
}

const rows = (page: Page) => page.getByRole('list', { name: 'Latest events' }).getByRole('listitem')

test('events appear on top as they arrive, and nothing is asked for them', async () => {
  const page = await visit('/p/p1/overview')
  await rows(page).first().waitFor()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  announce({ path: '/first' })
  await page.getByText('/first').waitFor()
  announce({ path: '/second' })
  await expect.poll(() => rows(page).first().innerText()).toContain('/second')
  expect(asked.filter((url) => url.includes('/events'))).toEqual([])
})

test('a paused stream stands still, counts what arrives, and shows it when it goes on', async () => {
  const page = await visit('/p/p1/overview')
  await rows(page).first().waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('Paused', { exact: true }).waitFor()
  const before = await rows(page).count()
  announce({ path: '/meanwhile' }, { path: '/meanwhile/too' })
  await page.getByText('Paused, 2 new').waitFor()
  expect(await page.getByText('/meanwhile', { exact: true }).count()).toBe(0)
  expect(await rows(page).count()).toBe(before)
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('/meanwhile', { exact: true }).waitFor()
})

test('a kind is chosen, stays in the address, and lets only its events in', async () => {
  const page = await visit('/p/p1/overview?metric=friction')
  await page.getByRole('combobox', { name: 'Kind of events' }).click()
  await page.getByRole('option', { name: 'Customers' }).click()
  await page.waitForURL('**/overview?metric=friction&stream=customers')
  announce({ path: '/viewed' }, { category: 'customer', name: 'order.placed', path: '/ordered' })
  await page.getByText('/ordered').waitFor()
  expect(await page.getByText('/viewed').count()).toBe(0)
})

test('with filters the latest events are those of the filters, and not live', async () => {
  const page = await visit('/p/p1/overview?device=mobile')
  await page.getByRole('heading', { name: 'Latest events' }).waitFor()
  expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0)
  announce({ path: '/from/anywhere' })
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.waitForLoadState('networkidle')
  expect(await page.getByText('/from/anywhere').count()).toBe(0)
})

test('a viewer sees how much arrives, and asks for no event', async () => {
  const asked: string[] = []
  const page = await dashboard.visit('/p/p2/overview')
  page.on('request', (request) => asked.push(request.url()))
  await waitUntilLoaded(page)
  dashboard.server.say({
    type: 'events',
    events: [],
    totals: { events: 7, page_views: 4, friction: 2 },
    by_kind: { rage_click: 2 },
  })
  const live = page.getByRole('region', { name: 'Live' })
  await expect.poll(() => live.innerText()).toMatch(/Events\s+7\s+Page views\s+4\s+Friction\s+2/)
  expect(asked.filter((url) => /\/events\?/.test(url))).toEqual([])
})
