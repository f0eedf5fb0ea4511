// The views of people, the board, tasks by hand and dry runs, in both schemes and on a small screen.
import type { Page } from 'playwright-core'
import { checkViews, type View } from './support/views'

const PERSON = '/p/p1/people/contact_1'
const BOARD = '/p/p1/contacts?view=board'

const VIEWS: View[] = [
  { name: 'person', path: PERSON },
  { name: 'person-sessions', path: `${PERSON}?tab=sessions` },
  { name: 'person-purchases', path: `${PERSON}?tab=purchases` },
  { name: 'person-friction', path: `${PERSON}?tab=friction` },
  { name: 'person-calls', path: `${PERSON}?tab=calls` },
  { name: 'person-kinds', path: `${PERSON}?kinds=session%2Cfriction` },
  { name: 'person-customer', path: '/p/p1/people/passenger-1065' },
  { name: 'person-comments', path: PERSON, act: (page) => page.getByRole('button', { name: '1 comment' }).click() },
  { name: 'person-edit', path: PERSON, act: (page) => page.getByRole('button', { name: 'Edit', exact: true }).click() },
  { name: 'person-missing', path: '/p/p1/people/nobody' },
  { name: 'person-loading', path: PERSON, state: { isSilent: true }, isLoading: true },
  { name: 'person-error', path: PERSON, state: { failing: ['/timeline'] } },
  { name: 'person-viewer', path: '/p/p2/people/contact_1' },
  { name: 'board', path: BOARD },
  { name: 'board-panel', path: `${BOARD}&open=contact_1` },
  {
    name: 'board-menu',
    path: BOARD,
    act: (page) =>
      page
        .getByRole('button', { name: /^Move Neema Mushi/ })
        .first()
        .click(),
  },
  { name: 'board-empty', path: BOARD, state: { isEmpty: true } },
  { name: 'board-loading', path: BOARD, state: { isSilent: true }, isLoading: true },
  { name: 'board-error', path: BOARD, state: { failing: ['/contacts'] } },
  { name: 'tasks-new', path: '/p/p1/tasks', act: (page) => page.getByRole('button', { name: 'New task' }).click() },
  {
    name: 'tasks-snooze',
    path: '/p/p1/tasks',
    act: (page) =>
      page
        .getByRole('button', { name: /^Snooze/ })
        .first()
        .click(),
  },
  { name: 'tasks-mentions', path: '/p/p1/tasks?tab=mentions' },
  { name: 'tasks-mentions-empty', path: '/p/p1/tasks?tab=mentions', state: { isEmpty: true } },
  { name: 'tasks-suggestions', path: '/p/p1/tasks?open=contact_1', act: (page) => openSuggestions(page) },
  { name: 'crm-rules-tried', path: '/p/p1/settings/crm-rules', act: (page) => tryRules(page) },
  { name: 'lead-weights-compared', path: '/p/p1/lead-scores?tab=weights', act: (page) => compareWeights(page) },
]

async function openSuggestions(page: Page) {
  await page.getByRole('complementary').getByRole('button', { name: '1 comment' }).click()
  await page.getByRole('combobox', { name: 'New comment' }).pressSequentially('Ask @')
  await page.getByRole('listbox', { name: 'Members' }).waitFor()
}

async function tryRules(page: Page) {
  await page.getByRole('button', { name: 'Try these rules' }).click()
  await page.getByText('would be different').waitFor()
}

async function compareWeights(page: Page) {
  await page.getByLabel('Points halve every').fill('60')
  await page.getByRole('button', { name: 'Compare with the saved weights' }).click()
  await page.getByText('Largest changes').waitFor()
}

checkViews(VIEWS)
