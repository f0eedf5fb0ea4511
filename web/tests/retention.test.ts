// Days for which data is kept: what a change removes is shown first, and needs the project's name.
import { expect, test } from 'vitest'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const saves = () =>
  dashboard.server.state.changes.filter((change) => change.startsWith('PUT /api/projects/p1/settings '))

test('fewer days say what they remove and need the name of the project', async () => {
  const page = await dashboard.visit('/p/p1/settings')
  const card = page.getByRole('region', { name: 'Retention' })
  await card.getByText(/Last run .*12 sessions from before Aug 23, 2026 \(UTC\) removed/).waitFor()
  await card.getByLabel('Events').fill('7')
  await card.getByText('1,200 events from before Nov 14, 2026 (UTC), older than 7 days').waitFor()
  await page.getByRole('button', { name: 'Save settings' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('1,200 events from before Nov 14, 2026 (UTC)').waitFor()
  const confirm = dialog.getByRole('button', { name: 'Save and remove' })
  expect(await confirm.isDisabled()).toBe(true)
  expect(saves()).toEqual([])
  await dialog.getByLabel(/Type/).fill(
    await dialog
      .getByText(/^Type “(.+)” to confirm$/)
      .innerText()
      .then((text) => /“(.+)”/.exec(text)?.[1] ?? ''),
  )
  await confirm.click()
  await page.getByText('Project settings saved').waitFor()
  expect(saves()).toHaveLength(1)
  expect(saves()[0]).toContain('"event_days":7')
})

test('more days are saved at once', async () => {
  const page = await dashboard.visit('/p/p1/settings')
  const card = page.getByRole('region', { name: 'Retention' })
  await card.getByLabel('Sessions').fill('120')
  await card.getByText('The next run will remove nothing that is stored now.').waitFor()
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('Project settings saved').waitFor()
  expect(saves()[0]).toContain('"session_days":120')
})

test('more days are saved also while nothing can be counted', async () => {
  const page = await dashboard.visit('/p/p1/settings')
  const card = page.getByRole('region', { name: 'Retention' })
  await card.getByLabel('Sessions').waitFor()
  dashboard.server.state.failing = ['retention/preview']
  await card.getByLabel('Sessions').fill('120')
  await card.getByText(/could not be counted/).waitFor()
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('Project settings saved').waitFor()
  expect(saves()[0]).toContain('"session_days":120')
})

test('days that may not be set keep the form from being saved', async () => {
  const page = await dashboard.visit('/p/p1/settings')
  const card = page.getByRole('region', { name: 'Retention' })
  await card.getByLabel('Recordings and screenshots').fill('900')
  await card.getByText('Enter 1 to 761 days.').waitFor()
  expect(await page.getByRole('button', { name: 'Save settings' }).isDisabled()).toBe(true)
})
