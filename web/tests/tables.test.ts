// Tables on every width: what each figure is, what is left out, and how a small screen sorts.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const SMALL = { viewport: { width: 360, height: 740 } }

async function visit(path: string, options = {}): Promise<Page> {
  const page = await dashboard.visit(path, options)
  await waitUntilLoaded(page)
  return page
}

/** Of the visible cells of the last table: their names as drawn, and how many are cut off. */
function cells(page: Page) {
  return page
    .getByRole('table')
    .last()
    .evaluate((table) => {
      const shown = [...table.querySelectorAll('tbody td')]
        .filter((cell) => cell.checkVisibility())
        .map((cell) => {
          const name = getComputedStyle(cell, '::before')
          return {
            name: name.display === 'none' ? '' : name.content.replaceAll('"', ''),
            isHeading: cell.matches('[data-small=title]'),
            isCut: cell.scrollWidth > cell.clientWidth,
          }
        })
      const facts = shown.filter(({ isHeading }) => !isHeading)
      return {
        names: [...new Set(facts.map(({ name }) => name))],
        cut: facts.filter(({ isCut }) => isCut).length,
        facts: facts.length,
      }
    })
}

test('on a small screen every figure carries its name and is shown whole', async () => {
  const views: [path: string, names: string[]][] = [
    ['/p/p1/friction', ['Kinds', 'Score', 'Lost a week', 'Count', 'Change', 'Sessions', 'Severity', 'Last seen']],
    ['/p/p1/friction?tab=pages', ['Score', 'Friction', 'Change', 'Share']],
    ['/p/p1/overview', ['Views', 'Change', 'Visitors', 'Friction']],
    ['/p/p1/performance', ['Measurements', 'LCP', 'INP', 'CLS', 'FCP', 'TTFB', 'TTI', 'Load']],
    ['/p/p1/contacts', ['Status', 'Score', 'Deal value', 'Bookings', 'Revenue', 'Last activity']],
    ['/p/p1/tasks', ['Contact', 'Due', 'Complete', 'Priority', 'Assigned to', 'Snooze']],
    ['/p/p1/customers', ['Sessions', 'Orders', 'Bookings', 'Last sign-in', 'Registered']],
    ['/p/p1/events', ['Time', 'Details', 'Page']],
  ]
  const page = await visit('/p/p1/friction', SMALL)
  for (const [path, names] of views) {
    await page.goto(dashboard.server.url + path)
    await waitUntilLoaded(page)
    const found = await cells(page)
    expect(found.names.toSorted(), path).toEqual(names.toSorted())
    expect(found.facts, path).toBeGreaterThan(20)
    expect(found.cut, path).toBe(0)
  }
})

test('on a small screen the list is sorted above its cards', async () => {
  const page = await visit('/p/p1/friction', SMALL)
  const asked = page.waitForRequest(/sort=count/)
  await page.getByRole('button', { name: 'Count', exact: true }).click()
  await asked
})

test('a table wider than the screen says so at its edge', async () => {
  const page = await visit('/p/p1/friction', { viewport: { width: 700, height: 900 } })
  const edge = await page
    .getByRole('table')
    .locator('..')
    .evaluate((scroll) => ({
      hidden: scroll.scrollWidth - scroll.clientWidth,
      layers: getComputedStyle(scroll).backgroundAttachment,
    }))
  expect(edge.hidden).toBeGreaterThan(0)
  expect(edge.layers).toBe('local, local, scroll, scroll')
})

test('the countries have a column only where one is known', async () => {
  const column = (page: Page) => page.getByRole('columnheader', { name: 'Country' }).count()
  const page = await visit('/p/p1/events')
  expect(await column(page)).toBe(1)
  dashboard.server.state.hasCountries = false
  await page.reload()
  await waitUntilLoaded(page)
  expect(await column(page)).toBe(0)
  await page.getByRole('columnheader', { name: 'Device' }).waitFor()
})

test('an element without a text shows its selector once, with its page', async () => {
  const page = await visit('/p/p1/friction')
  const row = page.getByRole('row').filter({ hasText: '.ticket-card img' })
  expect((await row.innerText()).split('.ticket-card img')).toHaveLength(2)
  await row.getByText('/account/tickets').waitFor()
  await row.click()
  const panel = page.getByRole('complementary')
  await panel.getByRole('button', { name: 'Copy selector' }).waitFor()
  expect(await panel.getByText('.ticket-card img').count()).toBe(1)
})

const menu = (page: Page) => page.getByRole('dialog', { name: 'Columns' })
const openColumns = async (page: Page) => {
  await page.getByRole('button', { name: 'Columns' }).click()
  await menu(page).waitFor()
}
/** The headers in sight, without what sorting adds. */
const headers = async (page: Page) =>
  (await page.getByRole('columnheader').filter({ visible: true }).allInnerTexts()).map((text) => text.trim())

test('columns are chosen, and stay so for the member in every project', async () => {
  const page = await visit('/p/p1/customers')
  const before = await headers(page)
  expect(before).toContain('Bookings')
  await openColumns(page)
  const name = menu(page).getByRole('checkbox', { name: 'Customer' })
  expect([await name.isChecked(), await name.isDisabled()]).toEqual([true, true])
  await menu(page).getByRole('checkbox', { name: 'Bookings' }).uncheck()
  await menu(page).getByRole('checkbox', { name: 'Device' }).uncheck()
  const hidden = before.filter((header) => !['Bookings', 'Device'].includes(header))
  expect(await headers(page)).toEqual(hidden)
  await page.keyboard.press('Escape')
  await menu(page).waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Columns')

  await page.goto(`${dashboard.server.url}/p/p2/customers`)
  await waitUntilLoaded(page)
  expect(await headers(page)).toEqual(hidden)
  // Another table is as it was.
  await page.goto(`${dashboard.server.url}/p/p1/contacts`)
  await waitUntilLoaded(page)
  expect(await headers(page)).toContain('Bookings')

  await page.goBack()
  await waitUntilLoaded(page)
  await openColumns(page)
  await menu(page).getByRole('button', { name: 'Reset' }).click()
  expect(await headers(page)).toEqual(before)
  expect(await menu(page).getByRole('button', { name: 'Reset' }).count()).toBe(0)
})

test('columns are put in order by keyboard and by dragging', async () => {
  const page = await visit('/p/p1/errors')
  const before = await headers(page)
  await openColumns(page)
  const up = menu(page).getByRole('button', { name: 'Move People up' })
  await up.focus()
  for (let step = 0; step < before.length; step++) await page.keyboard.press('Enter')
  expect((await headers(page))[0]).toBe('People')
  // At the top there is nothing more to do, but the focus is still there.
  expect(await up.evaluate((button) => button === document.activeElement)).toBe(true)
  expect(await menu(page).getByRole('status').innerText()).toBe(`People is column 1 of ${before.length}`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect((await headers(page)).slice(0, 2)).toEqual(['Error', 'People'])

  const item = (name: string) => menu(page).getByRole('listitem').filter({ hasText: name })
  await item('Last seen').dragTo(item('Trend'))
  await expect
    .poll(() => headers(page))
    .toEqual([
      'Error',
      'People',
      'Last seen',
      ...before.slice(1, 3),
      ...before.slice(4).filter((name) => name !== 'Last seen'),
    ])
  await page.reload()
  await waitUntilLoaded(page)
  expect((await headers(page)).slice(0, 3)).toEqual(['Error', 'People', 'Last seen'])
})

test('a column that a smaller screen leaves out is there when it is asked for', async () => {
  const page = await visit('/p/p1/contacts', { viewport: { width: 1200, height: 800 } })
  expect(await headers(page)).not.toContain('Visits')
  await openColumns(page)
  const visits = menu(page).getByRole('checkbox', { name: 'Visits' })
  expect(await visits.isChecked()).toBe(false)
  await visits.check()
  expect(await headers(page)).toContain('Visits')
  await page.keyboard.press('Escape')
  await page.setViewportSize(SMALL.viewport)
  expect((await cells(page)).names).toContain('Visits')
})

test('a choice of columns that is gone or broken does no harm', async () => {
  const page = await visit('/p/p1/events')
  const before = await headers(page)
  const keep = (text: string) =>
    page.evaluate((value) => localStorage.setItem('footfall.preference.m1.columns.events', value), text)
  for (const [text, expected] of [
    [
      '{"order":["gone","country","time"],"isShown":{"gone":true,"device":false}}',
      ['Country', ...before.filter((name) => !['Country', 'Device'].includes(name))],
    ],
    ['{"order":', before],
  ] as const) {
    await keep(text)
    await page.reload()
    await waitUntilLoaded(page)
    expect(await headers(page), text).toEqual(expected)
  }
})

test('the header stays in sight while the page is scrolled', async () => {
  for (const [width, top] of [
    [1440, 0],
    [800, 48],
  ] as const) {
    const page = await visit('/p/p1/events', { viewport: { width, height: 700 } })
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2))
    const header = page.getByRole('columnheader').first()
    await expect.poll(async () => (await header.boundingBox())?.y, { message: `at ${width} px` }).toBe(top)
    await page.context().close()
  }
})
