// How answers to clicks are judged, which visitor a page view names, and that the page goes on as before.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { pageOf } from './support/app'
import { conclude, newContext, open } from './support/browser'
import { pageWith, type Received } from './support/collector'
import { bundleFields } from './support/fields'
import { stage } from './support/stage'

const { browser, collector } = await stage()
let context: BrowserContext
beforeEach(async () => {
  collector.reset()
  context = await newContext(browser)
})
afterEach(() => context.close())

const visit = async (body: string, before = '') => {
  collector.pages['/'] = pageWith(collector.origin, body, { before })
  return open(context, `${collector.pageOrigin}/`)
}

const isSentinel = ({ error_message }: Received): boolean => !!error_message?.includes('sentinel')
/** All friction but the sentinel, by which a test knows that nothing else is to come. */
const friction = async (): Promise<Received[]> => {
  await collector.waitFor((events) => events.some(isSentinel))
  return collector.events().filter((event) => event.type === 'friction' && !isSentinel(event))
}
const pageviews = (): Received[] => collector.events().filter(({ interaction_type }) => interaction_type === 'pageview')
const stored = (page: Page, name: string): Promise<string | null> =>
  page.evaluate((key) => localStorage.getItem(key), `footfall.fk_e2e.${name}`)

it('a burst whose clicks were all answered is a rage click of low severity', async () => {
  const { page } = await visit(`<button id="x" onclick="document.body.append('more ')">More</button>`)
  await page.click('#x', { clickCount: 4, delay: 20 })
  await conclude(page)
  expect(await friction()).toMatchObject([
    { event_type: 'rage_click', severity: 'low', metadata: { click_count: 4, answered: true, responded: true } },
  ])
})

it('a burst in which one click had no answer is one of high severity', async () => {
  const { page } = await visit(`<button id="x" onclick="if (n++ !== 1) document.body.append('more ')">More</button>
    <script>n = 0</script>`)
  await page.click('#x', { clickCount: 3, delay: 20 })
  await conclude(page)
  expect(await friction()).toMatchObject([
    { event_type: 'rage_click', severity: 'high', metadata: { click_count: 3, answered: false, responded: true } },
  ])
})

it.each([
  ['a text', [], '<p id="x">Leather</p>'],
  ['a price', [], '<b id="x">10 EUR</b>'],
  ['a text with a hand for a cursor', ['dead_click'], '<p id="x" style="cursor:pointer">Leather</p>'],
])('a single click on %s is %j', async (_name, expected, body) => {
  const { page } = await visit(body)
  await page.click('#x')
  await conclude(page)
  expect((await friction()).map(({ event_type }) => event_type)).toEqual(expected)
})

it('a scene in three dimensions answers, too', async () => {
  const { page } = await visit(
    `<canvas id="c" width="30"></canvas><button id="x">Turn</button><script>
    scene = c.getContext('webgl')
    x.onclick = () => scene.drawArrays(scene.POINTS, 0, 1)</script>`,
    NATIVES,
  )
  await allWatched(page)
  await page.click('#x')
  expect(await page.evaluate('scene.drawingBufferWidth')).toBe(30)
  await conclude(page)
  expect(await friction()).toEqual([])
})

const FORM = `<input id="text" value="a"><input id="box" type="checkbox"><textarea id="letter"></textarea>
  <select id="size"><option>S</option><option>M</option></select><canvas id="c"></canvas>`
/** In the page: how many of these setters and methods are the browser's own. */
const NATIVES = `natives = () => [
    [HTMLInputElement, 'value'], [HTMLInputElement, 'checked'], [HTMLTextAreaElement, 'value'],
    [HTMLSelectElement, 'value'], [HTMLSelectElement, 'selectedIndex'], [CanvasRenderingContext2D, 'fillRect'],
    [CanvasRenderingContext2D, 'drawImage'], [WebGLRenderingContext, 'drawArrays'],
  ].map(([type, name]) => Object.getOwnPropertyDescriptor(type.prototype, name))
    .filter(({ set, value }) => String(set || value).includes('[native code]')).length`

/** The tracker replaces them one after the other, each in its own task. */
const allWatched = (page: Page): Promise<unknown> =>
  vi.waitUntil(async () => (await page.evaluate('natives()')) === 0, { timeout: 10_000, interval: 20 })

it('what is watched is given back', async () => {
  const { page, errors } = await visit(FORM, NATIVES)
  await allWatched(page)
  await page.evaluate('footfall.stop()')
  expect(await page.evaluate('natives()')).toBe(8)
  expect(errors).toEqual([])
})

it('fields and drawings do what they did, for elements of other documents and wrong ones too', async () => {
  const { page, errors } = await visit(`${FORM}<iframe id="frame"></iframe>`, NATIVES)
  await allWatched(page)
  const found = await page.evaluate(() => {
    const by = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T
    const tried = (action: () => unknown): unknown => {
      try {
        return action()
      } catch (error) {
        return (error as Error).name
      }
    }
    by<HTMLInputElement>('text').value = 'b'
    by<HTMLInputElement>('box').checked = true
    by<HTMLTextAreaElement>('letter').value = 'Dear'
    by<HTMLSelectElement>('size').value = 'M'
    const pen = by<HTMLCanvasElement>('c').getContext('2d') as CanvasRenderingContext2D
    pen.fillRect(0, 0, 1, 1)
    const foreign = by<HTMLIFrameElement>('frame').contentDocument?.createElement('input') as HTMLInputElement
    document.body.append(foreign)
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') as PropertyDescriptor
    set?.call(foreign, 'c')
    const file = Object.assign(document.createElement('input'), { type: 'file' })
    return [
      by<HTMLInputElement>('text').value,
      by<HTMLInputElement>('box').checked,
      by<HTMLTextAreaElement>('letter').value,
      by<HTMLSelectElement>('size').selectedIndex,
      pen.getImageData(0, 0, 1, 1).data[3],
      foreign.value,
      tried(() => set?.call({}, 'x')),
      tried(() => (file.value = 'x')),
      tried(() => pen.drawImage({} as HTMLImageElement, 0, 0)),
    ]
  })
  expect(found).toEqual(['b', true, 'Dear', 1, 255, 'c', 'TypeError', 'InvalidStateError', 'TypeError'])
  expect(errors).toEqual([])
})

it('fields that React controls work, and answer', async () => {
  collector.pages['/'] = pageWith(collector.origin, pageOf(await bundleFields(), '<div id="root"></div>'), {
    before: NATIVES,
  })
  const { page, errors } = await open(context, `${collector.pageOrigin}/`)
  await allWatched(page)
  // Rendered anew once the tracker watches, as the page of a route is.
  await page.evaluate('app.show()')
  await page.click('#fill')
  await page.fill('#text', 'typed')
  await page.click('#box')
  await page.click('#all')
  await page.click('#all')
  expect(await page.evaluate('app.state()')).toEqual({ text: 'typed', box: true, changes: 1 })
  await conclude(page)
  expect(await friction()).toEqual([])
  await page.evaluate('footfall.stop()')
  await page.click('#fill')
  expect(await page.inputValue('#text')).toBe('filled')
  expect(errors).toEqual(['sentinel'])
})

it('the page view of a first visit names its visitor, as all that follows does', async () => {
  collector.pages['/'] = pageWith(collector.origin, '<button id="buy">Buy</button>', { attributes: '' })
  const { page } = await open(context, `${collector.pageOrigin}/`)
  await page.click('#buy')
  await collector.waitFor((events) => events.some(({ interaction_type }) => interaction_type === 'click'))
  const visitor = await stored(page, 'visitor')
  expect(visitor).toBeTruthy()
  expect(new Set(collector.events().map(({ visitor_id }) => visitor_id))).toEqual(new Set([visitor]))
  expect(pageviews()).toMatchObject([{ seq: 1 }])
})

it('a page view names the visitor whom somebody else kept before it was allowed to look', async () => {
  let answer = (): void => {}
  await context.route('**/sdk-settings*', async (route) => {
    await new Promise<void>((resolve) => (answer = resolve))
    await route.continue()
  })
  collector.pages['/'] = pageWith(collector.origin, '<button id="buy">Buy</button>', { attributes: '' })
  const { page } = await open(context, `${collector.pageOrigin}/`)
  await page.evaluate(() => localStorage.setItem('footfall.fk_e2e.visitor', 'known-before'))
  answer()
  await collector.waitFor(() => pageviews().length > 0)
  expect(pageviews()).toMatchObject([{ visitor_id: 'known-before' }])
})

it('of a page that is left before anybody was asked, the server makes the visitor of a day', async () => {
  await context.route('**/sdk-settings*', () => {})
  collector.pages['/'] = pageWith(collector.origin, '<button id="buy">Buy</button>', { attributes: '' })
  const { page } = await open(context, `${collector.pageOrigin}/`)
  await page.close({ runBeforeUnload: true })
  await collector.waitFor(() => pageviews().length > 0)
  expect(collector.deliveries[0]?.body.sdk).toMatchObject({ consent: 'none' })
  expect(JSON.stringify(collector.deliveries)).not.toContain('visitor_id')
})
