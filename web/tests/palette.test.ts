// The command palette and the shortcuts: where they lead, for whom, and by the keyboard alone.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { SHARED } from './mock/savedQuestions'
import { seriousFindings, waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

async function visit(path = '/p/p1/overview', options = {}): Promise<Page> {
  const page = await dashboard.visit(path, options)
  await waitUntilLoaded(page)
  return page
}

const field = (page: Page) => page.getByRole('combobox', { name: 'Search and commands' })
const chosen = (page: Page) => page.getByRole('option', { selected: true })

async function openPalette(page: Page, query = '') {
  await page.keyboard.press('Control+K')
  await field(page).waitFor()
  if (query) await page.keyboard.type(query)
}

test('a page is reached by a few letters, with the period', async () => {
  const page = await visit('/p/p1/overview?period=30d')
  await openPalette(page, 'fric')
  expect(await chosen(page).innerText()).toContain('Friction')
  expect(await field(page).getAttribute('aria-activedescendant')).toBe(await chosen(page).getAttribute('id'))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/p/p1/friction?period=30d')
  // What was used lately comes first.
  await openPalette(page)
  expect(await page.getByRole('option').first().innerText()).toContain('Friction')
})

test('arrows choose and wrap around, Escape closes and gives the focus back', async () => {
  const page = await visit()
  const button = page.getByRole('button', { name: 'Search and commands' }).first()
  await button.click()
  await field(page).waitFor()
  const count = await page.getByRole('option').count()
  await page.keyboard.press('ArrowUp')
  expect(await chosen(page).getAttribute('id')).toBe(
    await page
      .getByRole('option')
      .nth(count - 1)
      .getAttribute('id'),
  )
  await page.keyboard.press('ArrowDown')
  expect(await chosen(page).getAttribute('id')).toBe(await page.getByRole('option').first().getAttribute('id'))
  await page.keyboard.press('Escape')
  await field(page).waitFor({ state: 'detached' })
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
})

test('people are found by name, sessions by id, questions by title', async () => {
  const page = await visit()
  await openPalette(page, 'Neema')
  await page.getByRole('option', { name: /Neema Mushi.*Contact/ }).click()
  await page.waitForURL('**/p/p1/contacts?open=*')
  await openPalette(page, '0193a1b2-0000-7d4c')
  await page.getByRole('option', { name: /^Open session 0193a1b2-0000-7d4c/ }).click()
  await page.waitForURL('**/p/p1/sessions/0193a1b2-0000-7d4c')
  await openPalette(page, 'orders a d')
  await page.getByRole('option', { name: /^Orders a day/ }).click()
  await page.waitForURL(`**/p/p1/sql?q=${SHARED}`)
  const remembered = await page.evaluate(() => JSON.stringify({ ...localStorage }))
  expect(remembered).not.toContain('Neema')
})

test('another project is opened', async () => {
  const page = await visit()
  await openPalette(page, 'island')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/p/p2/overview')
})

test('actions are done: a note, a key, the colours, signing out', async () => {
  const page = await visit()
  await openPalette(page, 'note')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Add a note to the time line' }).waitFor()
  await page.keyboard.press('Escape')
  await openPalette(page, 'create api')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/settings/api-keys?create=true')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => new URL(page.url()).search).toBe('')
  await openPalette(page, 'dark colours')
  await page.keyboard.press('Enter')
  await page.locator(':root[data-mantine-color-scheme=dark]').waitFor()
  await openPalette(page, 'sign out')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/sign-in')
})

test('a viewer is offered what a viewer may do', async () => {
  const page = await visit('/p/p2/overview')
  await openPalette(page, 'sql')
  await page.getByText('Nothing found').waitFor()
  await field(page).fill('')
  const labels = await page.getByRole('option').allInnerTexts()
  expect(labels.join(' ')).not.toMatch(/Funnels|Webhooks|API key\n?Action|Add note/)
  await field(page).fill('Neema')
  await page.getByText('Nothing found').waitFor()
})

test('two keys lead to a page, but not while typing', async () => {
  const page = await visit()
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  await page.waitForURL('**/p/p1/friction')
  await page.keyboard.press('g')
  await page.keyboard.press('q')
  await page.waitForURL('**/p/p1/sql')
  await waitUntilLoaded(page)
  await page.getByRole('textbox', { name: 'Statement' }).click()
  await page.keyboard.type('go ?r')
  expect(dashboard.address(page)).toMatch(/^\/p\/p1\/sql/)
  expect(await page.getByRole('dialog').count()).toBe(0)
  await expect.poll(() => new URL(page.url()).searchParams.get('sql')).toBe('go ?r')
  // The palette opens from there, too.
  await openPalette(page)
})

test('the sheet lists the shortcuts, and r asks for the figures again', async () => {
  const page = await visit()
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await sheet.getByText('Friction', { exact: true }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  const asked = page.waitForRequest((request) => request.url().includes('/overview'))
  await page.keyboard.press('r')
  await asked
})

test('on a small screen the palette opens from the bar', async () => {
  const page = await visit('/p/p1/overview', { viewport: { width: 360, height: 740 } })
  await page.getByRole('button', { name: 'Search and commands' }).click()
  await field(page).fill('heat')
  await page.getByRole('option', { name: /Heatmaps/ }).click()
  await page.waitForURL('**/p/p1/heatmaps')
})
