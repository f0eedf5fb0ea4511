// The dashboard over the demo: every view is clean on every screen, and people find their way by mouse, keyboard and address.
import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launch, newPerson, seriousFindings, waitForIdle, sidewaysScroll, type Person } from '../support/browser'
import { kindCounts } from '../support/kinds'
import { printedBy, startFootfall, type Footfall } from '../support/server'
import { SCREENS, VIEWS } from '../support/views'

const SHOTS = new URL('../screenshots/', import.meta.url).pathname
const DAY_MS = 86_400_000

let server: Footfall
let browser: Browser
let member: Person
let page: Page
/** The address of the first project. */
let project: string

const days = (ago: number) => `${new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10)}T00:00:00Z`
/** Whole days in the past: their figures stand still while the demo's visitors come and go. */
const PAST = `from=${days(9)}&to=${days(2)}`

async function visit(path: string): Promise<void> {
  await page.goto(path.startsWith('/') ? server.url + path : `${project}/${path}`)
  await waitForIdle(page)
}

async function signIn(password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(printedBy(server, /Sign in as (\S+)/))
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  const started = Date.now()
  ;[server, browser] = await Promise.all([startFootfall('demo'), launch()])
  console.log(`The demo was ready after ${((Date.now() - started) / 1000).toFixed(1)} s`)
  member = await newPerson(browser)
  page = await member.context.newPage()
})
afterEach(() => expect(member.faults.splice(0)).toEqual([]))
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

test('a wrong password says so, and the right one leads to the page that was asked for', async () => {
  await page.goto(printedBy(server, /Open\s+(\S+)/))
  await page.waitForURL('**/sign-in')
  await signIn('not the password')
  await page.getByRole('alert').getByText(/wrong e-mail address or password/i).waitFor()
  await signIn(printedBy(server, /Password\s+(\S+)/))
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  project = page.url().replace(/\/overview.*/, '')
})

test('the story of the demo stands first: the payment button is what hurts most, in a week and in a month', async () => {
  for (const period of ['7d', '30d']) {
    await visit(`friction?period=${period}`)
    const first = page.getByRole('table').locator('tbody').getByRole('row').first()
    // The demo's events come into the lake in several parts.
    await expect.poll(() => first.innerText(), { timeout: 15_000, message: period }).toMatch(/^Pay now\s+#pay-now/)
  }
})

test('a month is not compared with the time before the first event, a week is compared with the week before', async () => {
  const visitors = () => page.getByRole('button', { name: /^Visitors/ }).innerText()
  await visit('overview?period=30d')
  await expect.poll(visitors).toMatch(/–$/)
  await page.getByRole('button', { name: /^About the comparison: .*before the first event/ }).waitFor()
  expect(await page.getByRole('main').innerText()).not.toMatch(/[+−]\d/)
  await visit('overview')
  await expect.poll(visitors).toMatch(/[+−][\d,.]+%$/)
})

test('the key of the demo is in use', async () => {
  await visit('settings/api-keys')
  const key = page.getByRole('region', { name: 'Keys' }).getByRole('listitem').filter({ hasText: 'Web site' })
  expect(await key.innerText()).toMatch(/Last used\s*(just now|\d+ (s|min) ago)/)
  expect(await key.getByText('Waiting for the first event').count()).toBe(0)
})

test('the filters suggest the names that are stored', async () => {
  const { events } = await page.evaluate(async (id) => (await fetch(`/api/projects/${id}/events?limit=1000`)).json(), project.split('/').at(-1))
  for (const [dimension, field] of [['Browser', 'browser'], ['Operating system', 'os']] as const) {
    await visit('overview')
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('button', { name: dimension, exact: true }).click()
    const suggested = page.getByRole('group', { name: 'Values' }).locator('label')
    await suggested.first().waitFor()
    const stored = new Set((events as Record<string, string>[]).map((event) => event[field]).filter(Boolean))
    expect(stored.size, dimension).toBeGreaterThan(1)
    expect(await suggested.allInnerTexts()).toEqual(expect.arrayContaining([...stored]))
  }
})

describe.each(Object.entries(SCREENS))('on a %s screen', (screen, options) => {
  let person: Person
  let view: Page

  beforeAll(async () => {
    person = await newPerson(browser, { ...options, storageState: await member.context.storageState() })
    view = await person.context.newPage()
  })
  afterAll(() => person?.context.close())

  test.each(VIEWS)('$name is clean', async ({ name, path, act }) => {
    await view.goto(path.startsWith('/') ? server.url + path : `${project}/${path}`)
    await waitForIdle(view)
    await act?.(view)
    if (act) await waitForIdle(view)
    await view.screenshot({ path: `${SHOTS}${name}-${screen}.png`, fullPage: !act })
    expect(await seriousFindings(view)).toEqual([])
    expect(await sidewaysScroll(view)).toBeLessThanOrEqual(0)
    expect(person.faults.splice(0)).toEqual([])
  })
})

test('the first Tab offers to skip, the next ones lead through the rail', async () => {
  await visit('overview')
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim())
  const order: (string | undefined)[] = []
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press('Tab')
    order.push(await focused())
  }
  expect(order).toEqual(['Skip to content', 'Bahari Rentals', 'Search and commands', 'Overview', 'Boards', 'Acquisition', 'Friction', 'Errors', 'Sessions', 'Journeys', 'Funnels', 'Forms', 'Retention', 'Heatmaps', 'Performance', 'Events', 'Recordings', 'Bots', 'SQL', 'Contacts'])
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor()
})

test('the friction list is walked, opened and closed by keyboard', async () => {
  await visit(`friction?${PAST}`)
  const rows = page.getByRole('table').locator('tbody').getByRole('row')
  const title = async (index: number) => (await rows.nth(index).locator('[title]').first().getAttribute('title')) ?? ''
  const [first, second] = [await title(0), await title(1)]
  expect(first).not.toBe('')
  const panel = page.getByRole('complementary')
  await rows.first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => panel.getAttribute('aria-label')).toBe(`Friction: ${second}`)
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => panel.getAttribute('aria-label')).toBe(`Friction: ${first}`)
  expect(await rows.first().evaluate((row) => row === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.has('open')).toBe(false)
})

test('kind and period live in the address: a copied link shows the same figures, back and forward work', async () => {
  await visit(`friction?${PAST}`)
  const table = (where: Page) => where.getByRole('table').locator('tbody').innerText()
  const all = await table(page)
  await page.getByRole('region', { name: 'Kinds of friction' }).getByRole('button', { name: /^Rage click/ }).click()
  await page.waitForURL('**/friction?*friction_kind=rage_click*')
  await expect.poll(() => table(page)).not.toBe(all)
  await waitForIdle(page)

  const copy = await member.context.newPage()
  await copy.goto(page.url())
  await waitForIdle(copy)
  const counts = await kindCounts(copy)
  expect(Number(counts['Rage click'])).toBeGreaterThan(0)
  expect(counts).toEqual(await kindCounts(page))
  expect(await table(copy)).toBe(await table(page))
  await copy.close()

  await page.goBack()
  await expect.poll(() => table(page)).toBe(all)
  await page.goForward()
  await page.getByRole('button', { name: 'Remove filter Friction kind is Rage click' }).waitFor()
  await page.getByRole('button', { name: /Dar es Salaam$/ }).click()
  await page.getByRole('button', { name: 'Last 30 days' }).click()
  await page.waitForURL((url) => url.searchParams.get('period') === '30d' && url.searchParams.get('friction_kind') === 'rage_click' && !url.searchParams.has('from'))
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await page.waitForURL('**/overview?*period=30d*')
})

test('another project shows its own figures', async () => {
  await visit(`overview?${PAST}`)
  const visitors = () => page.getByRole('button', { name: /^Visitors/ }).innerText()
  const before = await visitors()
  await page.getByRole('button', { name: 'Bahari Rentals' }).click()
  await page.getByRole('menuitem', { name: 'Duka Market' }).click()
  await page.waitForURL((url) => !url.href.startsWith(project))
  await page.goto(`${page.url().split('?')[0]}?${PAST}`)
  await waitForIdle(page)
  expect(await visitors()).not.toBe(before)
})

test('signing out ends the session for every tab, and signing in returns to the page', async () => {
  await visit('performance?period=30d')
  await page.getByRole('button', { name: /Demo$/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  const other = await member.context.newPage()
  await other.goto(`${project}/overview`)
  await other.getByRole('heading', { name: 'Sign in' }).waitFor()
  await other.close()
  await visit('performance?period=30d')
  await page.waitForURL('**/sign-in?**')
  await signIn(printedBy(server, /Password\s+(\S+)/))
  await page.getByRole('heading', { name: 'Performance', level: 1 }).waitFor()
  expect(page.url()).toBe(`${project}/performance?period=30d`)
})

test('on the playground every signal is seen as it leaves the page', async () => {
  const person = await newPerson(browser)
  const view = await person.context.newPage()
  await view.goto(printedBy(server, /Try\s+(\S+)/))
  const log = view.getByRole('list', { name: 'What the page sends' })
  const seen = (name: string) => log.getByText(name, { exact: true }).first().waitFor()
  await seen('pageview')
  await view.click('#rage', { clickCount: 3, delay: 60 })
  await seen('rage_click')
  // One after the other: what one changes in the page would be an answer to the one before.
  for (const [id, name] of [
    ['dead', 'dead_click'],
    ['slow', 'slow_click'],
    ['throws', 'error_click'],
    ['rejects', 'unhandled_rejection'],
    ['form button', 'form_validation_error'],
  ] as const) {
    await view.click(`#${id}`)
    await seen(name)
  }
  await view.click('#works')
  await view.click('#route')
  await expect.poll(() => log.locator('em').allInnerTexts().then((states) => new Set(states))).toEqual(new Set(['stored']))
  expect(await log.getByText('rage_click', { exact: true }).count()).toBe(1)
  expect(await seriousFindings(view)).toEqual([])
  await view.screenshot({ path: `${SHOTS}playground-wide.png`, fullPage: true })
  await view.setViewportSize({ width: 360, height: 740 })
  expect(await sidewaysScroll(view)).toBeLessThanOrEqual(0)
  await view.screenshot({ path: `${SHOTS}playground-narrow.png`, fullPage: true })
  expect(person.faults.splice(0).filter((fault) => !/voucher|reviews/.test(fault))).toEqual([])
  await person.context.close()
})
