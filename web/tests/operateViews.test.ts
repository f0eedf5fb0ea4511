// The views by which a project is operated, in both schemes and on a small screen.
import type { Page } from 'playwright-core'
import { checkViews, type View } from './support/views'

const BILLING = '/p/p1/billing'

const VIEWS: View[] = [
  { name: 'usage', path: BILLING },
  { name: 'usage-month', path: `${BILLING}?group=month&span=12m&figure=time` },
  { name: 'usage-table', path: BILLING, act: (page) => page.getByRole('button', { name: 'Show as table' }).click() },
  { name: 'usage-sessions', path: `${BILLING}?group=session&span=30d` },
  {
    name: 'usage-call',
    path: `${BILLING}?group=session&span=30d`,
    act: (page) => page.getByRole('row').nth(3).click(),
  },
  { name: 'usage-empty', path: BILLING, state: { isEmpty: true } },
  { name: 'usage-error', path: BILLING, state: { failing: ['/billing/usage'] } },
  { name: 'usage-loading', path: BILLING, state: { isSilent: true }, isLoading: true },
  { name: 'usage-viewer', path: '/p/p2/billing' },
  { name: 'months', path: `${BILLING}?tab=months` },
  { name: 'months-empty', path: `${BILLING}?tab=months`, state: { isEmpty: true } },
  {
    name: 'months-close',
    path: `${BILLING}?tab=months`,
    act: (page) => page.getByRole('button', { name: 'Close month' }).first().click(),
  },
  { name: 'tariff', path: `${BILLING}?tab=tariff` },
  { name: 'tariff-viewer', path: '/p/p2/billing?tab=tariff' },
  { name: 'call-health', path: `${BILLING}?tab=health` },
  { name: 'call-health-empty', path: `${BILLING}?tab=health`, state: { isEmpty: true } },
  { name: 'widgets', path: `${BILLING}?tab=widgets` },
  { name: 'widgets-empty', path: `${BILLING}?tab=widgets`, state: { isEmpty: true } },
  {
    name: 'widgets-create',
    path: `${BILLING}?tab=widgets`,
    act: (page) => page.getByRole('button', { name: 'Create widget' }).click(),
  },
  { name: 'team', path: '/p/p1/team' },
  { name: 'team-viewer', path: '/p/p2/team' },
  {
    name: 'team-invite',
    path: '/p/p1/team',
    act: (page) => page.getByRole('button', { name: 'Invite member' }).click(),
  },
  { name: 'team-role', path: '/p/p1/team', act: (page) => page.getByLabel('Role of Lena Vogt').first().click() },
  { name: 'secret-keys', path: '/p/p1/team?tab=keys' },
  { name: 'secret-keys-empty', path: '/p/p1/team?tab=keys', state: { isEmpty: true } },
  { name: 'secret-key-made', path: '/p/p1/team?tab=keys', act: makeSecretKey },
  { name: 'audit-log', path: '/p/p1/team?tab=audit' },
  { name: 'audit-log-viewer', path: '/p/p2/team?tab=audit' },
  { name: 'invitation', path: '/invitations/abc', state: { isSignedIn: false } },
  { name: 'invitation-signed-in', path: '/invitations/abc' },
  { name: 'invitation-used', path: '/invitations/used', state: { isSignedIn: false } },
  { name: 'webhooks', path: '/p/p1/webhooks' },
  { name: 'webhooks-empty', path: '/p/p1/webhooks', state: { isEmpty: true } },
  { name: 'webhooks-viewer', path: '/p/p2/webhooks' },
  {
    name: 'webhooks-create',
    path: '/p/p1/webhooks',
    act: (page) => page.getByRole('button', { name: 'Create webhook' }).click(),
  },
  { name: 'webhooks-message', path: '/p/p1/webhooks', act: (page) => page.getByRole('row').nth(1).click() },
  { name: 'privacy', path: '/p/p1/privacy' },
  { name: 'privacy-empty', path: '/p/p1/privacy', state: { isEmpty: true } },
  { name: 'privacy-found', path: '/p/p1/privacy', act: (page) => lookUp(page, 'customer-10600') },
  { name: 'privacy-unknown', path: '/p/p1/privacy', act: (page) => lookUp(page, 'nobody@example.com') },
  { name: 'privacy-viewer', path: '/p/p2/privacy' },
  { name: 'sdk', path: '/p/p1/sdk' },
  { name: 'sdk-empty', path: '/p/p1/sdk', state: { isEmpty: true } },
  { name: 'sdk-viewer', path: '/p/p2/sdk' },
]

async function makeSecretKey(page: Page) {
  await page.getByRole('button', { name: 'Create secret key' }).click()
  await page.getByLabel('Name').fill('Nightly export')
  await page.getByRole('dialog').getByRole('button', { name: 'Create secret key' }).click()
  await page.getByText('fs_Zx81').waitFor()
}

async function lookUp(page: Page, subject: string) {
  await page.getByLabel('User id or e-mail').fill(subject)
  await page.getByRole('button', { name: 'Look up' }).click()
  await page.getByRole('button', { name: 'Erase this person' }).waitFor()
}

checkViews(VIEWS)
