// Views of the filter editor, of segments and of comparisons, in both schemes and on a small screen.
import type { Page } from 'playwright-core'
import { checkViews } from './support/views'

const MANY =
  '/p/p1/overview?country=TZ&filters=browser%21%3DChrome%2CSafari%3Bpath~checkout%3Bsession%3Drage_click%2Cdead_click&vs=device%3Dmobile%3Bsession%3Drage_click%2Cdead_click'

checkViews([
  { name: 'filters-many', path: MANY },
  { name: 'filters-behavior', path: '/p/p1/overview', act: (page) => openForm(page, 'Behavior') },
  {
    name: 'filters-failed',
    path: '/p/p1/overview',
    state: { failing: ['/filter-values'] },
    act: (page) => openForm(page, 'City'),
  },
  { name: 'filters-segment', path: '/p/p1/acquisition?device=mobile&filters=session%3Ddead_click%2Crage_click' },
  { name: 'filters-segments', path: '/p/p1/overview?device=mobile', act: (page) => openSegments(page) },
  {
    name: 'filters-segments-empty',
    path: '/p/p1/overview',
    state: { isEmpty: true },
    act: (page) => openSegments(page),
  },
  { name: 'filters-save', path: '/p/p1/overview?device=mobile&filters=path~checkout', act: (page) => openSave(page) },
])

async function openForm(page: Page, dimension: string) {
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: dimension, exact: true }).click()
  await page
    .getByRole('group', { name: 'Values' })
    .getByText(/had a rage click|could not be loaded/)
    .waitFor()
}

async function openSegments(page: Page) {
  await page.getByRole('button', { name: 'Segments' }).click()
  await page.getByRole('button', { name: /Save filters|are saved/ }).waitFor()
}

async function openSave(page: Page) {
  await openSegments(page)
  await page.getByRole('button', { name: 'Save filters as a segment' }).click()
  await page.getByRole('dialog', { name: 'Save as a segment' }).waitFor()
}
