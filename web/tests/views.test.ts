// Every view in both schemes and on a small screen: no breach of the CSP, no serious axe finding, no sideways scroll.
import type { Page } from 'playwright-core'
import { RECORDED } from './mock/sessions'
import { checkViews, type View } from './support/views'

/** A project whose events began a day before the last thirty. */
const YOUNG = {
  id: 'p1',
  name: 'Coral Coast Ferries',
  role: 'owner' as const,
  created_at: new Date().toISOString(),
  retention_days: 395,
  time_zone: 'UTC',
}

/** The first of the mock's errors. */
const ERROR = `/p/p1/errors/v1:${(7919 + 104729).toString(16)}c4`

const FUNNEL = `/p/p1/funnels?steps=${encodeURIComponent('page:/|page:/routes*|event:search|page:/book/*|booking')}`

/** The name of one of the mock's forms. */
const HOSTILE = encodeURIComponent('<img src=x onerror=alert(1)>')

const VIEWS: View[] = [
  { name: 'setup', path: '/setup?token=secret-token', state: { isSetUp: false, isSignedIn: false } },
  { name: 'setup-without-token', path: '/setup', state: { isSetUp: false, isSignedIn: false } },
  { name: 'sign-in', path: '/sign-in', state: { isSignedIn: false } },
  { name: 'overview', path: '/p/p1/overview' },
  { name: 'overview-24h', path: '/p/p1/overview?period=24h&metric=friction&device=mobile' },
  { name: 'overview-empty', path: '/p/p1/overview', state: { isEmpty: true } },
  { name: 'overview-error', path: '/p/p1/overview', state: { failing: ['/overview', '/web-vitals'] } },
  { name: 'overview-unreported', path: '/p/p1/overview', state: { conversions: 'none' } },
  { name: 'overview-loading', path: '/p/p1/overview', state: { isSilent: true }, isLoading: true },
  {
    name: 'overview-period',
    path: '/p/p1/overview',
    act: (page) => page.getByRole('button', { name: /Last 7 days/ }).click(),
  },
  {
    name: 'overview-filter',
    path: '/p/p1/overview',
    act: (page) => page.getByRole('button', { name: 'Add filter' }).click(),
  },
  { name: 'overview-suggestions', path: '/p/p1/overview', act: (page) => openSuggestions(page) },
  {
    name: 'overview-table',
    path: '/p/p1/overview',
    act: (page) => page.getByRole('button', { name: 'Show as table' }).first().click(),
  },
  { name: 'acquisition', path: '/p/p1/acquisition' },
  {
    name: 'acquisition-filtered',
    path: '/p/p1/acquisition?country=TZ&utm_campaign=easter_2026&technology=viewport&places=city',
  },
  { name: 'acquisition-table', path: '/p/p1/acquisition?by=entry_path' },
  { name: 'acquisition-empty', path: '/p/p1/acquisition', state: { isEmpty: true } },
  { name: 'acquisition-none', path: '/p/p1/acquisition?city=Nowhere' },
  { name: 'acquisition-loading', path: '/p/p1/acquisition', state: { isSilent: true }, isLoading: true },
  { name: 'acquisition-error', path: '/p/p1/acquisition', state: { failing: ['/acquisition'] } },
  { name: 'friction', path: '/p/p1/friction' },
  { name: 'friction-panel', path: '/p/p1/friction', act: (page) => page.getByText('Pay now').first().click() },
  { name: 'friction-error-panel', path: '/p/p1/friction', act: (page) => page.getByText('TypeError').first().click() },
  {
    name: 'friction-no-loss-panel',
    path: '/p/p1/friction',
    act: (page) => page.getByText('Mobile number').first().click(),
  },
  {
    name: 'friction-cost-error',
    path: '/p/p1/friction',
    state: { failing: ['/friction/cost'] },
    act: (page) => page.getByText('Pay now').first().click(),
  },
  { name: 'friction-pages', path: '/p/p1/friction?tab=pages' },
  { name: 'friction-empty', path: '/p/p1/friction', state: { isEmpty: true } },
  { name: 'errors', path: '/p/p1/errors' },
  { name: 'errors-all', path: '/p/p1/errors?tab=all&sort=last_seen' },
  {
    name: 'errors-status',
    path: '/p/p1/errors',
    act: (page) =>
      page
        .getByRole('button', { name: /^Status: / })
        .first()
        .click(),
  },
  { name: 'errors-empty', path: '/p/p1/errors', state: { isEmpty: true } },
  { name: 'errors-none', path: '/p/p1/errors?browser=Lynx' },
  { name: 'errors-loading', path: '/p/p1/errors', state: { isSilent: true }, isLoading: true },
  { name: 'errors-error', path: '/p/p1/errors', state: { failing: ['/errors'] } },
  { name: 'errors-viewer', path: '/p/p2/errors' },
  { name: 'error', path: ERROR },
  { name: 'error-people', path: `${ERROR}?who=people&by=releases` },
  { name: 'error-sent', path: ERROR, act: (page) => page.getByText('As sent').click() },
  { name: 'error-missing', path: '/p/p1/errors/v1:none' },
  { name: 'error-loading', path: ERROR, state: { isSilent: true }, isLoading: true },
  { name: 'error-viewer', path: ERROR.replace('p1', 'p2') },
  { name: 'sessions', path: '/p/p1/sessions?has_error=true&city=Zanzibar&min_seconds=10&max_seconds=1800' },
  {
    name: 'sessions-filter',
    path: '/p/p1/sessions',
    act: (page) => page.getByRole('button', { name: 'Add filter' }).click(),
  },
  { name: 'sessions-duration', path: '/p/p1/sessions', act: (page) => openDuration(page) },
  { name: 'sessions-empty', path: '/p/p1/sessions', state: { isEmpty: true } },
  { name: 'sessions-none', path: '/p/p1/sessions?city=Nowhere' },
  { name: 'sessions-loading', path: '/p/p1/sessions', state: { isSilent: true }, isLoading: true },
  { name: 'sessions-error', path: '/p/p1/sessions', state: { failing: ['/sessions'] } },
  { name: 'sessions-viewer', path: '/p/p2/sessions' },
  { name: 'session', path: `/p/p1/sessions/${RECORDED}` },
  {
    name: 'session-panel',
    path: `/p/p1/sessions/${RECORDED}`,
    act: (page) =>
      page
        .getByRole('button', { name: /^Details of Rage click/ })
        .first()
        .click(),
  },
  { name: 'session-playing', path: `/p/p1/sessions/${RECORDED}`, act: (page) => openReplay(page) },
  { name: 'session-missing', path: '/p/p1/sessions/nothing' },
  { name: 'session-loading', path: `/p/p1/sessions/${RECORDED}`, state: { isSilent: true }, isLoading: true },
  { name: 'session-error', path: `/p/p1/sessions/${RECORDED}`, state: { failing: ['/events'] } },
  { name: 'journeys', path: '/p/p1/journeys' },
  { name: 'journeys-back', path: '/p/p1/journeys?direction=back&start=%2Fcheckout%2Fconfirmed&steps=8&top=3' },
  { name: 'journeys-node', path: '/p/p1/journeys', act: (page) => openNode(page) },
  {
    name: 'journeys-table',
    path: '/p/p1/journeys',
    act: (page) => page.getByRole('button', { name: 'Show as table' }).click(),
  },
  { name: 'journeys-empty', path: '/p/p1/journeys', state: { isEmpty: true } },
  { name: 'journeys-none', path: '/p/p1/journeys?start=%2Fnowhere' },
  { name: 'journeys-loading', path: '/p/p1/journeys', state: { isSilent: true }, isLoading: true },
  { name: 'journeys-error', path: '/p/p1/journeys', state: { failing: ['/journeys'] } },
  { name: 'funnels-start', path: '/p/p1/funnels' },
  { name: 'funnels-start-empty', path: '/p/p1/funnels', state: { isEmpty: true } },
  { name: 'funnels', path: `${FUNNEL}&by=device` },
  {
    name: 'funnels-dropped',
    path: FUNNEL,
    act: (page) =>
      page
        .getByRole('button', { name: /dropped/ })
        .first()
        .click(),
  },
  { name: 'funnels-order', path: FUNNEL, act: (page) => page.getByRole('combobox', { name: 'Order' }).click() },
  {
    name: 'funnels-wrong',
    path: `/p/p1/funnels?steps=${encodeURIComponent('page:/|page:routes|click:#pay:/checkout*')}`,
  },
  { name: 'funnels-empty', path: FUNNEL, state: { isEmpty: true } },
  { name: 'funnels-loading', path: FUNNEL, state: { isSilent: true }, isLoading: true },
  { name: 'funnels-error', path: FUNNEL, state: { failing: ['/funnel'] } },
  { name: 'funnels-viewer', path: '/p/p2/funnels' },
  { name: 'retention', path: '/p/p1/retention?period=90d' },
  { name: 'retention-days', path: '/p/p1/retention?period=30d&unit=day&returning=conversion' },
  {
    name: 'retention-cell',
    path: '/p/p1/retention?period=90d',
    act: (page) => page.locator('[data-key]').nth(4).click(),
  },
  { name: 'retention-cohorts', path: '/p/p1/retention?period=90d&compare=cohort' },
  { name: 'retention-segments', path: '/p/p1/retention?period=90d&compare=device&a=mobile&b=desktop' },
  { name: 'retention-segments-none', path: '/p/p1/retention?period=90d&compare=country&a=TZ&b=Nowhere' },
  { name: 'retention-groups', path: '/p/p1/retention?period=90d&by=country' },
  { name: 'retention-groups-long', path: '/p/p1/retention?period=30d&unit=day&by=utm_campaign&at=7' },
  { name: 'retention-group', path: '/p/p1/retention?period=90d&by=utm_campaign&value=safari' },
  { name: 'retention-group-none', path: '/p/p1/retention?period=90d&by=country&value=AQ' },
  {
    name: 'retention-table',
    path: '/p/p1/retention?period=90d',
    act: (page) => page.getByRole('button', { name: 'Show as table' }).first().click(),
  },
  { name: 'retention-too-many', path: '/p/p1/retention?from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&unit=day' },
  { name: 'retention-empty', path: '/p/p1/retention', state: { isEmpty: true } },
  { name: 'retention-none', path: '/p/p1/retention?country=Nowhere' },
  { name: 'retention-loading', path: '/p/p1/retention', state: { isSilent: true }, isLoading: true },
  { name: 'retention-error', path: '/p/p1/retention', state: { failing: ['/visitor-retention'] } },
  { name: 'forms', path: '/p/p1/forms?period=30d' },
  { name: 'forms-open', path: '/p/p1/forms?open=phone' },
  { name: 'forms-viewer', path: '/p/p2/forms?open=phone' },
  { name: 'forms-hostile', path: `/p/p1/forms?on=/hostile&form=${HOSTILE}&open=${'m'.repeat(400)}` },
  { name: 'forms-cut', path: '/p/p1/forms?country=KE&on=/contact&form=contact' },
  { name: 'forms-none', path: '/p/p1/forms?country=AQ' },
  { name: 'forms-empty', path: '/p/p1/forms', state: { isEmpty: true } },
  { name: 'forms-loading', path: '/p/p1/forms', state: { isSilent: true }, isLoading: true },
  { name: 'forms-error', path: '/p/p1/forms', state: { failing: ['/forms'] } },
  { name: 'bots', path: '/p/p1/bots?period=30d' },
  { name: 'bots-included', path: '/p/p1/bots?bots=true' },
  { name: 'bots-empty', path: '/p/p1/bots', state: { isEmpty: true } },
  { name: 'bots-none', path: '/p/p1/bots?country=AQ' },
  { name: 'bots-loading', path: '/p/p1/bots', state: { isSilent: true }, isLoading: true },
  { name: 'bots-error', path: '/p/p1/bots', state: { failing: ['/bots'] } },
  { name: 'performance', path: '/p/p1/performance' },
  { name: 'performance-empty', path: '/p/p1/performance', state: { isEmpty: true } },
  { name: 'events', path: '/p/p1/events' },
  { name: 'events-panel', path: '/p/p1/events', act: (page) => page.getByRole('row').nth(3).click() },
  { name: 'events-account', path: '/p/p1/events?tab=account' },
  { name: 'events-failed', path: '/p/p1/events?tab=failed', act: (page) => page.getByRole('row').nth(1).click() },
  { name: 'contacts', path: '/p/p1/contacts' },
  {
    name: 'contacts-panel',
    path: '/p/p1/contacts?status=Hot+Lead+-+Abandoned+Booking',
    act: (page) => page.getByRole('row').nth(1).click(),
  },
  {
    name: 'contacts-edit',
    path: '/p/p1/contacts?open=contact_1',
    act: (page) => page.getByRole('button', { name: 'Edit contact' }).click(),
  },
  {
    name: 'contacts-status',
    path: '/p/p1/contacts?open=contact_1',
    act: (page) => page.getByRole('button', { name: /^Change status/ }).click(),
  },
  { name: 'contacts-empty', path: '/p/p1/contacts', state: { isEmpty: true } },
  { name: 'contacts-loading', path: '/p/p1/contacts', state: { isSilent: true }, isLoading: true },
  { name: 'contacts-error', path: '/p/p1/contacts', state: { failing: ['/contacts', '/pipeline'] } },
  { name: 'contacts-viewer', path: '/p/p2/contacts' },
  { name: 'tasks', path: '/p/p1/tasks' },
  { name: 'tasks-done', path: '/p/p1/tasks?tab=done' },
  {
    name: 'tasks-panel',
    path: '/p/p1/tasks',
    act: (page) => page.getByRole('row').filter({ hasText: 'Neema Mushi' }).first().click(),
  },
  {
    name: 'tasks-assign',
    path: '/p/p1/tasks',
    act: (page) => page.getByRole('button', { name: 'Assign', exact: true }).first().click(),
  },
  {
    name: 'tasks-undo',
    path: '/p/p1/tasks',
    act: (page) =>
      page
        .getByRole('button', { name: /^Complete/ })
        .first()
        .click(),
  },
  { name: 'tasks-empty', path: '/p/p1/tasks', state: { isEmpty: true } },
  { name: 'tasks-loading', path: '/p/p1/tasks', state: { isSilent: true }, isLoading: true },
  { name: 'tasks-viewer', path: '/p/p2/tasks' },
  { name: 'customers', path: '/p/p1/customers' },
  {
    name: 'customers-panel',
    path: '/p/p1/customers?sort=bookings',
    act: (page) => page.getByRole('row').nth(2).click(),
  },
  { name: 'customers-empty', path: '/p/p1/customers', state: { isEmpty: true } },
  { name: 'customers-error', path: '/p/p1/customers', state: { failing: ['/metrics'] } },
  { name: 'api-keys', path: '/p/p1/settings/api-keys' },
  { name: 'api-keys-empty', path: '/p/p1/settings/api-keys', state: { isEmpty: true } },
  {
    name: 'api-keys-create',
    path: '/p/p1/settings/api-keys',
    act: (page) => page.getByRole('button', { name: 'Create key' }).click(),
  },
  { name: 'menu', path: '/p/p1/events', act: (page) => openMenu(page) },
  {
    name: 'key-menu',
    path: '/p/p1/settings/api-keys',
    act: (page) => page.getByRole('button', { name: 'Actions for Staging' }).click(),
  },
  { name: 'not-found', path: '/p/unknown/overview' },
  { name: 'not-found-here', path: '/p/p1/nonsense' },
  {
    name: 'overview-young',
    path: '/p/p1/overview?period=30d',
    state: { firstEventAt: Date.now() - 31 * 86_400_000, projects: [YOUNG] },
  },
]

async function openSuggestions(page: Page) {
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: 'Browser', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Chrome' }).waitFor()
}

async function openDuration(page: Page) {
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: 'Duration', exact: true }).last().click()
  await page.getByLabel('From').waitFor()
}

async function openReplay(page: Page) {
  await page.getByRole('button', { name: 'Watch the recording' }).click()
  await page.frameLocator('iframe[title=Replay]').frameLocator('.replayer-wrapper > iframe').locator('body').waitFor()
}

async function openNode(page: Page) {
  await page.getByRole('button', { name: /^\/timetable, Step 2/ }).click()
  await page.getByRole('menuitem', { name: 'Start here' }).waitFor()
}

/** The member's menu, or the drawer where the rail is one. */
async function openMenu(page: Page) {
  const burger = page.getByRole('button', { name: 'Open menu' })
  await ((await burger.isVisible()) ? burger : page.getByRole('button', { name: 'Asha Mwinyi' })).click()
}

checkViews(VIEWS)
