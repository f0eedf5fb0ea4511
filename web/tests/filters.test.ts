// The filter editor and saved segments: by mouse and by keyboard, in the address, and as the server is asked.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

async function visit(path: string): Promise<Page> {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)
const isAsked = (page: Page, question: string, is: (query: URLSearchParams) => boolean) =>
  page.waitForRequest(
    (request) => new URL(request.url()).pathname.endsWith(`/${question}`) && is(new URL(request.url()).searchParams),
  )

async function add(page: Page, dimension: string) {
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: dimension, exact: true }).click()
}

test('a filter excludes values, which are suggested with their sessions', async () => {
  const page = await visit('/p/p1/overview')
  await add(page, 'Browser')
  const values = page.getByRole('group', { name: 'Values' })
  await values.getByText(/^11\.4\sk$/).waitFor()
  await page.getByLabel('Condition').selectOption('is not')
  await values.getByRole('checkbox', { name: 'Chrome' }).check()
  await values.getByRole('checkbox', { name: 'Safari' }).check()
  const asked = isAsked(page, 'overview', (query) => query.get('filters') === 'browser!=Chrome,Safari')
  await page.getByRole('button', { name: 'Apply' }).click()
  await asked
  await page.getByRole('button', { name: 'Browser is not Chrome or Safari', exact: true }).waitFor()
  await page.goBack()
  await expect.poll(() => parameter(page, 'filters')).toBeNull()
})

test('a filter is made by keyboard alone', async () => {
  const page = await visit('/p/p1/overview')
  await page.getByRole('button', { name: 'Add filter' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Behavior' }).focus()
  await page.keyboard.press('Enter')
  const search = page.getByRole('textbox', { name: 'Value' })
  await search.waitFor()
  await page.keyboard.type('rage')
  await page.getByRole('checkbox', { name: 'had a rage click' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => parameter(page, 'filters')).toBe('session=rage_click')
  await page.getByRole('button', { name: 'Remove filter Session had a rage click' }).waitFor()
})

test('a part of a value is typed, and a chip is opened to change its filter', async () => {
  const page = await visit('/p/p1/friction?filters=session%3Dbooked')
  await add(page, 'Page')
  await page.getByLabel('Condition').selectOption('contains')
  await page.getByRole('textbox', { name: 'Part of the value' }).fill('checkout,')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect.poll(() => parameter(page, 'filters')).toBe(String.raw`session=booked;path~checkout\,`)
  await page.getByRole('button', { name: 'Session booked', exact: true }).click()
  await page.getByLabel('Condition').selectOption('did none of these')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect.poll(() => parameter(page, 'filters')).toBe(String.raw`session!=booked;path~checkout\,`)
  await page.getByRole('button', { name: 'Remove filter Session did not book' }).click()
  await expect.poll(() => parameter(page, 'filters')).toBe(String.raw`path~checkout\,`)
})

test('values that cannot be loaded are typed', async () => {
  dashboard.server.state.failing = ['/filter-values']
  const page = await visit('/p/p1/overview')
  await add(page, 'City')
  await page.getByText('The values could not be loaded. You can type one.').waitFor()
  await page.getByRole('textbox', { name: 'Value' }).fill('Moshi')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect.poll(() => parameter(page, 'city')).toBe('Moshi')
})

test('filters are carried from page to page', async () => {
  const page = await visit('/p/p1/overview?filters=session%3Dbooked&utm_source=newsletter')
  const asked = isAsked(
    page,
    'friction/items',
    (query) => query.get('filters') === 'session=booked' && query.get('utm_source') === 'newsletter',
  )
  await page.getByRole('link', { name: 'Friction', exact: true }).click()
  await asked
})

test('filters are saved as a segment, whose name stands for them wherever they are in the address', async () => {
  const page = await visit('/p/p1/overview?device=mobile&filters=path~checkout')
  await page.getByRole('button', { name: 'Segments' }).click()
  await page.getByRole('button', { name: 'Save filters as a segment' }).click()
  await page.getByLabel('Name').fill('Checkout on phones')
  await page.getByLabel('Share with everybody in this project').check()
  const saved = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/segments'))
  await page.getByRole('button', { name: 'Save segment' }).click()
  expect((await saved).postDataJSON()).toEqual({
    name: 'Checkout on phones',
    filters: 'device=mobile;path~checkout',
    is_shared: true,
  })
  await page.getByRole('button', { name: 'Remove filter Segment Checkout on phones' }).click()
  await expect.poll(() => [parameter(page, 'device'), parameter(page, 'filters')]).toEqual([null, null])
})

test('a segment is applied, renamed, deleted and restored', async () => {
  const page = await visit('/p/p1/overview')
  const segments = page.getByRole('list', { name: 'Saved segments' })
  await page.getByRole('button', { name: 'Segments' }).click()
  // One of another member is changed by that member alone.
  expect(await segments.getByRole('button', { name: 'Edit the segment Kenya, from campaigns' }).count()).toBe(0)
  await segments.getByRole('button', { name: /^Phones that got stuck/ }).click()
  await expect
    .poll(() => [parameter(page, 'device'), parameter(page, 'filters')])
    .toEqual(['mobile', 'session=rage_click,dead_click'])
  await page.getByRole('button', { name: 'Remove filter Segment Phones that got stuck' }).waitFor()
  await page.getByRole('button', { name: 'Segments' }).click()
  await segments.getByRole('button', { name: 'Edit the segment Phones that got stuck' }).click()
  await page.getByLabel('Name').fill('Stuck on phones')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.getByRole('button', { name: 'Remove filter Segment Stuck on phones' }).waitFor()
  await page.getByRole('button', { name: 'Segments' }).click()
  await segments.getByRole('button', { name: 'Delete the segment Stuck on phones' }).click()
  // The link holds the filters: they stay.
  await page.getByRole('button', { name: 'Remove filter Device is mobile' }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Stuck on phones is back').waitFor()
})

test('a viewer applies segments and changes none', async () => {
  dashboard.server.state.projects = dashboard.server.state.projects.map((project) => ({ ...project, role: 'viewer' }))
  const page = await visit('/p/p1/overview?device=mobile')
  await page.getByRole('button', { name: 'Segments' }).click()
  await page
    .getByRole('list', { name: 'Saved segments' })
    .getByRole('button', { name: /^Phones that got stuck/ })
    .waitFor()
  expect(
    await page
      .getByRole('button', { name: /segment/i })
      .filter({ hasNotText: 'Segments' })
      .allInnerTexts(),
  ).toEqual([])
})

test('what figures are compared with is chosen: the period before, nothing, or a segment', async () => {
  const page = await visit('/p/p1/overview')
  const visitors = page.getByRole('button', { name: /^Visitors/ })
  await expect.poll(() => visitors.innerText()).toMatch(/%/)
  const choose = async (name: string) => {
    await page.getByRole('combobox', { name: 'Compare with' }).click()
    await page.getByRole('option', { name }).click()
  }
  await choose('No comparison')
  await expect.poll(() => parameter(page, 'vs')).toBe('none')
  await expect.poll(() => visitors.innerText()).not.toMatch(/%/)
  const asked = isAsked(
    page,
    'overview',
    (query) => query.get('device') === 'mobile' && query.get('filters') === 'session=rage_click,dead_click',
  )
  await choose('Phones that got stuck')
  await asked
  expect(parameter(page, 'vs')).toBe('device=mobile;session=rage_click,dead_click')
  await expect.poll(() => visitors.innerText()).toMatch(/%/)
  await page.getByRole('region', { name: 'Key figures' }).getByText('Phones that got stuck').waitFor()
  await choose('Previous period')
  await expect.poll(() => parameter(page, 'vs')).toBeNull()
})
