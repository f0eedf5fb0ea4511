// The whole way of friction: from the set-up link to figures that survive a power cut.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OWNER } from '../support/account'
import { watchAcknowledgements } from '../support/acknowledgements'
import { isSameLoad, launch, markLoad, newPerson, waitForIdle, type Person } from '../support/browser'
import { kindCounts, kindsSeenAt, NOTHING, watchKinds } from '../support/kinds'
import { printedBy, startFootfall, type Footfall } from '../support/server'
import { startSite, type Site } from '../support/site'

const EXPECTED = { ...NOTHING, 'Rage click': '1', 'Dead click': '1', 'JavaScript error': '1', 'Form error': '1' }
/** A click without an answer for longer is dead. */
const DEAD_AFTER_MS = 3_000

let server: Footfall
let browser: Browser
let owner: Person
let dashboard: Page
let site: Site | undefined

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startFootfall(), launch()])
  owner = await newPerson(browser)
  dashboard = await owner.context.newPage()
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await server?.remove()
})

test('the printed link sets the server up, and a new key gives the snippet', async () => {
  await dashboard.goto(printedBy(server, /(http:\S+\/setup\?token=\S+)/))
  await dashboard.getByLabel('Your name').fill(OWNER.name)
  await dashboard.getByLabel('E-mail').fill(OWNER.email)
  await dashboard.getByRole('textbox', { name: 'Password' }).fill(OWNER.password)
  await dashboard.getByLabel('Project name').fill(OWNER.project_name)
  await dashboard.getByRole('button', { name: 'Create account and project' }).click()
  await dashboard.waitForURL('**/settings/api-keys')
  await dashboard.getByText('Create a key to start').waitFor()
  await dashboard.getByRole('button', { name: 'Create key' }).first().click()
  await dashboard.getByLabel('Name').fill('Web shop')
  await dashboard.getByRole('dialog').getByRole('button', { name: 'Create key' }).click()
  await dashboard.getByText('Waiting for the first event').waitFor()
  await dashboard.getByRole('button', { name: 'Copy', exact: true }).click()
  await dashboard.getByRole('button', { name: 'Copied', exact: true }).waitFor()
  const snippet = await dashboard.evaluate(() => navigator.clipboard.readText())
  expect(snippet).toMatch(/^<script async src="http:\/\/127\.0\.0\.1:\d+\/friction-tracker\.js" data-api-key="fk_[A-Za-z0-9]{32}"><\/script>$/)
  site = await startSite(snippet)
})

test('what a visitor suffers comes to the open dashboard by itself', async () => {
  await dashboard.getByRole('link', { name: 'Friction', exact: true }).click()
  await dashboard.getByText('0 visitors').waitFor()
  await expect.poll(() => kindCounts(dashboard)).toEqual(NOTHING)
  await markLoad(dashboard)
  await watchKinds(dashboard)

  const visitor = await newPerson(browser)
  const acknowledged = watchAcknowledgements(visitor.context)
  const tab = await visitor.context.newPage()
  await tab.goto(site?.url ?? '')
  await tab.waitForFunction(() => 'footfall' in globalThis)
  const clickedAt = await tab.evaluate(() => Date.now())
  await tab.click('#dead', { clickCount: 3, delay: 20 })
  await expect.poll(() => acknowledged.has('rage_click'), { timeout: 15_000 }).toBe(true)
  // The visitor waits for the button as long as a dead click takes, and then takes the link.
  await tab.waitForFunction((from) => Date.now() > from, clickedAt + DEAD_AFTER_MS + 500)
  const [error] = await Promise.all([tab.waitForEvent('pageerror'), tab.waitForURL('**/booking'), tab.click('#works')])
  expect(error.message).toBe('the price of the cabin is missing')
  await tab.click('#send')
  // Chromium puts the caret into the field it refuses.
  await tab.locator('#passport:focus').waitFor()
  const closedAt = Date.now()
  await Promise.all([tab.waitForEvent('close'), tab.close({ runBeforeUnload: true })])

  await expect.poll(() => kindCounts(dashboard), { timeout: 15_000 }).toEqual(EXPECTED)
  expect(await isSameLoad(dashboard)).toBe(true)
  const seenAt = await kindsSeenAt(dashboard)
  report(acknowledged, seenAt, closedAt)
  await visitor.context.close()
})

test('the list names the button, the error and the field, and not the link', async () => {
  const rows = dashboard.getByRole('table', { name: 'Elements and errors with friction' }).locator('tbody').getByRole('row')
  await expect.poll(() => rows.count()).toBe(3)
  const texts = (await rows.allInnerTexts()).join('\n')
  expect(texts).toContain('#dead')
  expect(texts).toContain('TypeError: the price of the cabin is missing')
  expect(texts).toContain('#passport')
  expect(texts).not.toContain('#works')

  await rows.filter({ hasText: '#dead' }).click()
  const panel = dashboard.getByRole('complementary', { name: 'Friction: Choose seat' })
  await panel.getByRole('listitem').filter({ hasText: /^Rage click\s*1$/ }).waitFor()
  await panel.getByRole('listitem').filter({ hasText: /^Dead click\s*1$/ }).waitFor()
  await dashboard.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  expect(await isSameLoad(dashboard)).toBe(true)
})

test('after a power cut the same figures are there', async () => {
  await server.kill()
  await server.start()
  await dashboard.reload()
  await waitForIdle(dashboard)
  await expect.poll(() => kindCounts(dashboard)).toEqual(EXPECTED)
  await dashboard.getByRole('link', { name: 'Overview', exact: true }).click()
  await dashboard.getByRole('button', { name: /^Friction\s*4/ }).waitFor()
  await dashboard.getByRole('button', { name: /^Visitors\s*1/ }).waitFor()
  await dashboard.getByRole('button', { name: /^Page views\s*2/ }).waitFor()
  expect(owner.faults).toEqual([])
})

/** Prints how long each kind took to the dashboard: from its acknowledgement where that was seen, else from the tab's end. */
function report(acknowledged: Map<string, number>, seenAt: Record<string, number>, closedAt: number): void {
  const kinds = { rage_click: 'Rage click', dead_click: 'Dead click', javascript_error: 'JavaScript error', form_validation_error: 'Form error' }
  for (const [name, label] of Object.entries(kinds)) {
    const from = acknowledged.get(name)
    const took = Math.round((seenAt[label] ?? NaN) - (from ?? closedAt))
    console.log(`${label}: on the dashboard ${took} ms after ${from === undefined ? 'the tab closed' : 'its acknowledgement'}`)
  }
}
