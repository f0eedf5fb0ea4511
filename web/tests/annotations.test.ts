// Notes on the time line: shown, written, deleted, and who may.
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

test('notes of the period stand below the chart, the earliest first, and in the tooltip of their day', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await waitUntilLoaded(page)
  const notes = page.getByRole('list', { name: 'Notes on the time line' }).getByRole('listitem')
  await expect.poll(() => notes.count()).toBe(2)
  expect(await notes.nth(0).innerText()).toContain('Radio campaign begins')
  expect(await notes.nth(1).innerText()).toContain('Release 8.4: new booking pages')
  const chart = page.getByRole('img', { name: /^Visitors over time/ })
  const { x, y, width, height } = (await chart.boundingBox())!
  const tooltip = page.getByText('Radio campaign begins').nth(1)
  for (let step = 1; step < 20 && !(await tooltip.isVisible()); step++)
    await page.mouse.move(x + (width * step) / 20, y + height / 2)
  await tooltip.waitFor()
})

test('a note is written for a day and time of the project, and deleted', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await page.getByRole('button', { name: 'Add note' }).click()
  const save = page.getByRole('dialog').getByRole('button', { name: 'Add note' })
  expect(await save.isDisabled()).toBe(true)
  await page.getByLabel('Text').fill('  Checkout is new ')
  await page.getByText('Release', { exact: true }).click()
  await page.getByLabel('Day').fill('')
  expect(await save.isDisabled()).toBe(true)
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  await page.getByLabel('Day').fill(day)
  await page.getByLabel(/^Time/).fill('12:30')
  await save.click()
  await page.getByText('Note added').waitFor()
  const [change = ''] = dashboard.server.state.changes.slice(-1)
  expect(change).toMatch(/^POST \/api\/projects\/p1\/annotations /)
  const written = JSON.parse(change.slice(change.indexOf('{'))) as { text: string; kind: string; at: string }
  expect([written.text, written.kind]).toEqual(['Checkout is new', 'release'])
  expect(Number.isNaN(Date.parse(written.at))).toBe(false)
  await page.getByRole('button', { name: 'Delete the note Checkout is new' }).click()
  await page.getByRole('button', { name: 'Delete note' }).click()
  await page.getByText('Note deleted').waitFor()
  await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'Checkout is new' }).count()).toBe(0)
})

test('a viewer reads notes and writes none', async () => {
  const page = await dashboard.visit('/p/p2/overview')
  await page.getByRole('list', { name: 'Notes on the time line' }).waitFor()
  expect(await page.getByRole('button', { name: 'Add note' }).count()).toBe(0)
  expect(await page.getByRole('button', { name: /^Delete the note/ }).count()).toBe(0)
})
