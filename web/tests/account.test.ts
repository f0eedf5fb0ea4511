// The member's own account: name, password, and signing out everywhere.
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

test('the account is opened from the member’s menu, and the name changed', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await page.getByRole('button', { name: 'Asha Mwinyi' }).click()
  await page.getByRole('link', { name: 'Your account' }).click()
  await page.waitForURL('**/p/p1/account')
  await page.getByRole('link', { name: 'Your account' }).waitFor({ state: 'detached' })
  await page.getByLabel('Name').fill('Asha Juma')
  await page.getByRole('button', { name: 'Save name' }).click()
  await page.getByText('Your name was changed').waitFor()
  await page.getByRole('button', { name: 'Asha Juma' }).waitFor()
})

test('a password is changed by whoever knows the present one', async () => {
  const page = await dashboard.visit('/p/p1/account')
  await waitUntilLoaded(page)
  await page.getByLabel('Current password').fill('something else')
  await page.getByLabel('New password').fill('teal anchor driftwood')
  await page.getByText('Strong.').waitFor()
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('This is not your current password.').waitFor()
  await page.getByLabel('Current password').fill('correct horse battery')
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('Your password was changed; other browsers are signed out').waitFor()
  expect(await page.getByLabel('New password').inputValue()).toBe('')
})

test('signing out everywhere asks first, and leads to the sign-in page', async () => {
  const page = await dashboard.visit('/p/p1/account')
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.waitForURL('**/sign-in')
  expect(dashboard.server.state.changes).toEqual(['POST /api/auth/sign-out-everywhere'])
})
