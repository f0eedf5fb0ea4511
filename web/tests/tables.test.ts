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
