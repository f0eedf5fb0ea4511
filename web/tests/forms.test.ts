// Forms: the field that loses people, and from there to the visits.
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

test('the first form says where most give up, and leads to the visits that did', async () => {
  const page = await visit('/p/p1/forms?period=30d')
  await page.getByText('32.5% of those who reached phone gave up there; 42.2% had it refused at least once.').waitFor()
  await page.getByRole('button', { name: 'gave up at phone, show visits' }).click()
  const panel = page.getByRole('complementary', { name: 'Visits that gave up at phone' })
  await panel.getByText('Latest 20 of 232 visits').waitFor()
  expect(parameter(page, 'open')).toBe('phone')
  await page.keyboard.press('Escape')
  await expect.poll(() => parameter(page, 'open')).toBeNull()
  await page.getByRole('button', { name: 'gave up at phone, show visits' }).click()
  await panel.getByRole('link').first().click()
  await page.waitForURL('**/sessions/**')
})

test('another form is opened by its row, and stays in the URL', async () => {
  const page = await visit('/p/p1/forms')
  await page.getByRole('row', { name: /^contact/ }).click()
  await page.getByRole('table', { name: 'Fields' }).getByText('message').waitFor()
  expect([parameter(page, 'on'), parameter(page, 'form')]).toEqual(['/contact', 'contact'])
  expect(await page.getByText(/of those who reached/).innerText()).toMatch(/^27\.4% of those who reached message/)
})

test('names are texts, whatever they look like', async () => {
  const page = await visit(`/p/p1/forms?on=/hostile&form=${encodeURIComponent('<img src=x onerror=alert(1)>')}`)
  await page.getByRole('table', { name: 'Fields' }).getByText('<img src=x onerror=alert(1)>').waitFor()
  expect(await page.locator('img[src=x]').count()).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
})

test('a viewer sees the figures, and what it needs to see the visits', async () => {
  const page = await visit('/p/p2/forms?open=phone')
  await page.getByRole('table', { name: 'Fields' }).getByText('phone').waitFor()
  await page
    .getByRole('complementary', { name: 'Visits that gave up at phone' })
    .getByText(/analyst/i)
    .first()
    .waitFor()
})
