// Funnels: building one, its figures, the sessions that dropped, an error at its step, and the address that keeps it.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()

async function visit(path: string): Promise<Page> {
  const page = await dashboard.visit(path)
  await waitUntilLoaded(page)
  return page
}

const STEPS = 'page:/|page:/routes*|booking'
const FUNNEL = `/p/p1/funnels?steps=${encodeURIComponent(STEPS)}`

const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)
const isAsked = (page: Page, is: (body: Record<string, unknown>) => boolean) =>
  page.waitForRequest(
    (request) => request.url().endsWith('/funnel') && is(request.postDataJSON() as Record<string, unknown>),
  )

/** The list of its options has the same name. */
const field = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true })

async function choose(page: Page, label: string, option: string) {
  await field(page, label).click()
  await page.getByRole('option', { name: option }).click()
}

test('the most viewed pages and a booking make a funnel with one click, and the period goes along', async () => {
  const page = await visit('/p/p1/overview?period=30d')
  await page.getByRole('link', { name: 'Funnels', exact: true }).click()
  await page.waitForURL('**/funnels?period=30d')
  await page.getByRole('button', { name: 'Show this funnel: From your most viewed pages to a booking' }).click()
  await expect.poll(() => parameter(page, 'steps')).toBe('page:/|page:/routes|booking')
  expect(parameter(page, 'period')).toBe('30d')
  await page.getByText('2,088 of 8,214 visitors went all the way').waitFor()
})

test('a funnel is built step by step, with suggestions for each kind', async () => {
  const page = await visit('/p/p1/funnels')
  await page.getByRole('button', { name: 'Build your own' }).click()
  await page.getByText('Fill in every step').waitFor()
  await field(page, 'Page of step 1').fill('/rou')
  await page.getByRole('option', { name: '/routes/zanzibar-pemba' }).click()
  await expect.poll(() => parameter(page, 'steps')).toBe('page:/routes/zanzibar-pemba|page:')
  await choose(page, 'Kind of step 2', 'Event')
  await field(page, 'Event of step 2').fill('sea')
  await page.getByRole('option', { name: 'search' }).click()
  await field(page, 'Only on page, step 2').fill('/routes*')
  await page.keyboard.press('Enter')
  await expect.poll(() => parameter(page, 'steps')).toBe('page:/routes/zanzibar-pemba|event:search:/routes*')
  await page.getByRole('button', { name: 'Add step' }).click()
  await choose(page, 'Kind of step 3', 'Click')
  await field(page, 'Element of step 3').click()
  const asked = isAsked(page, ({ steps }) => (steps as unknown[]).length === 3)
  await page.getByRole('option', { name: /Kids travel free/ }).click()
  expect(
    ((await asked).postDataJSON() as { steps: object[] }).steps.map((step) => ({ ...step, label: undefined })),
  ).toEqual([{ page: '/routes/zanzibar-pemba' }, { event: 'search', path: '/routes*' }, { click: 'a.promo-banner' }])
  await page.getByRole('list', { name: 'Figures by step' }).getByText('Click on a.promo-banner').waitFor()
})

test('a stage of the pipeline is a step, chosen among those that the rules give', async () => {
  const page = await visit('/p/p1/funnels?steps=' + encodeURIComponent('page:/|page:'))
  await choose(page, 'Kind of step 2', 'CRM stage')
  await field(page, 'Stage of step 2').click()
  const asked = isAsked(page, ({ steps }) => (steps as unknown[]).length === 2)
  await page.getByRole('option', { name: 'Customer - Active' }).click()
  expect(((await asked).postDataJSON() as { steps: object[] }).steps[1]).toEqual({
    stage: 'Customer - Active',
    label: 'Becomes Customer - Active',
  })
  expect(parameter(page, 'steps')).toBe('page:/|stage:Customer - Active')
})

test('each step shows its units, its shares, the loss, the times, and friction as rates', async () => {
  const page = await visit(FUNNEL)
  await page.getByText('25.4%', { exact: true }).first().waitFor()
  const second = page.getByRole('list', { name: 'Figures by step' }).locator('> li').nth(1)
  const text = (await second.innerText()).replace(/\s+/g, ' ')
  expect(text).toContain('/routes* 5,093 visitors 62.0%')
  expect(text).toContain('62.0% of the step before Half within 53 s, nine in ten within 8 m 13 s 3,005 dropped (59.0%)')
  const friction = second.getByRole('table', { name: 'Friction after step 2' })
  expect(await friction.getByRole('row').count()).toBe(3)
  await second.getByRole('button', { name: 'Show 3 more' }).click()
  expect(await friction.getByRole('row').count()).toBe(6)
  const rates = (await friction.locator('tbody tr td:nth-child(2)').allInnerTexts()).map(parseFloat)
  expect(rates).toEqual([...rates].sort((a, b) => b - a))
  await page.getByText('37 matching events name no visitor and no session').waitFor()
})

test('steps are moved and removed by keyboard, and the focus stays with the step', async () => {
  const page = await visit(FUNNEL)
  await page.getByRole('button', { name: 'Move step 3 up' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => parameter(page, 'steps')).toBe('page:/|booking|page:/routes*')
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  await expect.poll(focused).toBe('Move step 2 up')
  await page.keyboard.press('Enter')
  await expect.poll(() => parameter(page, 'steps')).toBe('booking|page:/|page:/routes*')
  await expect.poll(focused).toBe('Move step 1 down')
  await page.getByRole('button', { name: 'Remove step 2' }).click()
  await expect.poll(() => parameter(page, 'steps')).toBe('booking|page:/routes*')
  expect(await page.getByRole('button', { name: 'Remove step 1' }).isDisabled()).toBe(true)
  await expect.poll(focused).toBeNull()
  await page.goBack()
  await expect.poll(() => parameter(page, 'steps')).toBe('booking|page:/|page:/routes*')
})

test('a field that is left for a button counts before it', async () => {
  const page = await visit(FUNNEL)
  await field(page, 'Page of step 2').fill('/offers')
  await page.getByRole('button', { name: 'Move step 2 up' }).click()
  await expect.poll(() => parameter(page, 'steps')).toBe('page:/offers|page:/|booking')
  await expect.poll(() => field(page, 'Page of step 1').inputValue()).toBe('/offers')
  await expect.poll(() => field(page, 'Page of step 2').inputValue()).toBe('/')
})

test('what is counted is in the question and in the address, and filters keep it', async () => {
  const page = await visit(FUNNEL)
  await choose(page, 'Conversion window', '7 days')
  await choose(page, 'Order', 'Any order')
  await page.getByText('At least 2 different steps').waitFor()
  await choose(page, 'Order', 'Strictly')
  await choose(page, 'Count', 'Sessions')
  const asked = isAsked(page, ({ breakdown }) => breakdown === 'device')
  await choose(page, 'Break down by', 'Device')
  expect((await asked).postDataJSON()).toMatchObject({
    window_seconds: 604_800,
    order: 'strict',
    unit: 'session',
    breakdown: 'device',
  })
  const table = page.getByRole('table', { name: 'By device' })
  await table.getByRole('row', { name: /^mobile 6,620/ }).waitFor()
  await table.getByRole('row', { name: /^Unknown/ }).waitFor()
  const filtered = isAsked(page, ({ device }) => device === 'mobile')
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: 'Device', exact: true }).click()
  await page.getByRole('checkbox', { name: 'mobile' }).check()
  await page.getByRole('button', { name: 'Apply' }).click()
  expect((await filtered).postDataJSON()).toMatchObject({
    order: 'strict',
    steps: [{ page: '/' }, { page: '/routes*' }, { outcome: 'booking' }],
  })
})

test('the sessions that dropped are listed and lead to their pages', async () => {
  const page = await visit(FUNNEL)
  const asked = isAsked(page, ({ dropped_at: at }) => at === 1)
  await page.getByRole('button', { name: '3,005 dropped' }).click()
  expect((await asked).postDataJSON()).toMatchObject({ dropped_at: 1, limit: 100 })
  const panel = page.getByRole('complementary', { name: 'Dropped after step 2' })
  await panel.getByText('3,005 visitors reached /routes* and not the next step.').waitFor()
  await panel.getByText('Latest 100 sessions').waitFor()
  expect(parameter(page, 'dropped')).toBe('1')
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  await page.goBack()
  await panel.getByRole('link').first().click()
  await page.waitForURL('**/p/p1/sessions/0193a1b2-0000-**')
})

test('what the server refuses is said at its step', async () => {
  const page = await visit(FUNNEL)
  await field(page, 'Page of step 2').fill('routes')
  await page.keyboard.press('Enter')
  const row = page.getByRole('list', { name: 'Steps of the funnel' }).getByRole('listitem').nth(1)
  await row.getByText('Must begin with /, and * may only stand at its end.').waitFor()
  await page.getByText('Step 2 needs a correction').waitFor()
  expect(await page.getByRole('list', { name: 'Figures by step' }).count()).toBe(0)
  await field(page, 'Page of step 2').fill('https://coralferries.example/routes?from=dar')
  await page.keyboard.press('Tab')
  await expect.poll(() => parameter(page, 'steps')).toBe('page:/|page:/routes|booking')
  await page.getByText('went all the way').waitFor()
})

test('a copied address shows the same funnel, and one that cannot be read none', async () => {
  const steps = encodeURIComponent('click:li%3Anth-child(2):/routes*|event:search|order')
  const page = await visit(`/p/p1/funnels?steps=${steps}&within=30d&order=any&unit=session&by=os&period=90d`)
  expect(await field(page, 'Element of step 1').inputValue()).toBe('li:nth-child(2)')
  expect(await field(page, 'Only on page, step 1').inputValue()).toBe('/routes*')
  expect(await field(page, 'Event of step 2').inputValue()).toBe('search')
  expect(await field(page, 'Conversion window').inputValue()).toBe('30 days')
  await page.getByRole('table', { name: 'By operating system' }).waitFor()
  await page.goto(`${dashboard.server.url}/p/p1/funnels?steps=page:/|nonsense`)
  await page.getByText('Where do visitors get lost?').waitFor()
})

test('a funnel that nobody entered says so and offers a longer period', async () => {
  const page = await visit(`/p/p1/funnels?steps=${encodeURIComponent('page:/nowhere|page:/')}`)
  await page.getByText('No visitor took the first step in this period').waitFor()
  await page.getByRole('button', { name: 'Show last 90 days' }).click()
  await expect.poll(() => parameter(page, 'period')).toBe('90d')
})

test('suggestions that cannot be read say so, and a funnel can still be built', async () => {
  dashboard.server.state.failing = ['/pages']
  const page = await visit('/p/p1/funnels')
  await page.getByText('The suggestions could not be loaded').waitFor()
  dashboard.server.state.failing = []
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: /^Show this funnel/ }).waitFor()
  await page.getByRole('button', { name: 'Build your own' }).click()
  await expect.poll(() => parameter(page, 'steps')).toBe('page:|page:')
  await page.getByRole('button', { name: 'Start over' }).click()
  await page.getByText('Where do visitors get lost?').waitFor()
})

test('a viewer reads which role it takes, and nothing is asked for', async () => {
  const asked: string[] = []
  const page = await dashboard.visit('/p/p2/overview')
  await waitUntilLoaded(page)
  page.on('request', (request) => asked.push(request.url()))
  await page.getByRole('link', { name: 'Funnels', exact: true }).click()
  await page.getByText('You need the analyst role to see funnels').waitFor()
  expect(asked.filter((url) => url.endsWith('/funnel'))).toEqual([])
})
