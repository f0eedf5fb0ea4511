// Journeys: the chart adds up, a page is marked, made the start, and leads to its sessions; the table, a small screen, and nothing.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

async function visit(path: string, options = {}): Promise<Page> {
  const page = await dashboard.visit(path, options)
  await waitUntilLoaded(page)
  return page
}

const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)
const node = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const isAsked = (page: Page, is: (query: URLSearchParams) => boolean) =>
  page.waitForRequest((request) => request.url().includes('/journeys?') && is(new URL(request.url()).searchParams))

test('the rail leads to it, every step is named, and nodes say sessions, losses, friction and conversions', async () => {
  const page = await visit('/p/p1/overview?period=30d')
  await page.getByRole('link', { name: 'Journeys', exact: true }).click()
  await page.waitForURL('**/journeys?period=30d')
  await page.getByText('2,400 sessions').waitFor()
  for (const step of ['Entry page', 'Step 2', 'Step 3', 'Step 4', 'Step 5'])
    await page.getByRole('list', { name: step, exact: true }).waitFor({ state: 'attached' })
  expect(
    await node(page, /^\/, Entry page/)
      .locator('> span', { hasText: 'sessions' })
      .first()
      .innerText(),
  ).toMatch(
    /^\/, Entry page, [\d,]+ sessions, [\d,]+ left here \([\d.]+%\), [\d.]+% with friction, [\d.]+% with a conversion$/,
  )
  expect(await node(page, /^\/timetable, Step 5/).textContent()).not.toContain('left here')
})

test('the bands at a bar are as high as it: what arrives, and what goes on or ends', async () => {
  const page = await visit('/p/p1/journeys')
  const sums = await page.evaluate(() => {
    const number = (text: string | undefined) => Number((text ?? '').replace(/,/g, ''))
    return [...document.querySelectorAll('ul[aria-label] button')].map((button) => {
      const label = button.textContent ?? ''
      return {
        step: label.split(', ')[1],
        sessions: number(/([\d,]+) sessions/.exec(label)?.[1]),
        left: number(/([\d,]+) left here/.exec(label)?.[1]),
      }
    })
  })
  const of = (step: string) => sums.filter((entry) => entry.step === step)
  const total = (step: string, key: 'sessions' | 'left') => of(step).reduce((sum, entry) => sum + entry[key], 0)
  expect(total('Entry page', 'sessions')).toBe(2_400)
  for (const [step, next] of [
    ['Entry page', 'Step 2'],
    ['Step 2', 'Step 3'],
    ['Step 3', 'Step 4'],
    ['Step 4', 'Step 5'],
  ] as const) {
    expect(total(step, 'sessions') - total(step, 'left'), next).toBe(total(next, 'sessions'))
  }
})

test('a focused page marks what flows through it, and the keyboard reaches its choices', async () => {
  const page = await visit('/p/p1/journeys')
  const bands = (state: string) => page.locator(`path[data-state=${state}]`).count()
  await node(page, /^\/timetable, Step 2/).focus()
  await expect.poll(() => bands('on')).toBeGreaterThan(3)
  expect(await bands('off')).toBeGreaterThan(10)
  await page
    .getByRole('tooltip')
    .getByText(/of all$/)
    .waitFor()
  await page.keyboard.press('Enter')
  const asked = isAsked(page, (query) => query.get('start') === '/timetable')
  await page.getByRole('menuitem', { name: 'Start here' }).focus()
  await page.keyboard.press('Enter')
  await asked
  expect(parameter(page, 'start')).toBe('/timetable')
  await node(page, /^\/timetable, Start/).waitFor()
  await expect.poll(() => page.getByRole('combobox', { name: 'Start page' }).inputValue()).toBe('/timetable')
  await page.goBack()
  await node(page, /^\/, Entry page/).waitFor()
})

test('a page leads to its sessions with the same filters', async () => {
  const page = await visit('/p/p1/journeys?device=mobile&city=Zanzibar')
  await node(page, /^\/timetable, Step 2/).click()
  await page.getByRole('menuitem', { name: 'See sessions with this page' }).click()
  await page.waitForURL('**/sessions?*')
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    device: 'mobile',
    city: 'Zanzibar',
    path: '/timetable',
  })
  await page.goBack()
  await node(page, /^\/, Entry page/).click()
  await page.getByRole('menuitem', { name: 'See its sessions' }).click()
  await page.waitForURL('**/sessions?*entry_path*')
})

test('the start is searched among pages, the direction is turned, and the others are shown', async () => {
  const page = await visit('/p/p1/journeys')
  await page.getByRole('combobox', { name: 'Start page' }).fill('/check')
  await page.getByRole('option', { name: '/checkout', exact: false }).first().click()
  await expect.poll(() => parameter(page, 'start')).toMatch(/^\/checkout/)
  await page.getByRole('combobox', { name: 'Start page' }).fill('https://coralferries.example/checkout?x=1')
  await page.keyboard.press('Enter')
  await expect.poll(() => parameter(page, 'start')).toBe('/checkout')
  const asked = isAsked(page, (query) => query.get('direction') === 'back' && query.get('start') === '/checkout')
  await page.getByText('What comes before', { exact: true }).click()
  await asked
  await node(page, /^\/checkout, End/).waitFor()
  await node(page, /1 page before/)
    .first()
    .waitFor()
  await page.getByRole('combobox', { name: 'Pages in each step' }).click()
  await page.getByRole('option', { name: '3 pages each' }).click()
  await expect.poll(() => parameter(page, 'top')).toBe('3')
  await node(page, /^Other pages, 2 pages before/).click()
  await page.getByRole('menuitem', { name: 'Show 5 pages of each step' }).click()
  await expect.poll(() => parameter(page, 'top')).toBe('5')
  await page.getByRole('button', { name: 'All exit pages' }).click()
  await expect.poll(() => parameter(page, 'start')).toBeNull()
  expect(parameter(page, 'direction')).toBe('back')
})

test('the same figures stand in a table', async () => {
  const page = await visit('/p/p1/journeys?steps=2')
  await page.getByRole('button', { name: 'Show as table' }).click()
  const lines = page.getByRole('table', { name: 'Journeys' }).locator('tbody').getByRole('row')
  await lines.first().waitFor()
  const rows = await lines.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText)),
  )
  expect(rows.reduce((sum, row) => sum + Number(row[3]?.replace(',', '')), 0)).toBe(2_400)
  expect(rows.filter((row) => row[2] === '(left)').length).toBeGreaterThan(1)
})

test('a small screen has the steps one under the other', async () => {
  const page = await visit('/p/p1/journeys', { viewport: { width: 360, height: 740 } })
  await page.getByRole('heading', { name: 'Step 2' }).waitFor()
  expect(await page.getByRole('region', { name: 'Chart of journeys' }).count()).toBe(0)
  await node(page, /^\/timetable, Step 2/).click()
  await page.getByRole('menuitem', { name: 'Start here' }).click()
  await expect.poll(() => parameter(page, 'start')).toBe('/timetable')
})

test('a page that nobody saw, filters that nothing meets, and no views at all say the next step', async () => {
  const page = await visit('/p/p1/journeys?start=%2Fnowhere')
  await page.getByText('No session saw /nowhere in this period').waitFor()
  await page.getByRole('button', { name: 'Show all journeys' }).click()
  await page.getByText('2,400 sessions').waitFor()
  await page.goto(`${dashboard.server.url}/p/p1/journeys?city=Nowhere&steps=3`)
  await page.getByRole('button', { name: 'Remove filters' }).click()
  await page.getByText('2,400 sessions').waitFor()
  expect(parameter(page, 'steps')).toBe('3')
  dashboard.server.state.isEmpty = true
  await page.goto(`${dashboard.server.url}/p/p1/journeys`)
  await page.getByText('No page views in this period').waitFor()
  await page.getByRole('link', { name: 'Install the tracker' }).waitFor()
})

test('a failure says so, and a viewer may start elsewhere but not see sessions', async () => {
  dashboard.server.state.failing = ['/journeys']
  const page = await visit('/p/p2/journeys')
  await page.getByText('The journeys could not be loaded').waitFor()
  dashboard.server.state.failing = []
  await page.getByRole('button', { name: 'Try again' }).click()
  await node(page, /^\/timetable, Step 2/).click()
  await page.getByRole('menuitem', { name: 'Start here' }).waitFor()
  expect(await page.getByRole('menuitem', { name: /sessions/ }).count()).toBe(0)
})
