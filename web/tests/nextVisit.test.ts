// From a friction in one recording to the next recorded visit that had the same, and the text where there is none.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const pathOf = (index: number) => `/p/p1/recordings/0193a1b2-0000-7000-8000-${String(index).padStart(12, '0')}`
const SLOW = { timeout: 15_000 }
const PAY = { friction_kind: 'rage_click', selector: '#checkout > form button[type="submit"]' }
const followed = (index: number, t: number) => `${pathOf(index)}?${new URLSearchParams({ t: String(t), ...PAY })}`

const next = (page: Page) => page.getByRole('button', { name: 'Next with this friction', exact: true })
const strip = (page: Page) => page.getByRole('region', { name: 'Same friction in other visits' })
const position = (page: Page) =>
  page.getByRole('slider', { name: 'Position' }).getAttribute('aria-valuenow').then(Number)
const query = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams)

async function arrive(page: Page, index: number, search: Record<string, string>) {
  await page.waitForURL((url) => url.pathname === pathOf(index))
  expect(query(page)).toEqual(search)
  await expect.poll(() => position(page), SLOW).toBeGreaterThanOrEqual(Number(search.t))
}

test('a rage click leads to the next visit that had it, again and again, by click, key and after a reload', async () => {
  const asked: URLSearchParams[] = []
  const page = await dashboard.visit(pathOf(4))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.pathname === '/api/projects/p1/sessions') asked.push(url.searchParams)
  })
  await page.getByRole('button', { name: 'Next with this friction: Rage click at 0:23' }).click()
  // The seventh had it, too, but before it was recorded.
  await arrive(page, 10, { t: '13', ...PAY })
  expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({ ...PAY, has_recording: 'true', sort: 'latest' })
  expect(await strip(page).innerText()).toContain('Pay now')

  await page.keyboard.press('n')
  await arrive(page, 13, { t: '13', ...PAY })
  await page.reload()
  await next(page).click()
  await arrive(page, 16, { t: '13', ...PAY })
  await page.goBack()
  await page.waitForURL((url) => url.pathname === pathOf(13))
})

test('an error leads to the next visit with an error of its group', async () => {
  const page = await dashboard.visit(pathOf(4))
  await page.getByRole('button', { name: 'Next with this friction: JavaScript error at 0:12' }).click()
  await arrive(page, 5, { t: '9', friction_kind: 'javascript_error', error_group: 'v1:1b808c4' })
})

test('the key follows the friction that the replay has reached', async () => {
  const page = await dashboard.visit(`${pathOf(4)}?t=13`)
  await expect.poll(() => strip(page).innerText(), SLOW).toContain('TypeError')
  await page.keyboard.press('n')
  await page.waitForURL((url) => url.pathname === pathOf(5))
  expect(query(page).error_group).toBe('v1:1b808c4')
})

test('after the last visit it says that there is none, in which days, and leads to the sessions', async () => {
  const page = await dashboard.visit(followed(61, 18))
  await strip(page).waitFor()
  await page.keyboard.press('n')
  await strip(page)
    .getByRole('status')
    .getByText('No other recorded visit had this in the 30 days before this one.')
    .waitFor()
  expect(dashboard.address(page)).toContain(pathOf(61))
  await strip(page).getByRole('link', { name: 'Sessions of the last 30 days with it' }).click()
  await page.waitForURL('**/p/p1/sessions?**')
  expect(query(page)).toEqual({ period: '30d', has_recording: 'true', ...PAY })
})

test('a search that fails says why, and is tried again on request', async () => {
  dashboard.server.state.failing = ['/sessions']
  const page = await dashboard.visit(followed(4, 20))
  await next(page).click()
  const failure = strip(page).getByRole('alert')
  await failure
    .getByText(
      'The next visit could not be found. Internal error. The server made a mistake; its log says more. Request id 01JD3W8Q4V7K',
    )
    .waitFor()
  expect(dashboard.address(page)).toContain(pathOf(4))
  dashboard.server.state.failing = []
  await failure.getByRole('button', { name: 'Try again' }).click()
  await arrive(page, 10, { t: '13', ...PAY })
})

test('while it searches it says so, and asks once', async () => {
  const page = await dashboard.visit(followed(4, 20))
  await strip(page).waitFor()
  const asked: (string | null)[] = []
  let answer = () => {}
  const held = new Promise<void>((resolve) => (answer = resolve))
  await page.route('**/api/projects/p1/sessions?**', async (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('cursor'))
    await held
    await route.continue()
  })
  await next(page).click()
  await strip(page).getByRole('status').getByText('Searching the 30 days before this visit…').waitFor()
  await page.keyboard.press('n')
  answer()
  await page.waitForURL((url) => url.pathname === pathOf(10))
  // The tenth is on the second page of the list.
  expect(asked).toEqual([null, '3'])
})
