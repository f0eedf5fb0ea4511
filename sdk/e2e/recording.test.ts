// Recordings and pictures on real pages: off unless wanted, masked, within their budgets, and nothing lost.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { newContext } from './support/browser'
import { type Posted, pageWith } from './support/collector'
import { stage } from './support/stage'

interface Recorded {
  type: number
  timestamp: number
  data: { source?: number; node?: unknown; href?: string }
}

const SNAPSHOT = 2
const META = 4

const { browser, collector } = await stage()
let context: BrowserContext
beforeEach(async () => {
  collector.reset()
  context = await newContext(browser)
})
afterEach(async () => {
  await context.close()
  expect(collector.methods).not.toContain('OPTIONS')
})

const parts = (): Posted[] => collector.posted.filter(({ path }) => path === '/ingest-recording')
const taken = (): Posted[] => parts().filter(({ status }) => status === 200)
const recorded = (): Recorded[] => taken().flatMap(({ body }) => body.events)
const pictures = (): Posted[] => collector.posted.filter(({ path }) => path === '/upload-screenshot')

const until = (what: () => unknown, timeout = 20_000): Promise<unknown> =>
  vi.waitUntil(async () => !!(await what()), { timeout, interval: 50 })

/** Real time: what is recorded is timed by the page. */
const visit = async (body: string, attributes = '', path = '/'): Promise<{ page: Page; errors: string[] }> => {
  collector.pages[path] = pageWith(collector.origin, body, { attributes: `data-consent="granted" ${attributes}` })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.goto(`${collector.pageOrigin}${path}`)
  return { page, errors }
}

/** Long enough for everything that would have begun. */
const settled = async (): Promise<void> => {
  await until(() => collector.scripts.includes('/footfall-more.js') && collector.events().length > 0)
}

const rage = async (page: Page): Promise<void> => {
  await page.click('#dead', { clickCount: 4, delay: 20 })
}

const DEAD = '<div id="dead" role="button" style="user-select:none">Pay</div>'

it('nothing is loaded and nothing recorded unless it is wanted', async () => {
  const { page } = await visit(DEAD)
  await settled()
  await rage(page)
  await until(() => collector.friction().includes('rage_click'))
  expect(collector.scripts).not.toContain('/footfall-recorder.js')
  expect(collector.scripts).not.toContain('/footfall-screenshot.js')
  expect([...parts(), ...pictures()]).toEqual([])
})

it('a recorded visit can be shown from its first moment to its last', async () => {
  const { page, errors } = await visit(
    '<p id="text">Hello</p><button id="add">Add</button>',
    'data-enable-recording="true"',
  )
  await until(() => taken().length > 0)
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('p'), { className: 'late' })))
  await until(() => JSON.stringify(recorded()).includes('late'))
  await page.close({ runBeforeUnload: true })
  const [first, second] = recorded()
  expect([first?.type, second?.type]).toEqual([META, SNAPSHOT])
  const [{ body }] = taken() as [Posted]
  const event = collector.events()[0]
  expect(body).toMatchObject({
    api_key: 'fk_e2e',
    session_id: event?.session_id,
    visitor_id: event?.['visitor_id'],
    page_url: `${collector.pageOrigin}/`,
  })
  expect(taken().map(({ body }) => body.seq)).toEqual(taken().map((_, index) => index))
  expect(new Set(taken().map(({ body }) => body.recording_id)).size).toBe(1)
  expect(taken().every(({ contentType = '', cookie }) => /^(text\/plain|$)/.test(contentType) && !cookie)).toBe(true)
  expect(errors).toEqual([])
})

it('what happens last leaves with a page that is closed', async () => {
  const { page } = await visit('<p>Hello</p>', 'data-enable-recording="true"')
  await until(() => taken().length > 0)
  await page.evaluate(() =>
    document.body.append(Object.assign(document.createElement('p'), { className: 'last-word' })),
  )
  await page.close({ runBeforeUnload: true })
  await until(() => JSON.stringify(recorded()).includes('last-word'))
})

it('a share of visits is recorded, and pages that are named', async () => {
  collector.settings = { version: 1, sampling: { recording_share: 1 } }
  await visit('<p>Hello</p>')
  await until(() => taken().length > 0)
  collector.reset()
  collector.settings = { version: 1, recording: { record_urls: '/book/*' } }
  await visit('<p>Hello</p>', '', '/home')
  await settled()
  expect(parts()).toEqual([])
  await visit('<p>Hello</p>', '', '/book/cars')
  await until(() => taken().length > 0)
  expect(taken().every(({ body }) => body.page_url.endsWith('/book/cars'))).toBe(true)
})

it('friction is recorded with what came before it, and nothing is sent when there is none', async () => {
  collector.settings = { version: 1, recording: { record_on_friction: true } }
  const { page } = await visit(DEAD)
  await until(() => collector.scripts.includes('/footfall-recorder.js'))
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('p'), { className: 'before' })))
  expect(parts()).toEqual([])
  await rage(page)
  await until(() => taken().length > 0)
  expect(recorded()[0]?.type).toBe(META)
  expect(recorded()[1]?.type).toBe(SNAPSHOT)
  expect(JSON.stringify(recorded())).toContain('before')
})

it('nobody is recorded who did not agree, nor after they changed their mind', async () => {
  collector.pages['/none'] = pageWith(collector.origin, DEAD, {
    attributes: 'data-consent="none" data-enable-recording="true" data-screenshots="true"',
  })
  const page = await context.newPage()
  await page.goto(`${collector.pageOrigin}/none`)
  await settled()
  await rage(page)
  await until(() => collector.friction().includes('rage_click'))
  expect([...parts(), ...pictures()]).toEqual([])

  await page.evaluate(() => window.footfall?.consent('granted'))
  await page.click('#dead')
  await until(() => taken().length > 0)
  await page.evaluate(() => window.footfall?.consent('denied'))
  const before = parts().length
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('p'), { className: 'private' })))
  await page.evaluate(() => document.querySelector('.private')?.remove())
  expect(parts().length).toBeLessThanOrEqual(before + 1)

  // And once more.
  await page.evaluate(() => window.footfall?.consent('granted'))
  await page.click('#dead')
  await until(() => new Set(taken().map(({ body }) => body.recording_id)).size === 2)
  await page.close({ runBeforeUnload: true })
  expect(JSON.stringify(parts())).not.toContain('private')
})

it('parts that a failing server did not take are sent again, in their order', async () => {
  const { page } = await visit('<p>Hello</p>', 'data-enable-recording="true"')
  await until(() => taken().length > 0)
  collector.replies.push(503, 0)
  for (const name of ['one', 'two']) {
    await page.evaluate((name) => {
      document.body.append(Object.assign(document.createElement('p'), { className: name }))
    }, name)
    await until(() => parts().some(({ body }) => JSON.stringify(body).includes(`"${name}"`)), 30_000)
  }
  await until(() => ['one', 'two'].every((name) => JSON.stringify(recorded()).includes(`"${name}"`)), 30_000)
  expect(taken().map(({ body }) => body.seq)).toEqual(taken().map((_, index) => index))
}, 90_000)

it('a page whose project has recording off stops at the first refusal', async () => {
  collector.replies.length = 0
  collector.statuses.set('fk_e2e_off', 403)
  collector.pages['/off'] = pageWith(collector.origin, '<p>Hello</p>', {
    attributes: 'data-consent="granted" data-enable-recording="true"',
    key: 'fk_e2e_off',
  })
  const page = await context.newPage()
  await page.goto(`${collector.pageOrigin}/off`)
  await until(() => parts().length > 0)
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('p'), { className: 'late' })))
  await page.close({ runBeforeUnload: true })
  expect(JSON.stringify(parts())).not.toContain('late')
}, 60_000)

it('nothing is recorded nor pictured where the project has used its day up, or leaves nothing to pages', async () => {
  for (const recording of [{ recording_paused: true, screenshots: true }, { record_by_page: false }]) {
    collector.settings = { version: 1, recording }
    const { page } = await visit(DEAD, 'data-enable-recording="true"')
    await settled()
    await page.reload()
    await rage(page)
    await until(() => collector.friction().includes('rage_click'))
    await page.close({ runBeforeUnload: true })
    expect(parts().concat(pictures())).toEqual([])
    collector.reset()
  }
}, 60_000)

it('a page records no more than it may', async () => {
  collector.settings = { version: 1, sampling: { recording_share: 1 }, recording: { recording_max_kib: 64 } }
  const { page } = await visit('<p>Hello</p><button id="more">More</button>')
  await until(() => taken().length > 0)
  const before = taken().length
  const add = (kind: string, count: number): Promise<void> =>
    page.evaluate(
      ([kind, count]) => {
        for (let i = 0; i < count; i++) {
          document.body.append(Object.assign(document.createElement('p'), { className: `${kind}-${i}` }))
        }
      },
      [kind, count] as const,
    )
  await add('few', 3)
  await until(() => taken().length > before)
  await add('many', 3000)
  // Over the size of a part: it would be sent at once. What is asked of the page next is asked after that.
  await page.click('#more')
  await until(() => collector.events().some(({ interaction_type }) => interaction_type === 'click'))
  await page.close({ runBeforeUnload: true })
  expect(JSON.stringify(parts())).not.toContain('many-1')
  expect(JSON.stringify(recorded()).length).toBeLessThan(64 * 1024)
}, 60_000)

it('a page that is kept busy by it is left alone for a while, and then recorded anew', async () => {
  collector.settings = { version: 1, sampling: { recording_share: 1 }, recording: { recording_cpu_percent: 1 } }
  const { page } = await visit('<p>Hello</p>')
  await until(() => taken().length > 0)
  await page.evaluate(() => {
    const add = (left: number): void => {
      const box = document.createElement('section')
      for (let i = 0; i < 400; i++) box.append(Object.assign(document.createElement('p'), { textContent: `${i}` }))
      document.body.append(box)
      if (left) setTimeout(add, 10, left - 1)
      else document.body.append(Object.assign(document.createElement('p'), { className: 'after' }))
    }
    add(40)
  })
  const [first] = taken().map(({ body }) => body.recording_id)
  await until(() => taken().some(({ body }) => body.recording_id !== first), 60_000)
  const of = (isFirst: boolean): string =>
    JSON.stringify(taken().filter(({ body }) => (body.recording_id === first) === isFirst))
  expect(of(true)).not.toContain('after')
  expect(of(false)).toContain('after')
}, 90_000)

it('friction is pictured, masked and small', async () => {
  collector.settings = { version: 1, recording: { screenshots: true } }
  const { page, errors } = await visit(
    `<h1>Account of Amina Juma</h1><p>Card 4111 1111 1111 1111</p><input value="secret">${DEAD}
     <img src="/photo.png" alt="Amina" width="80" height="60">`,
  )
  await settled()
  await rage(page)
  await until(() => pictures().length > 0 && collector.friction().includes('rage_click'))
  const form: string = pictures()[0]?.body.form
  const field = (name: string): string | undefined => new RegExp(`name="${name}"\\r\\n\\r\\n([^\\r]*)`).exec(form)?.[1]
  const rageClick = collector.events().find(({ event_type }) => event_type === 'rage_click')
  expect(field('friction_event_id')).toBe(rageClick?.id)
  expect(field('session_id')).toBe(rageClick?.session_id)
  expect(field('api_key')).toBe('fk_e2e')
  const start = form.indexOf('\x89PNG')
  const png = Buffer.from(form.slice(start), 'latin1')
  expect(start).toBeGreaterThan(0)
  expect(png.readUInt32BE(16)).toBeLessThanOrEqual(1024)
  expect(form).toContain('\0\0\0\0IEND\xaeB`\x82')
  expect(form).not.toContain('Amina')
  expect(errors).toEqual([])
  const folder = process.env['SCREENSHOTS']
  if (folder) (await import('node:fs')).writeFileSync(`${folder}/pictured.png`, png)
})
