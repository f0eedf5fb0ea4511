// The views of heatmaps in both schemes and on a small screen, as tests/views.test.ts has them for the others.
import type { Page } from 'playwright-core'
import { UNRECORDED_PAGE } from './mock/heatmap'
import { checkViews, type View } from './support/views'

const MAP = '/p/p1/heatmaps'

/** Until the elements have their places on the page. */
async function placed(page: Page) {
  await page
    .getByRole('group', { name: 'Elements on the page' })
    .getByRole('button')
    .first()
    .waitFor({ state: 'attached' })
}

async function pressed(page: Page) {
  await placed(page)
  await page.getByRole('button', { name: /^Book now: / }).press('Enter')
  await page.getByRole('group', { name: 'Figures of Book now' }).getByRole('link').waitFor()
}

const VIEWS: View[] = [
  { name: 'heatmaps', path: MAP, act: placed },
  { name: 'heatmaps-element', path: MAP, act: pressed },
  { name: 'heatmaps-rage', path: `${MAP}?layer=rage`, act: placed },
  { name: 'heatmaps-change', path: `${MAP}?change=true`, act: placed },
  {
    name: 'heatmaps-scroll',
    path: `${MAP}?layer=scroll`,
    act: (page) => page.getByText(/^Average end of the first screen/).waitFor(),
  },
  { name: 'heatmaps-pointer-none', path: `${MAP}?layer=pointer` },
  { name: 'heatmaps-desktop', path: `${MAP}?width=1440` },
  { name: 'heatmaps-unrecorded', path: `${MAP}?path=${encodeURIComponent(UNRECORDED_PAGE)}` },
  { name: 'heatmaps-viewer', path: '/p/p2/heatmaps' },
  { name: 'heatmaps-empty', path: MAP, state: { isEmpty: true } },
  { name: 'heatmaps-nothing', path: `${MAP}?path=/nowhere`, state: { isEmpty: true } },
  { name: 'heatmaps-loading', path: MAP, state: { isSilent: true }, isLoading: true },
  { name: 'heatmaps-error', path: MAP, state: { failing: ['/heatmap'] } },
  { name: 'heatmaps-snapshot-error', path: MAP, state: { failing: ['/chunks/0'] } },
  { name: 'heatmaps-pages-error', path: MAP, state: { failing: ['/pages'] } },
]

checkViews(VIEWS)
