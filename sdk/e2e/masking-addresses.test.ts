// Personal data in addresses, texts, names and errors of a page: what leaves it has been masked in it.
import type { BrowserContext, Page, Route } from 'playwright-core'
import { beforeEach, expect, it } from 'vitest'
import { newContext, ready } from './support/browser'
import { pageWith } from './support/collector'
import { stage } from './support/stage'

const PATH = '/users/ana%40example.org'
const QUERY = '?email=ana@example.org&token=k7Yt2mQ9xB4wZ1cV6nR8pL3s&q=ana%20mushi&lang=sw&utm_source=x'
const BODY = `
  <button data-testid="ana@example.org">Pay with 4242 4242 4242 4242 as ana@example.org</button>
  <script>
    document.title = 'Account of ana@example.org'
    document.querySelector('button').addEventListener('click', () => {
      throw new Error('no call to +255 712 345 678: ' + location.href)
    })
  </script>`
const SECRETS = /ana|mushi|4242 |k7Yt2mQ9x|712 345/

const { browser, collector } = await stage()

beforeEach(() => {
  collector.reset()
  collector.pages[PATH + QUERY] = pageWith(collector.origin, BODY)
})

const isMore = (url: URL): boolean => url.pathname.endsWith('/footfall-more.js')

const visit = async (answer?: (route: Route) => Promise<void>): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await newContext(browser)
  const page = await context.newPage()
  if (answer) await page.route(isMore, answer)
  await page.goto(collector.pageOrigin + PATH + QUERY)
  if (!answer) await ready(page)
  await page.click('button')
  return { context, page }
}

const isTold = (): Promise<void> =>
  collector.waitFor((events) => {
    const names = events.map(({ interaction_type, event_type }) => interaction_type ?? event_type)
    return ['pageview', 'click', 'javascript_error', 'error_click'].every((name) => names.includes(name))
  })

const expectNothingPersonal = (page_url: string): void => {
  expect(collector.posted.map(({ body }) => JSON.stringify(body)).filter((text) => SECRETS.test(text))).toEqual([])
  expect(new Set(collector.events().map((event) => event.page_url))).toEqual(new Set([collector.pageOrigin + page_url]))
}

it('is masked by the second script, with what the project keeps', async () => {
  collector.settings = { version: 1, masking: { query_parameters: 'lang' } }
  const { context } = await visit()
  await isTold()
  await context.close()
  expectNothingPersonal('/users/[email]?lang=sw&utm_source=x')
  const find = (name: string) => collector.events().find(({ event_type }) => event_type === name)
  expect(find('error_click')).toMatchObject({
    element_text: 'Pay with [card] as [email]',
    error_message: `Error: no call to [phone]: ${collector.pageOrigin}/users/[email]?lang=sw&utm_source=x`,
  })
})

it('does not leave the page where the second script is blocked', async () => {
  const { context } = await visit((route) => route.abort())
  await isTold()
  await context.close()
  expectNothingPersonal('/users/[text]?utm_source=x')
})

it('does not leave a page that goes away before the second script has come', async () => {
  const { context, page } = await visit(() => new Promise(() => {}))
  expect(collector.posted).toEqual([])
  await page.goto('about:blank')
  await isTold()
  await context.close()
  expectNothingPersonal('/users/[text]?utm_source=x')
})
