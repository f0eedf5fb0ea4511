// Every view of the dashboard: its address within a project, and what opens it there.
import type { Page } from 'playwright-core'

export type View = {
  name: string
  /** Begins with "/" when it lies outside the project. */
  path: string
  act?: (page: Page) => Promise<unknown>
}

const row = (page: Page, index: number) => page.getByRole('table').last().locator('tbody').getByRole('row').nth(index)

export const VIEWS: View[] = [
  { name: 'overview', path: 'overview' },
  { name: 'overview-24h', path: 'overview?period=24h&metric=friction&device=mobile' },
  { name: 'overview-period', path: 'overview', act: (page) => page.getByRole('button', { name: /^Last 7 days/ }).click() },
  { name: 'overview-filter', path: 'overview', act: (page) => page.getByRole('button', { name: 'Add filter' }).click() },
  { name: 'overview-table', path: 'overview', act: (page) => page.getByRole('button', { name: 'Show as table' }).first().click() },
  { name: 'overview-nothing', path: 'overview?country=AQ' },
  { name: 'boards', path: 'boards' },
  { name: 'acquisition', path: 'acquisition' },
  { name: 'acquisition-table', path: 'acquisition?by=entry_path&period=30d' },
  { name: 'friction', path: 'friction?period=30d' },
  { name: 'friction-element', path: 'friction', act: (page) => row(page, 0).click() },
  { name: 'friction-error', path: 'friction?friction_kind=javascript_error', act: (page) => row(page, 0).click() },
  { name: 'friction-pages', path: 'friction?tab=pages' },
  { name: 'sessions', path: 'sessions?period=30d' },
  { name: 'session', path: 'sessions?has_recording=true', act: (page) => row(page, 0).click() },
  { name: 'journeys', path: 'journeys' },
  { name: 'journeys-back', path: 'journeys?direction=back&steps=8' },
  { name: 'funnels', path: 'funnels' },
  { name: 'forms', path: 'forms?period=30d' },
  { name: 'retention', path: 'retention?period=30d' },
  { name: 'retention-segments', path: 'retention?period=30d&compare=device&a=mobile&b=desktop' },
  { name: 'heatmaps', path: 'heatmaps' },
  { name: 'heatmaps-rage', path: 'heatmaps?path=/booking/payment&layer=rage' },
  { name: 'recordings', path: 'recordings' },
  { name: 'bots', path: 'bots' },
  { name: 'sql', path: 'sql?sql=SELECT+name,+COUNT(*)+AS+events+FROM+events+GROUP+BY+name', act: runStatement },
  { name: 'palette', path: 'overview', act: (page) => page.keyboard.press('Control+K') },
  { name: 'performance', path: 'performance' },
  { name: 'events', path: 'events' },
  { name: 'events-event', path: 'events?only=friction', act: (page) => row(page, 2).click() },
  { name: 'events-account', path: 'events?tab=account' },
  { name: 'events-failed', path: 'events?tab=failed' },
  { name: 'api-keys', path: 'settings/api-keys' },
  { name: 'api-keys-create', path: 'settings/api-keys', act: (page) => page.getByRole('button', { name: 'Create key' }).click() },
  { name: 'menu', path: 'events', act: openMenu },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'set-up-done', path: '/setup' },
  { name: 'unknown-project', path: '/p/unknown/overview' },
]

async function runStatement(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText(/\d rows? in \d/).waitFor()
}

/** The member's menu, or the drawer where the rail is one. */
async function openMenu(page: Page): Promise<void> {
  const drawer = page.getByRole('button', { name: 'Open menu' })
  await ((await drawer.isVisible()) ? drawer : page.getByRole('button', { name: /Demo$/ })).click()
}

export const SCREENS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  small: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
} as const
