// From the first visit to signing out.
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

test('setting up leads to the installation, and creating a key shows its snippet', async () => {
  Object.assign(dashboard.server.state, { isSetUp: false, isSignedIn: false, isEmpty: true })
  const page = await dashboard.visit('/setup?token=secret-token')
  await page.getByLabel('Your name').fill('Asha Mwinyi')
  await page.getByLabel('E-mail').fill('asha@coralferries.example')
  await page.getByLabel('Password', { exact: false }).first().fill('teal anchor driftwood')
  await page.getByText('Strong.').waitFor()
  await page.getByLabel('Project name').fill('C')
  await page.getByRole('button', { name: 'Create account and project' }).click()
  await page.getByText('The name is too short.').waitFor()
  await page.getByLabel('Project name').fill('Coral Coast Ferries')
  await page.getByRole('button', { name: 'Create account and project' }).click()
  await page.waitForURL('**/p/p1/settings/api-keys')
  await page.getByText('Create a key to start').waitFor()
  dashboard.server.state.keys = []
  await page.getByRole('button', { name: 'Create key' }).first().click()
  await page.getByLabel('Name').fill('Web shop')
  await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click()
  await page.getByText(`data-api-key="fk_Zx81nQvYc3Tg6Hw0Lp2Sd9Rb5Km7Je4U"`).waitFor()
  await page.getByText('Waiting for the first event').waitFor()
  dashboard.server.say({ type: 'events', events: [], totals: { events: 3, page_views: 1, friction: 0 }, by_kind: {} })
  await page.getByText('Events are arriving: 3 events').waitFor()
})

test('a wrong set-up token says so and keeps what was typed', async () => {
  Object.assign(dashboard.server.state, { isSetUp: false, isSignedIn: false })
  const page = await dashboard.visit('/setup?token=wrong')
  await page.getByLabel('Your name').fill('Asha')
  await page.getByLabel('E-mail').fill('asha@coralferries.example')
  await page.getByLabel('Password', { exact: false }).first().fill('teal anchor driftwood')
  await page.getByLabel('Project name').fill('Ferries')
  await page.getByRole('button', { name: 'Create account and project' }).click()
  await page.getByRole('alert').getByText('The token is not the one').waitFor()
  expect(await page.getByLabel('Your name').inputValue()).toBe('Asha')
})

test('a server that is not set up sends the visitor to the explanation', async () => {
  Object.assign(dashboard.server.state, { isSetUp: false, isSignedIn: false })
  const page = await dashboard.visit('/p/p1/overview')
  await page.getByRole('heading', { name: 'Open the set-up link' }).waitFor()
})

test('signing in returns to the page that asked for it', async () => {
  dashboard.server.state.isSignedIn = false
  const page = await dashboard.visit('/p/p1/friction?period=30d&device=mobile')
  await page.waitForURL('**/sign-in?**')
  await page.getByLabel('E-mail').fill('asha@coralferries.example')
  await page.getByLabel('Password', { exact: false }).first().fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Wrong e-mail address or password.').waitFor()
  await page.getByLabel('Password', { exact: false }).first().fill('correct horse battery')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Friction', exact: true }).waitFor()
  expect(dashboard.address(page)).toBe('/p/p1/friction?period=30d&device=mobile')
})

test('a session lost in the middle leads to the sign-in page and back', async () => {
  const page = await dashboard.visit('/p/p1/performance')
  await waitUntilLoaded(page)
  dashboard.server.state.isSignedIn = false
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.waitForURL('**/sign-in?return_to=**')
  await page.getByLabel('E-mail').fill('asha@coralferries.example')
  await page.getByLabel('Password', { exact: false }).first().fill('correct horse battery')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Performance' }).waitFor()
})

test('signing out leads to the sign-in page', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await page.getByRole('button', { name: 'Asha Mwinyi' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(dashboard.address(page)).toBe('/sign-in')
})
