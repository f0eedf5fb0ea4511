// Sharing a page by a link: making the link, and the page as those see it who have one.
import { expect, test } from 'vitest'
import { LOCKED, OPEN, PASSWORD } from './mock/shareLinks'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

test('a page is shared with its filters, and the link is shown once', async () => {
  const page = await dashboard.visit('/p/p1/friction?device=mobile&period=30d')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share Friction' })
  await dialog.getByRole('list', { name: 'Filters of the link' }).getByText('Device is mobile').waitFor()
  await dialog.getByLabel('Name').fill('taken')
  await dialog.getByRole('button', { name: 'Create link' }).click()
  await dialog.getByText('The project has 100 share links').waitFor()
  await dialog.getByLabel('Name').fill('For the client')
  await dialog.getByRole('textbox', { name: 'Password' }).fill('short')
  expect(await dialog.getByRole('button', { name: 'Create link' }).isDisabled()).toBe(true)
  await dialog.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await dialog.getByLabel('Other sites may show it in a frame').check()
  await dialog.getByRole('button', { name: 'Create link' }).click()
  const made = page.getByRole('dialog', { name: 'Link For the client' })
  const address = `${dashboard.server.url}/shared/${OPEN}`
  await made.getByRole('region', { name: 'Link', exact: true }).getByText(address).waitFor()
  await made.getByText(`<iframe src="${address}" title="For the client"`).waitFor()
  const [link] = dashboard.server.state.shareLinks
  expect(link).toMatchObject({ page: 'friction', has_password: true, can_embed: true })
  expect(Object.fromEntries(new URLSearchParams(link?.search))).toEqual({ device: 'mobile', period: '30d' })
  expect(Date.parse(link?.expires_at ?? '') - Date.now()).toBeGreaterThan(29 * 86_400_000)
})

test('links are listed with what they show, and revoked', async () => {
  const page = await dashboard.visit('/p/p1/settings/share-links')
  const row = page.getByRole('row', { name: /Weekly figures/ })
  await row.getByText('Device is mobile').waitFor()
  await row.getByText('Link, other sites').waitFor()
  await page
    .getByRole('row', { name: /Old report/ })
    .getByText('Expired')
    .waitFor()
  await page.getByRole('button', { name: 'Revoke Weekly figures for the agency' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke link' }).click()
  await row.waitFor({ state: 'detached' })
  expect(dashboard.server.state.shareLinks.map(({ id }) => id)).toEqual(['l2', 'l3'])
})

test('anyone with a link sees its page without signing in, with its filters, and asks for nothing else', async () => {
  dashboard.server.state.isSignedIn = false
  const page = await dashboard.visit(`/shared/${OPEN}`)
  await page.getByRole('heading', { name: 'Overview', exact: true }).waitFor()
  await waitUntilLoaded(page)
  expect(dashboard.address(page)).toBe('/p/p1/overview?period=30d&device=mobile')
  await page.getByText('Coral Coast Ferries').first().waitFor()
  const bar = page.getByRole('toolbar', { name: 'Period and filters' })
  await bar.getByText('Device').waitFor()
  expect(await bar.getByRole('button', { name: /Remove filter|Add filter|Segments|Share/ }).count()).toBe(0)
  expect(await page.getByRole('navigation').count()).toBe(0)
  expect(dashboard.server.liveConnections()).toBe(0)
  expect(dashboard.server.state.refused).toEqual([])
  // Another period of the same figures.
  await bar.getByRole('button', { name: /Last 30 days/ }).click()
  await page.getByRole('button', { name: 'Last 7 days' }).click()
  await waitUntilLoaded(page)
  expect(dashboard.address(page)).toBe('/p/p1/overview?device=mobile')
  await page.reload()
  await page.getByRole('heading', { name: 'Overview', exact: true }).waitFor()
  expect(dashboard.server.state.refused).toEqual([])
})

test.each(['overview', 'acquisition', 'friction', 'journeys', 'performance'] as const)(
  'all that %s asks for is part of a link',
  async (shared) => {
    const { state } = dashboard.server
    state.isSignedIn = false
    // Of a young project pages ask whether there is a period before.
    state.projects = state.projects.map((project) => ({ ...project, created_at: new Date().toISOString() }))
    state.shareLinks = state.shareLinks.map((link) => ({ ...link, page: shared, search: 'device=mobile' }))
    const page = await dashboard.visit(`/shared/${OPEN}`)
    await page.waitForURL(`**/p/p1/${shared}?device=mobile`)
    await waitUntilLoaded(page)
    expect(state.refused).toEqual([])
    expect(await page.getByRole('alert').count()).toBe(0)
  },
)

test('what leads to other pages says that they are not shared', async () => {
  dashboard.server.state.isSignedIn = false
  const page = await dashboard.visit(`/shared/${OPEN}`)
  await waitUntilLoaded(page)
  await page.locator('#content a[href*="/p/p1/"]:not([href*="/overview"])').first().click()
  await page.getByText('Only this page was shared with you.').waitFor()
  expect(dashboard.address(page)).toContain('/p/p1/overview')
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByText('Only this page was shared with you.').waitFor({ state: 'detached' })
  // An address written by hand leads back.
  await page.goto(`${dashboard.server.url}/p/p1/contacts`)
  await page.waitForURL('**/p/p1/overview?**')
})

test('a password is asked for, and a wrong one is refused', async () => {
  dashboard.server.state.isSignedIn = false
  const page = await dashboard.visit(`/shared/${LOCKED}`)
  await page.getByRole('heading', { name: 'This page needs a password' }).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  await page.getByRole('textbox', { name: 'Password' }).fill('habari yako')
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByRole('alert').getByText('Wrong password').waitFor()
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByRole('heading', { name: 'Friction', exact: true }).waitFor()
  expect(dashboard.server.state.refused).toEqual([])
})

test('a link that was revoked while its page was open says so', async () => {
  dashboard.server.state.isSignedIn = false
  const page = await dashboard.visit(`/shared/${OPEN}`)
  await waitUntilLoaded(page)
  dashboard.server.state.shareLinks = []
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.getByRole('heading', { name: 'This link no longer works' }).waitFor()
})

test('a member leaves a shared page by signing in, and is a member again', async () => {
  const page = await dashboard.visit(`/shared/${OPEN}`)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Areas' }).waitFor()
  await page.getByRole('button', { name: 'Share', exact: true }).waitFor()
})
