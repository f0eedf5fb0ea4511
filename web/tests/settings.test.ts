// Changing things: keys, projects, failed events, and the look of the dashboard.
import { expect, test } from 'vitest'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

test('a key is switched off at once, and back on when the server refuses', async () => {
  const page = await dashboard.visit('/p/p1/settings/api-keys')
  const toggle = page.getByRole('switch', { name: 'Web shop accepts events' })
  await toggle.waitFor()
  await toggle.click({ force: true })
  await expect
    .poll(() => dashboard.server.state.changes)
    .toContain('PATCH /api/projects/p1/api-keys/k1 {"is_active":false}')
  expect(await toggle.isChecked()).toBe(false)
  dashboard.server.state.failing = ['api-keys/k1']
  await toggle.click({ force: true })
  await page.getByText('Web shop was not switched on').waitFor()
  await expect.poll(() => toggle.isChecked()).toBe(false)
})

test('a switch says what follows, and is switched back by undo', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  for (const [path, name, said] of [
    ['/p/p1/settings/api-keys', 'Web shop accepts events', 'Web shop is off: events sent with this key are refused.'],
    [
      '/p/p1/billing?tab=widgets',
      'Reservations line accepts calls',
      'Reservations line is off: its calls are not counted.',
    ],
    ['/p/p1/webhooks', /Agency CRM/, 'Agency CRM is off: nothing is sent to it.'],
  ] as const) {
    await page.goto(dashboard.server.url + path)
    const toggle = page.getByRole('switch', { name })
    await toggle.click({ force: true })
    await page.getByText(said).waitFor()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await page.getByText(/ is on again$/).waitFor()
    await expect.poll(() => toggle.isChecked()).toBe(true)
    expect(dashboard.server.state.changes.slice(-2).map((change) => change.split(' ').at(-1))).toEqual([
      '{"is_active":false}',
      '{"is_active":true}',
    ])
  }
})

test('deleting a key needs its name typed', async () => {
  const page = await dashboard.visit('/p/p1/settings/api-keys')
  await page.getByRole('button', { name: 'Actions for Staging' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const confirm = page.getByRole('button', { name: 'Delete key' })
  await page.getByLabel(/Type/).fill('staging')
  expect(await confirm.isDisabled()).toBe(true)
  await page.getByLabel(/Type/).fill('Staging')
  await confirm.click()
  await page.getByText('Key Staging deleted').waitFor()
  expect(dashboard.server.state.keys.map((key) => key.key_name)).toEqual(['Web shop', 'Kiosk app'])
})

test('a viewer sees keys but cannot change them', async () => {
  const page = await dashboard.visit('/p/p2/settings/api-keys')
  await page.getByText('Kiosk app').first().waitFor()
  expect(await page.getByRole('button', { name: 'Create key' }).count()).toBe(0)
  expect(await page.getByRole('switch', { name: 'Web shop accepts events' }).isDisabled()).toBe(true)
})

test('a project is created and opened', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await page.getByRole('button', { name: 'Coral Coast Ferries' }).click()
  await page.getByRole('menuitem', { name: 'Create project' }).click()
  await page.getByLabel('Name').fill('Night Bus')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.waitForURL('**/p/p3/settings/api-keys')
  await page.getByRole('button', { name: 'Night Bus' }).waitFor()
})

test('a time zone that somebody else sets is followed by labels and periods', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await page.getByRole('button', { name: /^Last 7 days UTC/ }).waitFor()
  const asked: string[] = []
  page.on(
    'request',
    (request) =>
      void (
        new URL(request.url()).pathname.endsWith('/overview') &&
        asked.push(new URL(request.url()).searchParams.get('from') ?? '')
      ),
  )
  const [project] = dashboard.server.state.projects
  if (project) project.time_zone = 'Africa/Dar_es_Salaam'
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.getByRole('button', { name: /^Last 7 days Dar es Salaam/ }).waitFor()
  await expect.poll(() => asked.at(-1)).toMatch(/T21:00:00Z$/)
})

test('who may not create projects is not offered to', async () => {
  dashboard.server.state.mayCreateProjects = false
  const page = await dashboard.visit('/p/p1/overview')
  await page.getByRole('button', { name: 'Coral Coast Ferries' }).click()
  await page.getByRole('menuitem', { name: 'Island Stays' }).waitFor()
  expect(await page.getByRole('menuitem', { name: 'Create project' }).count()).toBe(0)
})

test('a failed event is resent', async () => {
  const page = await dashboard.visit('/p/p1/events?tab=failed')
  await page.getByText('Domain not allowed').first().click()
  await page.getByRole('button', { name: 'Resend', exact: true }).click()
  await page.getByText('1 event accepted').waitFor()
  expect(dashboard.server.state.changes).toContain('POST /api/projects/p1/failed-events/f-1000/resend')
})

test('a body that is cut in the list is shown whole', async () => {
  const page = await dashboard.visit('/p/p1/events?tab=failed')
  await page.getByText('Older than the retention').first().click()
  await page.getByText('the end of a long body').waitFor()
})

test('the colour scheme is chosen and remembered', async () => {
  const page = await dashboard.visit('/p/p1/overview', { colorScheme: 'light' })
  const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme)
  await page.getByRole('button', { name: 'Asha Mwinyi' }).click()
  await page.getByLabel('Dark').locator('..').click()
  await expect.poll(scheme).toBe('dark')
  await page.reload()
  expect(await scheme()).toBe('dark')
})

test('on a small screen the menu is a drawer that closes by itself', async () => {
  const page = await dashboard.visit('/p/p1/overview', { viewport: { width: 360, height: 740 } })
  await page.getByRole('button', { name: 'Open menu' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Performance' }).click()
  await page.getByRole('heading', { name: 'Performance', exact: true, level: 1 }).waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('the rail stays narrow when it was left narrow', async () => {
  const page = await dashboard.visit('/p/p1/overview')
  await page.getByRole('button', { name: 'Collapse sidebar' }).click()
  await page.reload()
  await page.getByRole('button', { name: 'Expand sidebar' }).waitFor()
  await page.getByRole('link', { name: 'Events', exact: true }).click()
  await page.getByRole('heading', { name: 'Events', exact: true, level: 1 }).waitFor()
})
