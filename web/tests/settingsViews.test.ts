// The views of settings, scores, interests and the account, in both schemes and on a small screen.
import type { Page } from 'playwright-core'
import { LOCKED, OPEN } from './mock/shareLinks'
import { checkViews, type View } from './support/views'

const RULES = '/p/p1/settings/crm-rules'
const SCORES = '/p/p1/lead-scores'
const LINKS = '/p/p1/settings/share-links'
const MAPS = '/p/p1/settings/source-maps'

async function share(page: Page) {
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await page.getByRole('dialog').getByLabel('Name').waitFor()
}

const VIEWS: View[] = [
  { name: 'settings', path: '/p/p1/settings' },
  { name: 'settings-viewer', path: '/p/p2/settings' },
  { name: 'settings-loading', path: '/p/p1/settings', state: { isSilent: true }, isLoading: true },
  { name: 'settings-error', path: '/p/p1/settings', state: { failing: ['/settings'] } },
  { name: 'goals', path: '/p/p1/settings/goals' },
  { name: 'goals-empty', path: '/p/p1/settings/goals', state: { isEmpty: true } },
  { name: 'goals-error', path: '/p/p1/settings/goals', state: { failing: ['/goals'] } },
  {
    name: 'goals-form',
    path: '/p/p1/settings/goals',
    act: (page) => page.getByRole('button', { name: 'Edit Calls us' }).click(),
  },
  { name: 'share-links', path: LINKS },
  { name: 'share-links-empty', path: LINKS, state: { isEmpty: true } },
  { name: 'share-links-error', path: LINKS, state: { failing: ['/share-links'] } },
  { name: 'share-links-viewer', path: '/p/p2/settings/share-links' },
  { name: 'source-maps', path: MAPS },
  { name: 'source-maps-empty', path: MAPS, state: { isEmpty: true } },
  { name: 'source-maps-error', path: MAPS, state: { failing: ['/source-maps'] } },
  { name: 'source-maps-viewer', path: '/p/p2/settings/source-maps' },
  { name: 'share-form', path: '/p/p1/friction?device=mobile', act: share },
  { name: 'shared', path: `/shared/${OPEN}`, state: { isSignedIn: false } },
  { name: 'shared-password', path: `/shared/${LOCKED}`, state: { isSignedIn: false } },
  { name: 'shared-unknown', path: '/shared/fl_x', state: { isSignedIn: false } },
  { name: 'crm-rules', path: RULES },
  {
    name: 'crm-rules-open',
    path: RULES,
    act: (page) => page.getByRole('button', { name: /^booking\.completed/ }).click(),
  },
  {
    name: 'crm-rules-pattern',
    path: RULES,
    act: (page) => page.getByRole('button', { name: /ending in \.viewed/ }).click(),
  },
  {
    name: 'crm-rules-viewer',
    path: '/p/p2/settings/crm-rules',
    act: (page) => page.getByRole('button', { name: /^booking\.abandoned/ }).click(),
  },
  { name: 'crm-rules-loading', path: RULES, state: { isSilent: true }, isLoading: true },
  { name: 'crm-rules-error', path: RULES, state: { failing: ['/crm/rules'] } },
  { name: 'lead-scores', path: SCORES },
  { name: 'lead-scores-panel', path: SCORES, act: (page) => page.getByRole('row').nth(2).click() },
  { name: 'lead-scores-empty', path: SCORES, state: { isEmpty: true } },
  { name: 'lead-scores-error', path: SCORES, state: { failing: ['/lead-scores'] } },
  { name: 'lead-weights', path: `${SCORES}?tab=weights` },
  { name: 'lead-weights-viewer', path: '/p/p2/lead-scores?tab=weights' },
  {
    name: 'lead-weights-too-much',
    path: `${SCORES}?tab=weights`,
    act: (page) => page.getByLabel('Views: maximum').fill('40'),
  },
  { name: 'lead-weights-loading', path: `${SCORES}?tab=weights`, state: { isSilent: true }, isLoading: true },
  { name: 'interests', path: '/p/p1/interests' },
  { name: 'interests-empty', path: '/p/p1/interests', state: { isEmpty: true } },
  { name: 'interests-error', path: '/p/p1/interests', state: { failing: ['/crm/preferences'] } },
  { name: 'account', path: '/p/p1/account' },
]

checkViews(VIEWS)
