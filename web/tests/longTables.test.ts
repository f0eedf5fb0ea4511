// Long tables: only what is in sight is drawn, and nothing else about them changes.
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { seriousFindings, waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const SHOTS = new URL('../test-results/', import.meta.url).pathname
const SMALL = { viewport: { width: 360, height: 740 } }

/** The sessions, with so many of them at once. */
async function visitSessions(count: number, options = {}): Promise<Page> {
  dashboard.server.state.newSessions = 2_500
  const page = await dashboard.visit('/p/p1/tasks', options)
  await page.route('**/api/projects/p1/sessions?*', (route) => {
    const url = new URL(route.request().url())
    if (!url.searchParams.has('cursor')) url.searchParams.set('limit', String(count))
    return route.continue({ url: url.href })
  })
  await page.goto(`${dashboard.server.url}/p/p1/sessions`)
  await waitUntilLoaded(page)
  return page
}

const drawn = (page: Page) => page.locator('tbody tr[data-index]').count()

/** The rows in sight: which ones, whether anything between them is blank, and where the header is. */
function sight(page: Page) {
  return page.getByRole('table').evaluate((table: HTMLTableElement) => {
    const top = table.tHead?.rows[0]?.cells[0]?.getBoundingClientRect() ?? new DOMRect()
    const rows = [...table.querySelectorAll('tbody tr[data-index]')]
      .map((row) => ({ index: Number(row.getAttribute('aria-rowindex')), box: row.getBoundingClientRect(), row }))
      .filter(({ box }) => box.bottom > Math.max(0, top.bottom) && box.top < innerHeight)
    const blank = rows.slice(1).map(({ box }, at) => box.top - (rows[at]?.box.bottom ?? 0))
    return {
      first: rows[0]?.index ?? 0,
      last: rows.at(-1)?.index ?? 0,
      firstLink: rows[0]?.row.querySelector('a')?.getAttribute('href') ?? '',
      firstTop: Math.round(rows[0]?.box.top ?? 0),
      isFilled: (rows[0]?.box.top ?? 0) <= Math.max(0, top.bottom) && (rows.at(-1)?.box.bottom ?? 0) >= innerHeight,
      blank: Math.max(0, ...blank.map(Math.abs)),
      headerTop: top.top,
      widths: [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => Math.round(cell.getBoundingClientRect().width)),
    }
  })
}

async function scrollToMiddle(page: Page): Promise<void> {
  // Until then the height of what is not drawn is a guess, and the middle elsewhere.
  await expect.poll(() => drawn(page)).toBeLessThan(60)
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2))
  await expect.poll(async () => (await sight(page)).isFilled).toBe(true)
}

test('of 2,000 rows those in sight are drawn, below the header, in columns that stay', async () => {
  const page = await visitSessions(2_000)
  await page.getByText('2,000 of').waitFor()
  expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('2001')
  await expect.poll(() => drawn(page)).toBeLessThan(60)
  const before = await sight(page)
  expect(before.first).toBe(2)
  await scrollToMiddle(page)
  const middle = await sight(page)
  expect(middle.first).toBeGreaterThan(800)
  expect(middle.first).toBeLessThan(1_200)
  expect(middle.last).toBeLessThan(middle.first + 40)
  expect(middle.blank).toBeLessThan(1)
  expect(middle.headerTop).toBe(0)
  expect(middle.widths).toEqual(before.widths)
  expect(await drawn(page)).toBeLessThan(60)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.locator(`:root[data-mantine-color-scheme=${colorScheme}]`).waitFor()
    await page.screenshot({ path: `${SHOTS}long-table-${colorScheme}.png` })
    expect(await seriousFindings(page)).toEqual([])
  }
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  await expect.poll(async () => (await sight(page)).last).toBe(2_001)
})

test('cards of a small screen are drawn as they come into sight', async () => {
  const page = await visitSessions(2_000, SMALL)
  await scrollToMiddle(page)
  const { first, blank } = await sight(page)
  expect(first).toBeGreaterThan(800)
  expect(blank).toBeLessThan(1)
  expect(await drawn(page)).toBeLessThan(60)
  await page.screenshot({ path: `${SHOTS}long-table-small.png` })
  expect(await seriousFindings(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  // Turned to a large screen the cards are rows again, of another height.
  await page.setViewportSize({ width: 1440, height: 900 })
  await scrollToMiddle(page)
  expect((await sight(page)).blank).toBeLessThan(1)
})

test('arrow keys walk through 150 rows, and the row with the focus stays when it is scrolled away', async () => {
  const page = await visitSessions(400)
  const focused = () =>
    page.evaluate(() => {
      const row = document.activeElement
      const header = document.querySelector('thead th')?.getBoundingClientRect().bottom ?? 0
      const box = row?.getBoundingClientRect()
      const isSeen = box !== undefined && box.top >= header && box.bottom <= innerHeight
      return { index: Number(row?.getAttribute('aria-rowindex')), isSeen }
    })
  await page.locator('tbody tr[data-index="0"]').focus()
  for (let step = 0; step < 150; step++) await page.keyboard.press('ArrowDown')
  await expect.poll(focused).toEqual({ index: 152, isSeen: true })
  for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowUp')
  await expect.poll(focused).toEqual({ index: 132, isSeen: true })

  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  await expect.poll(async () => (await sight(page)).last).toBe(401)
  expect(await focused()).toEqual({ index: 132, isSeen: false })
  await page.keyboard.press('ArrowDown')
  await expect.poll(focused).toEqual({ index: 133, isSeen: true })
  await expect.poll(async () => (await sight(page)).isFilled).toBe(true)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/sessions\/./)
})

test('back from a session the list is where it was left', async () => {
  const page = await visitSessions(1_000)
  await scrollToMiddle(page)
  await page.evaluate(() => scrollBy(0, 1_000))
  await expect.poll(async () => (await sight(page)).isFilled).toBe(true)
  const left = await sight(page)
  await page.locator(`tbody tr[aria-rowindex="${left.first + 4}"]`).click()
  await page.waitForURL(/\/sessions\/./)
  await waitUntilLoaded(page)
  await page.goBack()
  await expect.poll(async () => (await sight(page)).firstLink).toBe(left.firstLink)
  expect(Math.abs((await sight(page)).firstTop - left.firstTop)).toBeLessThan(3)
  await page.goForward()
  await page.waitForURL(/\/sessions\/./)
})

test('more rows appear below, and the page stays where it is', async () => {
  const page = await visitSessions(100)
  expect(await drawn(page)).toBe(100)
  const table = page.getByRole('table')
  // A table that is drawn whole counts itself.
  expect(await table.getAttribute('aria-rowcount')).toBe(null)
  const more = page.getByRole('button', { name: 'Show more' })
  await more.scrollIntoViewIfNeeded()
  const before = await sight(page)
  await more.click()
  await page.getByText('150 of').waitFor()
  await expect.poll(() => table.getAttribute('aria-rowcount')).toBe('151')
  await expect.poll(() => drawn(page)).toBeLessThan(60)
  const after = await sight(page)
  expect(after.firstLink).toBe(before.firstLink)
  expect(Math.abs(after.firstTop - before.firstTop)).toBeLessThan(2)
  await expect.poll(async () => (await sight(page)).last).toBeGreaterThan(before.last)
})

test('paper has all rows', async () => {
  const page = await visitSessions(130)
  await expect.poll(() => drawn(page)).toBeLessThan(60)
  // After the dashboard's own listener: what the browser then puts on paper.
  await page.evaluate(() =>
    addEventListener('beforeprint', () => {
      document.title = `${document.querySelectorAll('tbody tr[data-index]').length} rows on paper`
    }),
  )
  await page.pdf()
  expect(await page.title()).toBe('130 rows on paper')
  await expect.poll(() => drawn(page)).toBeLessThan(60)
})

test('groups of a long table keep their headings', async () => {
  const { crm } = dashboard.server.state
  const [late] = crm.tasks
  if (!late) throw new Error('the mock has no tasks')
  const open = crm.tasks.filter(({ status }) => status === 'open')
  crm.tasks = [...Array.from({ length: 130 }, (_, index) => ({ ...late, id: `late_${index}` })), ...open]
  const page = await dashboard.visit('/p/p1/tasks')
  await waitUntilLoaded(page)
  const more = page.getByRole('button', { name: 'Show more' })
  await more.click()
  await page.getByText('100 of').waitFor()
  await more.click()
  const table = page.getByRole('table')
  await page.evaluate(() => scrollTo(0, 0))
  await expect.poll(() => table.locator('tbody th').allInnerTexts()).toHaveLength(1)
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  await expect.poll(() => table.locator('tbody th').count()).toBeGreaterThan(1)
  const places = await table
    .locator('tbody tr[data-index]')
    .evaluateAll((lines) => lines.map((line) => Number(line.getAttribute('aria-rowindex'))))
  expect(places.at(-1)).toBe(Number(await table.getAttribute('aria-rowcount')))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('a long table in a place of its own is drawn as that place is scrolled, and its file has all rows', async () => {
  const page = await dashboard.visit('/p/p1/overview?from=2026-01-01T00:00:00Z&to=2026-08-31T00:00:00Z')
  await waitUntilLoaded(page)
  await page.getByRole('button', { name: 'Show as table' }).first().click()
  const place = page.getByRole('region', { name: / as a table$/ })
  const lines = place.locator('tbody tr[data-index]')
  await lines.first().waitFor()
  await expect.poll(() => lines.count()).toBeLessThan(60)
  const rows = Number(await place.getByRole('table').getAttribute('aria-rowcount')) - 1
  expect(rows).toBeGreaterThan(100)
  await place.evaluate((element) => element.scrollTo(0, element.scrollHeight))
  await expect.poll(() => lines.last().getAttribute('aria-rowindex')).toBe(String(rows + 1))
  const [box, header] = [await place.boundingBox(), await place.locator('thead th').first().boundingBox()]
  expect(Math.abs((header?.y ?? 0) - (box?.y ?? 0))).toBeLessThan(2)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).first().click(),
  ])
  const csv = await readFile(await download.path(), 'utf8')
  expect(csv.trim().split('\r\n')).toHaveLength(rows + 1)
})
