// Operating a project: what is changed, what has to be confirmed, what is shown once, and what a role does not reach.
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { monthOf } from './mock/admin'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const changes = () => dashboard.server.state.changes

async function visit(path: string, options = {}): Promise<Page> {
  const page = await dashboard.visit(path, options)
  await waitUntilLoaded(page)
  return page
}

test('usage is drawn by another figure and added up by session, and the address says so', async () => {
  const page = await visit('/p/p1/billing')
  await page.getByRole('button', { name: /^Calls/ }).click()
  await page.waitForURL('**/billing?figure=calls')
  await page.getByText('By session', { exact: true }).click()
  await page.waitForURL(/group=session/)
  await page.getByText('Inferred', { exact: true }).first().waitFor()
  await page.getByText('No end yet').waitFor()
  await page.getByText('100 sessions').waitFor()
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByText('120 sessions').waitFor()
})

test('a session is followed to the events of its calls', async () => {
  const page = await visit('/p/p1/billing?group=session&span=30d')
  await page.getByRole('row').nth(3).click()
  const panel = page.getByRole('complementary', { name: 'Session calls' })
  await panel.getByText('2 heartbeats').waitFor()
  await panel.getByText('Inferred end').waitFor()
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
})

test('usage is exported by the server as it is grouped', async () => {
  const page = await visit('/p/p1/billing?group=session')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  const file = page
    .getByRole('dialog', { name: 'Export sessions' })
    .getByRole('link', { name: /^Export \d+ sessions$/ })
  const [download] = await Promise.all([page.waitForEvent('download'), file.click()])
  expect(download.suggestedFilename()).toBe('coral-coast-ferries-billing-usage-2026-11-21.csv')
  expect((await readFile(await download.path(), 'utf8')).split('\r\n')[0]).toContain('widget_id,session_id')
})

test('the example follows the tariff as it is typed, and the tariff is saved', async () => {
  const page = await visit('/p/p1/billing?tab=tariff')
  const sum = page.getByRole('status').filter({ hasText: 'started minutes' })
  await sum.getByText('TZS 1,000').waitFor()
  await page.getByLabel(/Price per started minute/).fill('300')
  await sum.getByText('TZS 1,200').waitFor()
  await page.getByLabel('Free seconds').fill('60')
  await sum.getByText('TZS 900').waitFor()
  expect(
    await page
      .getByLabel(/Currency/)
      .first()
      .isDisabled(),
  ).toBe(true)
  await page.getByRole('button', { name: 'Change tariff' }).click()
  await page.getByText('Tariff changed').waitFor()
  expect(changes()).toContain(
    'PUT /api/projects/p1/billing/tariff {"currency":"TZS","price_minor":30000,"basis":"talk_time","rounding":"per_started_minute","free_seconds":60}',
  )
})

test('a month is closed by typing its name', async () => {
  const month = monthOf(Date.now(), -1)
  const page = await visit('/p/p1/billing?tab=months')
  await page.getByText('Current month').waitFor()
  await page.getByText('Real end received').waitFor()
  await page.getByRole('button', { name: 'Close month' }).first().click()
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Close month' })
  expect(await confirm.isDisabled()).toBe(true)
  await page.getByLabel(/Type/).fill(month)
  await confirm.click()
  await page.getByText(/ is closed$/).waitFor()
  expect(changes()).toContain(`POST /api/projects/p1/billing/periods {"month":"${month}"}`)
})

test('a widget is created and its snippet shown', async () => {
  const page = await visit('/p/p1/billing?tab=widgets')
  await page.getByRole('button', { name: 'Create widget' }).click()
  await page.getByLabel('Name').fill('Harbour desk')
  await page.getByRole('dialog').getByRole('button', { name: 'Create widget' }).click()
  await page.getByText('for Harbour desk').waitFor()
  await page.getByText(/widget_id: '3'/).waitFor()
})

test('a widget shows how often it was loaded and opened in the chosen period', async () => {
  const page = await visit('/p/p1/billing?tab=widgets')
  const row = page
    .getByRole('table', { name: 'Loads, opens and calls of each widget' })
    .getByRole('row', { name: /Reservations line/ })
  expect((await row.getByRole('cell').allInnerTexts()).slice(1)).toEqual([
    '18.2\u202fk',
    '2,310',
    '412',
    '9,120',
    '20.0%',
    '4.0%',
  ])
  const asked = page.waitForRequest(/\/widget-activity\?/)
  await page.getByRole('button', { name: /This month/ }).click()
  await page.getByRole('button', { name: 'Last 30 days' }).click()
  const { searchParams } = new URL((await asked).url())
  expect(Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '')).toBe(30 * 86_400_000)
})

test('roles are changed, and the last owner says why theirs is not', async () => {
  const page = await visit('/p/p1/team')
  expect(await page.getByRole('button', { name: 'Leave project' }).isDisabled()).toBe(true)
  await page
    .getByTitle(/A project needs at least one owner/)
    .first()
    .waitFor()
  await page.getByLabel('Role of Lena Vogt').first().click()
  await page.getByRole('option', { name: /Viewer/ }).click()
  await page.getByText('Role of Lena Vogt changed to viewer').waitFor()
  expect(changes()).toContain('PATCH /api/projects/p1/members/m3 {"role":"viewer"}')
})

test('an invitation gives a link once', async () => {
  const page = await visit('/p/p1/team')
  await page.getByRole('button', { name: 'Invite member' }).click()
  await page.getByRole('textbox', { name: 'E-mail' }).fill('zuri@coralferries.example')
  await page.getByRole('button', { name: 'Create link' }).click()
  await page.getByText(/\/invitations\/a{64}/).waitFor()
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await page.getByRole('button', { name: 'Revoke the invitation for zuri@coralferries.example' }).click()
  await page.getByText('Invitation for zuri@coralferries.example revoked').waitFor()
})

test('an invited person makes an account and is in', async () => {
  dashboard.server.state.isSignedIn = false
  const page = await visit('/invitations/abc')
  await page.getByRole('heading', { name: 'Join Coral Coast Ferries' }).waitFor()
  await page.getByLabel('Your name').fill('Zuri')
  await page.getByLabel('Password', { exact: false }).first().fill('teal anchor driftwood')
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await page.waitForURL('**/p/p1/overview')
})

test('a secret key is shown once, and only left on purpose', async () => {
  const page = await visit('/p/p1/team?tab=keys')
  await page.getByText('Expired').waitFor()
  await page.getByRole('button', { name: 'Create secret key' }).click()
  await page.getByLabel('Name').fill('Warehouse')
  await page.getByRole('dialog').getByRole('button', { name: 'Create secret key' }).click()
  await page.getByText('fs_Zx81nQvYc3Tg6Hw0Lp2Sd9Rb5Km7Je4U').waitFor()
  await page.keyboard.press('Escape')
  const done = page.getByRole('button', { name: 'Done', exact: true })
  expect(await done.isDisabled()).toBe(true)
  await page.getByLabel('I have stored it in a safe place').check()
  await done.click()
  await page.getByText('fs_Zx81').waitFor({ state: 'detached' })
})

test('a webhook is made with its secret, tested, and a message resent', async () => {
  const page = await visit('/p/p1/webhooks')
  await page.getByRole('button', { name: 'Create webhook' }).click()
  await page.getByLabel(/Endpoint URL/).fill('http://localhost/in')
  await page.getByRole('dialog').getByRole('button', { name: 'Create webhook' }).click()
  await page.getByText('does not resolve to public addresses').waitFor()
  await page.getByLabel(/Endpoint URL/).fill('https://night.example/in')
  await page.getByRole('dialog').getByRole('button', { name: 'Create webhook' }).click()
  await page.getByText('whsec_bmV3IHNlY3JldA==').waitFor()
  await page.getByLabel('I have stored it in a safe place').check()
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await page.getByRole('button', { name: 'Send test message' }).click()
  await page.getByText('Test message', { exact: true }).waitFor()
  await page.getByText('the connection was refused').click()
  await page.getByRole('complementary').getByRole('button', { name: 'Resend' }).click()
  await expect.poll(changes).toContainEqual(expect.stringMatching(/deliveries\/msg_3\/resend/))
})

test('a person is looked up, handed their data, and erased by typing their name', async () => {
  const page = await visit('/p/p1/privacy')
  await page.getByLabel('User id or e-mail').fill('customer-10600')
  await page.getByRole('button', { name: 'Look up' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download all data as JSON' }).click(),
  ])
  expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({
    identifiers: { user_ids: ['customer-10600'] },
  })
  expect(page.url()).not.toContain('10600')
  await page.getByRole('button', { name: 'Erase this person' }).click()
  const confirm = page.getByRole('button', { name: 'Erase permanently' })
  expect(await confirm.isDisabled()).toBe(true)
  await page.getByLabel(/Type/).fill('customer-10600')
  await confirm.click()
  await page.getByTitle('era_9').waitFor()
  expect(changes()).toContain('DELETE /api/projects/p1/privacy/subjects/customer-10600')
})

test('tracker settings show what a visit sends, and a change by another member is not lost', async () => {
  const page = await visit('/p/p1/sdk')
  await page.getByText('99.9%').first().waitFor()
  await page.getByText('Not sent within seven days').waitFor()
  await page.getByLabel('Report a rage click after').fill('5')
  await page.getByText('A rage click after 5 clicks within 1 s').waitFor()
  await page.getByText('1 unsaved change.').waitFor()
  dashboard.server.state.admin.sdk.version = 4
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('Somebody else saved').waitFor()
  await page.getByRole('button', { name: 'Load theirs' }).click()
  await page.getByText('Version 4 is active').waitFor()
  await page.getByLabel('Report a slow click up to').fill('1000')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('Report a slow click up to: Must be').waitFor()
})

test('a viewer sees what the role allows, and is told why not the rest', async () => {
  const page = await visit('/p/p2/billing')
  await page.getByText('You need the analyst role to see calls and amounts').waitFor()
  const views: [path: string, text: RegExp][] = [
    ['/p/p2/billing?tab=tariff', /Only owners and admins can change it/],
    ['/p/p2/team?tab=audit', /Only owners and admins can see/],
    ['/p/p2/webhooks', /Only owners and admins can see/],
    ['/p/p2/privacy', /Only owners and admins can see/],
    ['/p/p2/sdk', /Only owners and admins can change these settings/],
  ]
  for (const [path, text] of views) {
    await page.goto(dashboard.server.url + path)
    await page.getByText(text).first().waitFor()
  }
  expect(await page.getByRole('button', { name: 'Save settings' }).count()).toBe(0)
  expect(await page.getByRole('switch', { name: 'Page views' }).isDisabled()).toBe(true)
})
