// Heatmaps: the page and its layers, elements marked by pointer and keyboard, snapshots, and what is asked for.
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { UNRECORDED_PAGE } from './mock/heatmap'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const MAP = '/p/p1/heatmaps'

const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)
const marks = (page: Page) => page.getByRole('group', { name: 'Elements on the page' })
const mark = (page: Page, name: RegExp) => marks(page).getByRole('button', { name })
const figures = (page: Page, of: string) => page.getByRole('group', { name: `Figures of ${of}` })
const list = (page: Page) => page.getByRole('table', { name: 'Elements on the page' })
const apart = (page: Page) => page.getByRole('table', { name: 'Elements that are not on this version of the page' })
const row = (table: Locator, name: RegExp) => table.getByRole('row', { name })
const snapshot = (page: Page) => page.frameLocator('iframe[title="Snapshot of the page"]')
const isAsked = (page: Page, is: (query: URLSearchParams) => boolean) =>
  page.waitForRequest(
    (request) => new URL(request.url()).pathname.endsWith('/heatmap') && is(new URL(request.url()).searchParams),
  )

/** Opens a map whose elements have their places. */
async function placed(path = MAP): Promise<Page> {
  const page = await dashboard.visit(path)
  await marks(page).getByRole('button').first().waitFor({ state: 'attached' })
  return page
}

test('the most viewed page comes first, at the width most of its views have', async () => {
  const page = await dashboard.visit('/p/p1/overview?period=30d')
  await waitUntilLoaded(page)
  const asked = isAsked(page, (query) => query.has('min_width'))
  await page.getByRole('link', { name: 'Heatmaps', exact: true }).click()
  const query = new URL((await asked).url()).searchParams
  expect([query.get('path'), query.get('layer'), query.get('min_width'), query.get('max_width')]).toEqual([
    '/',
    'clicks',
    '0',
    '479',
  ])
  expect(dashboard.address(page)).toBe(`${MAP}?period=30d`)
  await page.getByText('3,312 clicks in 1,987 sessions, 10,684 page views').waitFor()
  await page.getByText('93.8% of 3,312 clicks lie on this version of the page.').waitFor()
})

test('the page stands still and whole in frames without rights, and each mark lies on its element', async () => {
  const page = await placed()
  const outer = page.locator('iframe[title="Snapshot of the page"]')
  expect([await outer.getAttribute('sandbox'), await outer.getAttribute('inert')]).toEqual([
    'allow-scripts allow-same-origin',
    '',
  ])
  const inner = snapshot(page).locator('.replayer-wrapper > iframe')
  expect([
    await inner.getAttribute('sandbox'),
    await inner.getAttribute('width'),
    await inner.getAttribute('height'),
  ]).toEqual(['allow-same-origin', '384', '725'])
  expect(await snapshot(page).locator('.replayer-mouse').isVisible()).toBe(false)
  const button = await snapshot(page).frameLocator('.replayer-wrapper > iframe').locator('#book-now').boundingBox()
  const box = await mark(page, /^Book now/).boundingBox()
  for (const side of ['x', 'y', 'width', 'height'] as const)
    expect(Math.abs((box?.[side] ?? 0) - (button?.[side] ?? 0)), side).toBeLessThan(1)
  expect(box?.width).toBeGreaterThan(50)
})

/** A recorded page of three sections as high as the screen, and a field that hides the style of its form. */
function longPage() {
  let id = 1
  const element = (tagName: string, attributes: object, ...childNodes: object[]) => ({
    type: 2,
    id: ++id,
    tagName,
    attributes,
    childNodes,
  })
  const text = (textContent: string) => ({ type: 3, id: ++id, textContent })
  const style =
    'body { margin: 0 } section { min-height: calc(100vh - 10px) !important } @media screen { #last { min-height: 50vh !important } }'
  const body = element(
    'body',
    {},
    element('section', { id: 'book-now' }),
    element('section', {}),
    element('form', { style: 'height: 20vh' }, element('input', { name: 'style' })),
    element('section', { id: 'last' }),
  )
  const html = element('html', {}, element('head', {}, element('style', {}, { ...text(style), isStyle: true })), body)
  const node = { type: 0, id: 1, childNodes: [{ type: 1, id: ++id, name: 'html', publicId: '', systemId: '' }, html] }
  return [
    { type: 4, timestamp: 1_000, data: { href: 'https://coralferries.example/', width: 400, height: 800 } },
    { type: 2, timestamp: 1_010, data: { node, initialOffset: { top: 300, left: 0 } } },
    { type: 3, timestamp: 4_000, data: { source: 3, id: 1, x: 0, y: 500 } },
  ]
}

test('a page is as high as it was recorded, although parts of it are as high as the screen', async () => {
  dashboard.server.state.recordings.parts = [longPage()]
  const page = await placed()
  const inner = snapshot(page).locator('.replayer-wrapper > iframe')
  // Twice 800 - 10, 20 % and 50 % of 800.
  const height = Number(await inner.getAttribute('height'))
  expect(height).toBe(790 + 790 + 160 + 400)
  const box = await mark(page, /^Book now/).boundingBox()
  const paper = await page.locator('canvas').boundingBox()
  expect([
    Math.round(box?.height ?? 0),
    Math.round((box?.y ?? 0) - (paper?.y ?? 0)),
    Math.round(paper?.height ?? 0),
  ]).toEqual([790, 0, height])
})

/** How opaque the heat is at a share of the map's width and height. */
const heatAt = (page: Page, x: number, y: number) =>
  page
    .locator('canvas')
    .evaluate(
      (canvas: HTMLCanvasElement, [across = 0, down = 0]) =>
        canvas.getContext('2d')?.getImageData(Math.round(across * canvas.width), Math.round(down * canvas.height), 1, 1)
          .data[3] ?? -1,
      [x, y],
    )

test('heat lies where the clicks were, and nowhere else', async () => {
  const page = await placed()
  const [paper, box] = [await page.locator('canvas').boundingBox(), await mark(page, /^Book now/).boundingBox()]
  const middle = [
    ((box?.x ?? 0) + (box?.width ?? 0) / 2 - (paper?.x ?? 0)) / (paper?.width ?? 1),
    ((box?.y ?? 0) + (box?.height ?? 0) / 2 - (paper?.y ?? 0)) / (paper?.height ?? 1),
  ] as const
  // The most opaque there is: 0.82 of 255.
  await expect.poll(() => heatAt(page, ...middle)).toBe(209)
  expect(await heatAt(page, middle[0], middle[1] + 60 / 725)).toBeLessThan(60)
  const legend = page.getByRole('group', { name: 'Legend: Clicks within 20 px' })
  expect((await legend.innerText()).split('\n').slice(1)).toEqual([
    expect.stringMatching(/^0$/),
    expect.stringMatching(/^\d+$/),
    expect.stringMatching(/^\d+$/),
  ])
})

test('an element and its row mark each other, with its figures', async () => {
  const page = await placed()
  await row(list(page), /^Photo 1 of 4/).hover()
  await expect.poll(() => mark(page, /^Photo 1 of 4/).getAttribute('data-marked')).toBe('true')
  await expect
    .poll(() => figures(page, 'Photo 1 of 4').innerText())
    .toMatch(/div\.photo\.large[^]*Clicks\s+729[^]*Sessions\s+445[^]*Visitors\s+401[^]*Change\s+−30\.0%/)
  await mark(page, /^Book now/).hover()
  await expect.poll(() => row(list(page), /^Book now/).getAttribute('data-marked')).toBe('true')
  expect(await row(list(page), /^Photo 1 of 4/).getAttribute('data-marked')).toBeNull()
  await figures(page, 'Book now').waitFor()
})

test('arrows lead from element to element, Enter keeps the figures open, Escape closes them', async () => {
  const page = await placed()
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  await page.getByRole('region', { name: 'Map of the page' }).focus()
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Book now: 1,358 clicks in 828 sessions, +32.0%')
  await page.keyboard.press('ArrowRight')
  expect(await focused()).toMatch(/^Photo 1 of 4: 729 clicks/)
  await page.keyboard.press('End')
  expect(await focused()).toMatch(/^Toyota Noah: 33 clicks/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => parameter(page, 'open')).toBe('#book-now')
  // The next stop is the way to the sessions.
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Close figures')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/p/p1/sessions?path=*')
  await page.goBack()
  await figures(page, 'Book now').waitFor()
  await mark(page, /^Book now/).focus()
  await page.keyboard.press('Escape')
  await expect.poll(() => parameter(page, 'open')).toBeNull()
})

test('a row leads to the sessions on the page, and of friction to those with it', async () => {
  const page = await placed(`${MAP}?device=mobile`)
  await list(page).getByRole('link', { name: 'Book now' }).click()
  await page.waitForURL('**/sessions*')
  expect([parameter(page, 'path'), parameter(page, 'device'), parameter(page, 'selector')]).toEqual([
    '/',
    'mobile',
    null,
  ])
  await page.goBack()
  await page.getByRole('button', { name: 'Rage clicks', exact: true }).click()
  await page.getByText('Rage clicks on the element').waitFor()
  await list(page).getByRole('link', { name: 'Book now' }).click()
  await page.waitForURL('**/sessions*')
  expect([parameter(page, 'path'), parameter(page, 'selector'), parameter(page, 'friction_kind')]).toEqual([
    '/',
    '#book-now',
    'rage_click',
  ])
})

test('elements that the snapshot lacks are listed apart, and another snapshot may have them', async () => {
  const page = await placed()
  await page.getByText('Another snapshot may have it.').waitFor()
  expect(await apart(page).locator('tbody tr').count()).toBe(2)
  expect(await row(apart(page), /^Compare/).count()).toBe(1)
  await page.getByRole('combobox', { name: 'Snapshot' }).click()
  await page.getByRole('option').nth(1).click()
  await expect.poll(() => parameter(page, 'shot')).toBe('0193a1b2-0000-7000-8000-000000000005.10100')
  // The visitor had gone on to a form.
  await row(apart(page), /^Book now/).waitFor()
  // 397 and 265 on the links of the head, 33 on the heading, and 156 on no element.
  await page.getByText('25.7% of 3,312 clicks lie on this version of the page.').waitFor()
})

test('friction colours its elements, since it has no places in them', async () => {
  const page = await placed(`${MAP}?layer=dead`)
  const fill = await mark(page, /^Photo 1 of 4/).evaluate((element: HTMLElement) => element.style.background)
  expect(fill).toMatch(/^rgba?\(58, 8, 64/)
  expect(await page.locator('canvas').count()).toBe(0)
  await page.getByText('Dead clicks on the element').waitFor()
})

test('colouring by change is in the address, orange for more and blue for fewer', async () => {
  const page = await placed()
  await page.getByRole('switch', { name: 'Colour by change' }).click({ force: true })
  await expect.poll(() => parameter(page, 'change')).toBe('true')
  const fill = (name: RegExp) => mark(page, name).evaluate((element: HTMLElement) => element.style.background)
  await expect.poll(() => fill(/^Book now/)).toMatch(/^rgba\(205, 84, 0/)
  expect(await fill(/^Photo 1 of 4/)).toMatch(/^rgba\(29, 92, 170/)
  await page.getByRole('group', { name: 'Legend: Change of clicks' }).waitFor()
  await page.goBack()
  await page.getByRole('group', { name: 'Legend: Clicks within 20 px' }).waitFor()
})

test('scroll depth has bands with their shares, and the first screen ends where it did', async () => {
  const page = await dashboard.visit(`${MAP}?layer=scroll`)
  const map = page.getByRole('region', { name: 'Map of the page' })
  await map.getByText('98.0% reached 25%').waitFor()
  await map.getByText('88.4% reached 50%').waitFor()
  await map.getByText('Average end of the first screen, 725 px').waitFor()
  await page.getByText('Half of 7,479 sessions saw at least 74.0% of the page').waitFor()
  expect(await page.getByRole('table', { name: 'Scroll depth' }).getByRole('row').count()).toBe(12)
})

test('a width is asked for and kept, and without a recording the page is a blank sheet', async () => {
  const page = await placed()
  const asked = isAsked(page, (query) => query.get('min_width') === '1440' && !query.has('max_width'))
  await page.getByRole('button', { name: /^1440 px and wider/ }).click()
  await asked
  await expect.poll(() => parameter(page, 'width')).toBe('1440')
  await page.getByText('No visit to this page at this screen width was recorded in this period').waitFor()
  expect(await page.locator('iframe').count()).toBe(0)
  expect(await page.getByRole('table', { name: 'Elements on the page' }).locator('tbody tr').count()).toBe(8)
  await page.getByRole('button', { name: 'All widths', exact: true }).click()
  await page.getByText('5,710 clicks in 3,426 sessions, 18,420 page views').waitFor()
  await expect.poll(() => parameter(page, 'width')).toBe('all')
  await page.goto(`${dashboard.server.url}${MAP}?path=${encodeURIComponent(UNRECORDED_PAGE)}`)
  await page.getByRole('link', { name: 'Set up recording' }).click()
  await page.waitForURL('**/p/p1/sdk')
})

test('a page is found by typing, also one that is not among the most viewed', async () => {
  const page = await placed()
  const field = page.getByRole('combobox', { name: 'Page', exact: true })
  await field.click()
  await field.fill('seats')
  await page.getByRole('option', { name: /^\/book\/seats/ }).click()
  await expect.poll(() => parameter(page, 'path')).toBe('/book/seats')
  await field.click()
  await field.fill('/nobody/knows')
  const asked = isAsked(page, (query) => query.get('path') === '/nobody/knows')
  await page.getByRole('option', { name: '/nobody/knows' }).click()
  await asked
  await page.getByRole('button', { name: 'Remove filter Page is /nobody/knows' }).click()
  await expect.poll(() => parameter(page, 'path')).toBeNull()
})

test('filters that narrow friction alone are neither asked nor shown', async () => {
  const asked: string[] = []
  const page = await dashboard.visit('/p/p1/friction?selector=%23book-now&friction_kind=rage_click')
  await waitUntilLoaded(page)
  page.on('request', (request) => asked.push(request.url()))
  await page.getByRole('link', { name: 'Heatmaps', exact: true }).click()
  await marks(page).getByRole('button').first().waitFor({ state: 'attached' })
  expect(asked.filter((url) => /\/heatmap/.test(url) && /selector|friction_kind/.test(url))).toEqual([])
  expect(await page.getByRole('button', { name: /^Remove filter/ }).count()).toBe(0)
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: 'Browser', exact: true }).waitFor()
  expect(await page.getByRole('button', { name: 'Element', exact: true }).count()).toBe(0)
})

test('a viewer sees the map without the page, and no snapshot is asked for', async () => {
  const asked: string[] = []
  const page = await dashboard.visit('/p/p2/overview')
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`${dashboard.server.url}/p/p2/heatmaps`)
  await page.getByText('Snapshots of pages come from recordings of visits, which the analyst role may see').waitFor()
  expect(await page.getByRole('table', { name: 'Elements on the page' }).locator('tbody tr').count()).toBe(8)
  expect(asked.filter((url) => /snapshots|recordings/.test(url))).toEqual([])
  expect(await page.locator('iframe').count()).toBe(0)
})

test('a snapshot that cannot be read says so, and is read again on request', async () => {
  dashboard.server.state.failing = ['/chunks/0']
  const page = await dashboard.visit(MAP)
  await page.getByText('The snapshot could not be loaded').waitFor()
  expect(await page.getByRole('table', { name: 'Elements on the page' }).locator('tbody tr').count()).toBe(8)
  dashboard.server.state.failing = []
  await page.getByRole('button', { name: 'Try again' }).click()
  await mark(page, /^Book now/).waitFor({ state: 'attached' })
})

test('nobody else can say where elements are', async () => {
  const page = await placed()
  const before = await mark(page, /^Book now/).boundingBox()
  await page.evaluate(() => {
    const data = {
      type: 'boxes',
      boxes: Array.from({ length: 8 }, () => ({ selector: 'x', x: 1, y: 1, width: 9, height: 9 })),
      width: 9,
      height: 9,
    }
    window.postMessage(data, '*')
    window.dispatchEvent(new MessageEvent('message', { data, origin: 'https://elsewhere.example' }))
    window.postMessage({ type: 'still', width: 9, height: 9, isWhole: true }, '*')
  })
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  expect(await mark(page, /^Book now/).boundingBox()).toEqual(before)
})
