// Source maps: how a build uploads its own, which there are, and deleting one.
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

test('an error without a source map leads to how to upload them, and a map is deleted', async () => {
  const page = await dashboard.visit('/p/p1/errors?period=30d')
  await waitUntilLoaded(page)
  await page.getByRole('table', { name: 'Errors' }).getByRole('row').nth(1).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Upload source maps' }).click()
  await page.waitForURL(/\/settings\/source-maps$/)
  await waitUntilLoaded(page)
  const command = await page.getByRole('region', { name: 'Upload command' }).innerText()
  expect(command).toContain('footfall source-maps upload --server')
  expect(command).toContain('--project p1')
  const rows = page.getByRole('table', { name: 'Source maps' }).getByRole('row')
  expect(await rows.count()).toBe(4)
  await page.getByRole('button', { name: 'Delete the map of ~/assets/payment.1c22aa90.js' }).click()
  await page.getByRole('button', { name: 'Delete source map' }).click()
  await page.getByText('Source map deleted').waitFor()
  await expect.poll(() => rows.count()).toBe(3)
  expect(dashboard.server.state.changes).toEqual(['DELETE /api/projects/p1/source-maps/sm2'])
})
