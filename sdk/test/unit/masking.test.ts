// Nothing personal is in any request body: with the second script, without it, and before it has come.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Client, createClient, type DeferredParts } from '../../src/client'
import * as second from '../../src/more'
import { CORPUS, encoded } from '../support/corpus'
import { CONFIG, html } from '../support/signals'
import { click, dispatchTrusted } from '../support/trusted'

interface Sent {
  id: string
  interaction_type?: string
  event_type?: string
  page_url: string
  [field: string]: unknown
}

let bodies: string[]
let settings: object
const received = (): Sent[] => bodies.flatMap((body) => (JSON.parse(body) as { events: Sent[] }).events)
const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

const more = async (): Promise<DeferredParts> => second
const blocked = (): Promise<DeferredParts> => Promise.reject(new Error('blocked'))
const coming = (): Promise<DeferredParts> => new Promise(() => {})

let client: Client | undefined
const start = (load: () => Promise<DeferredParts>): void => {
  client = createClient(CONFIG, load)
}

const hide = async (): Promise<void> => {
  dispatchTrusted(window, new Event('pagehide'))
  await pass()
}

/** The page holds it wherever a page may hold something, and its visitor clicks and meets errors. */
const meet = (value: string): void => {
  document.title = `Account of ${value} - Shop`
  const texts = html('<section><button></button><b></b><i></i><a></a></section>')
  const [button, byId, byTestId, byClass] = Array.from(texts.children) as HTMLElement[]
  if (!button || !byId || !byTestId || !byClass) throw new Error('no elements')
  button.textContent = `Send it to ${value} today`
  byId.id = value
  byTestId.setAttribute('data-testid', `customer ${value}`)
  byClass.className = value
  for (const element of [button, byId, byTestId, byClass]) click(element)
  const error = new Error(`customer ${value} was not found`)
  error.name = `Error of ${value}`
  error.stack = `Error: no ${value}\n    at pay (https://shop.example/users/${encoded(value)}/app.js?v=${value}:10:5)`
  dispatchTrusted(window, new ErrorEvent('error', { error, message: error.message }))
}

/** In the path, in a parameter of campaigns, in another one, and in a route. */
const addressOf = (value: string): string => {
  const text = encoded(value)
  return `/users/${text}/edit?utm_source=mail&utm_content=${text}&email=${text}#/users/${text}?token=${text}`
}

/** The value as it is, as JSON and as an address writes it. */
const leaksOf = (value: string): string[] => {
  const texts = [value, JSON.stringify(value).slice(1, -1), encoded(value), encodeURIComponent(value)]
  return bodies.filter((body) => texts.some((text) => body.includes(text)))
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
  localStorage.clear()
  bodies = []
  settings = {}
  vi.stubGlobal(
    'fetch',
    vi.fn(async (_url: string, init: RequestInit) => {
      if (!init.body) return new Response(JSON.stringify(settings))
      bodies.push(init.body as string)
      return new Response('{"success":true}')
    }),
  )
})

afterEach(() => {
  client?.stop()
  client = undefined
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe.each([
  ['with the second script', more, false],
  ['where the second script is blocked', blocked, false],
  ['when the page is hidden before the second script has come', coming, true],
])('%s', (_name, load, isHidden) => {
  it(`none of ${CORPUS.values.length} values leaves the page, and every event does`, { timeout: 180_000 }, async () => {
    const leaks: string[] = []
    for (const { text } of CORPUS.values) {
      bodies = []
      localStorage.clear()
      history.replaceState(null, '', addressOf(text))
      vi.spyOn(document, 'referrer', 'get').mockReturnValue(`https://shop.example${addressOf(text)}`)
      start(load)
      if (!isHidden) await pass(10)
      meet(text)
      if (isHidden) await hide()
      else await pass(20_000)
      client?.stop()
      const names = received().map(({ interaction_type, event_type }) => interaction_type ?? event_type)
      expect(names.filter((name) => name === 'click')).toHaveLength(4)
      expect(names).toEqual(expect.arrayContaining(['pageview', 'javascript_error', 'error_click']))
      for (const { page_url } of received()) {
        expect(page_url).toMatch(/^https:\/\/shop\.example\/users\/\[/)
        expect(page_url).toContain('utm_source=mail')
      }
      leaks.push(...leaksOf(text))
    }
    expect(leaks).toEqual([])
  })

  it('a referrer of another site keeps no query', async () => {
    history.replaceState(null, '', '/start')
    vi.spyOn(document, 'referrer', 'get').mockReturnValue('https://search.example/find?q=asha@example.com')
    start(load)
    if (!isHidden) await pass(10)
    await hide()
    expect(received()[0]?.['referrer']).toBe('https://search.example/find')
  })

  it('what an earlier tab has left is masked, too', async () => {
    const event = { id: 'left', type: 'friction', timestamp: Date.now(), session_id: 's', visitor_id: 'v', seq: 1 }
    const left = {
      ...event,
      page_url: 'https://shop.example/?email=asha@example.com',
      page_title: 'Of asha@example.com',
    }
    localStorage.setItem('footfall.fk_test.queue.other', JSON.stringify([{}, left]))
    history.replaceState(null, '', '/start')
    start(load)
    await pass(10)
    await hide()
    expect(received().map(({ id }) => id)).toContain('left')
    expect(bodies.join()).not.toContain('asha')
  })
})

it('what the browser is to send should the page crash is masked', async () => {
  vi.stubGlobal('fetchLater', (_url: string, { body }: { body: string }) => bodies.push(body))
  history.replaceState(null, '', '/start?email=asha@example.com')
  start(coming)
  meet('asha@example.com')
  await pass(200)
  expect(received().length).toBeGreaterThan(4)
  expect(bodies.join()).not.toContain('asha')
})

it('nothing is sent before the second script has come, however long that takes, and all of it then', async () => {
  history.replaceState(null, '', '/start?lang=sw&email=asha@example.com')
  settings = { masking: { query_parameters: 'lang' } }
  let arrive: (script: DeferredParts) => void = () => {}
  start(() => new Promise((resolve) => (arrive = resolve)))
  for (let i = 0; i < 12; i++) click(html('<button>Buy now</button>'))
  client?.flush()
  await pass(30_000)
  expect(bodies).toEqual([])
  arrive(await more())
  await pass()
  expect(received().filter(({ interaction_type }) => interaction_type === 'click')).toHaveLength(12)
  expect(new Set(received().map(({ page_url }) => page_url))).toEqual(new Set(['https://shop.example/start?lang=sw']))
})

it('what is harmless stays as it is', async () => {
  history.replaceState(null, '', '/cars/suv?utm_source=mail&utm_campaign=May%202026#/cart')
  start(more)
  await pass(10)
  const button = html('<button id="book">Book 2 nights for TZS 150,000</button>')
  click(button)
  await hide()
  expect(received().find(({ interaction_type }) => interaction_type === 'click')).toMatchObject({
    page_url: 'https://shop.example/cars/suv?utm_source=mail&utm_campaign=May%202026#/cart',
    element_selector: '#book',
  })
})

it('texts are cut after they are masked', async () => {
  history.replaceState(null, '', `/${'x'.repeat(5000)}`)
  start(more)
  await pass(10)
  const button = html(`<button>${'Send this letter to our customer '.repeat(2).slice(0, 60)} asha@example.com</button>`)
  for (let i = 0; i < 3; i++) click(button)
  const stack = `Error: x\n${'    at pay (https://shop.example/app.js:10:5)\n'.repeat(300)}`
  const error = Object.assign(new Error('m'.repeat(5000)), { stack })
  dispatchTrusted(window, new ErrorEvent('error', { error }))
  await pass(20_000)
  const event = received().find(({ event_type }) => event_type === 'error_click')
  expect(event?.page_url).toHaveLength(2048)
  expect(event?.['element_text']).toMatch(/^Send this .{54}$/)
  expect(event?.['element_text']).not.toContain('asha')
  expect(event?.['error_message']).toHaveLength(1024)
  expect(`${event?.['stack']}`.length).toBeLessThanOrEqual(8192)
  expect(event?.['stack']).toMatch(/app\.js:10:5\)$/)
})
