// Settings that are saved as a whole: project settings, CRM rules and lead weights; refusals by field, somebody else's changes, leaving.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntilLoaded } from './support/browser'
import { useDashboard } from './support/dashboard'

const dashboard = useDashboard()
const documents = () => dashboard.server.state.documents
const changes = () => dashboard.server.state.changes

async function visit(path: string, options = {}): Promise<Page> {
  const page = await dashboard.visit(path, options)
  await waitUntilLoaded(page)
  return page
}

test('programs are made bots, and the settings nobody shows stay', async () => {
  Object.assign(documents().settings, { kept_beside: 7 })
  const page = await visit('/p/p1/settings')
  const save = page.getByRole('button', { name: 'Save settings' })
  expect(await save.isDisabled()).toBe(true)
  await page.getByRole('switch', { name: 'Leave out events sent by programs' }).click({ force: true })
  await page.getByText('Unsaved changes.').waitFor()
  await save.click()
  await page.getByText('Project settings saved').waitFor()
  expect(documents().settings).toMatchObject({ version: 1, programs_are_bots: true, kept_beside: 7 })
  await expect.poll(() => save.isDisabled()).toBe(true)
})

test('a time zone is found by its city and saved', async () => {
  const page = await visit('/p/p1/settings')
  const zone = page.getByRole('combobox', { name: 'Time zone' })
  await expect.poll(() => zone.inputValue()).toBe('UTC')
  await zone.click()
  await zone.fill('dar es')
  await page.getByRole('option', { name: 'Africa/Dar es Salaam' }).click()
  await page.getByText(/, GMT\+3/).waitFor()
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('Project settings saved').waitFor()
  expect(documents().settings).toMatchObject({
    version: 1,
    programs_are_bots: false,
    time_zone: 'Africa/Dar_es_Salaam',
    retention: { event_days: null },
  })
})

test('a project is named, and its amounts get a currency', async () => {
  const page = await visit('/p/p1/settings')
  const currency = page.getByLabel('Default currency')
  await page.getByRole('textbox', { name: 'Name' }).fill('Coral Coast')
  await currency.fill('tz')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page
    .getByText(/currency is three letters/i)
    .first()
    .waitFor()
  await currency.fill('tzs')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('Project settings saved').waitFor()
  expect(documents().settings).toMatchObject({ version: 1, name: 'Coral Coast', default_currency: 'TZS' })
  await currency.fill('')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await expect.poll(() => documents().settings).toMatchObject({ version: 2, default_currency: null })
})

test('a logo is uploaded, shown beside the name, and removed', async () => {
  const page = await visit('/p/p1/settings')
  const choose = (name: string, mimeType: string, text: string) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer: Buffer.from(text) })
  await choose('logo.svg', 'image/svg+xml', '<svg/>')
  await page.getByText(/must be a PNG or JPEG image/i).waitFor()
  await choose('logo.png', 'image/png', '\x89PNG')
  await page.getByText('Logo saved').waitFor()
  expect(changes().at(-1)).toBe('PUT /api/projects/p1/logo')
  await page.getByAltText('Logo of Coral Coast Ferries').waitFor()
  await expect.poll(() => page.locator('aside img, nav img, img[src*="/logo?"]').count()).toBeGreaterThan(1)
  await page.getByRole('button', { name: 'Remove logo' }).click()
  await page.getByText('Logo removed').waitFor()
  await expect.poll(() => page.locator('img[src*="/logo?"]').count()).toBe(0)
})

test('what somebody else saved is loaded, or saved over on purpose', async () => {
  const page = await visit('/p/p1/settings')
  const toggle = page.getByRole('switch', { name: 'Leave out events sent by programs' })
  const save = page.getByRole('button', { name: 'Save settings' })
  await toggle.click({ force: true })
  documents().settings.version = 4
  await save.click()
  await page.getByText('Somebody else saved these settings').waitFor()
  expect(await save.isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Load theirs' }).click()
  await expect.poll(() => toggle.isChecked()).toBe(false)
  await toggle.click({ force: true })
  documents().settings.version = 5
  await save.click()
  await page.getByRole('button', { name: 'Keep mine' }).click()
  await expect.poll(() => toggle.isChecked()).toBe(true)
  await save.click()
  await page.getByText('Project settings saved').waitFor()
  expect(documents().settings).toMatchObject({ version: 6, programs_are_bots: true })
})

test('a page with unsaved changes asks before it is left', async () => {
  const page = await visit('/p/p1/settings')
  await page.getByRole('switch', { name: 'Leave out events sent by programs' }).click({ force: true })
  await page.getByRole('link', { name: 'Webhooks' }).click()
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(dashboard.address(page)).toBe('/p/p1/settings')
  await page.getByRole('link', { name: 'Webhooks' }).click()
  await dialog.getByRole('button', { name: 'Leave' }).click()
  await page.waitForURL('**/p/p1/webhooks')
  expect(changes()).toEqual([])
})

test('a rule is added, refused at its field, mended and saved', async () => {
  const page = await visit('/p/p1/settings/crm-rules')
  await page.getByText('Sets the status to Hot Lead - Abandoned Booking, unless it is Customer - Active').waitFor()
  await page.getByRole('button', { name: 'Add rule' }).click()
  await page.getByLabel('Event', { exact: true }).fill('call missed')
  await page.getByRole('combobox', { name: 'Change the status to' }).fill('Call back')
  await page.getByRole('switch', { name: 'Open a task' }).click({ force: true })
  await page.getByLabel('Task', { exact: true }).fill('Call back today')
  await page.getByLabel('Due after').fill('90')
  await page.getByText('Opens the task “Call back today” (normal, due after 1 h 30 min)').waitFor()
  await page.getByRole('button', { name: 'Save rules' }).click()
  await expect.poll(() => page.getByLabel('Event', { exact: true }).getAttribute('aria-invalid')).toBe('true')
  await page.getByText('call missed, event: Must be an event’s name, *.word or word.*.').waitFor()
  expect(await page.getByText(/rules\[/).count()).toBe(0)
  await page.getByLabel('Event', { exact: true }).fill('call.missed')
  await page.getByRole('button', { name: 'Save rules' }).click()
  await page.getByText('Rules saved. They apply to events from now on.').waitFor()
  const saved = documents().rules.rules as unknown as { rules: object[] }
  expect(saved.rules.at(-1)).toEqual({
    event: 'call.missed',
    activity: true,
    status: { to: 'Call back', unless: [] },
    counts: [],
    deal_value: null,
    remembers: {},
    booking: null,
    closes: [],
    task: { kind: 'call_missed', title: 'Call back today', priority: 'normal', due_in_minutes: 90 },
  })
})

test('a removed rule comes back by undo, and the defaults by their button', async () => {
  const page = await visit('/p/p1/settings/crm-rules')
  expect(await page.getByRole('button', { name: 'Use defaults' }).count()).toBe(0)
  await page.getByRole('button', { name: /^form\.submitted/ }).click()
  await page.getByRole('button', { name: 'Remove rule' }).click()
  await page.getByRole('button', { name: /^form\.submitted/ }).waitFor({ state: 'detached' })
  await page.getByLabel('A booking is abandoned after').fill('45')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await page.getByRole('button', { name: /^form\.submitted/ }).waitFor()
  // Undo brings the rule back and leaves what was typed after it.
  expect(await page.getByLabel('A booking is abandoned after').inputValue()).toBe('45 min')
  await page.getByRole('button', { name: 'Use defaults' }).click()
  await expect.poll(() => page.getByLabel('A booking is abandoned after').inputValue()).toBe('30 min')
  expect(await page.getByRole('button', { name: 'Save rules' }).isDisabled()).toBe(true)
})

test('a number that is left empty shows what is saved again', async () => {
  for (const [path, name, shown] of [
    ['/p/p1/settings/crm-rules', 'A booking is abandoned after', '30 min'],
    ['/p/p1/lead-scores?tab=weights', 'Points halve every', '30 days'],
    ['/p/p1/sdk', 'Maximum distance', '30 px'],
  ] as const) {
    const page = await visit(path)
    const field = page.getByLabel(name)
    await field.fill('')
    expect(await field.inputValue()).toBe('')
    await field.blur()
    await expect.poll(() => field.inputValue()).toBe(shown)
  }
})

test('weights show what they do to an example and stay within 100', async () => {
  const page = await visit('/p/p1/lead-scores?tab=weights')
  await page.getByRole('status', { name: 'Score of the example' }).getByText('50').waitFor()
  await page.getByLabel('Views: maximum').fill('30')
  await page.getByText('The highest possible score is 110; it must be 100 or less.').waitFor()
  expect(await page.getByRole('button', { name: 'Save weights' }).isDisabled()).toBe(true)
  await page.getByLabel('Views: maximum').fill('10')
  await page.getByText('was 50').waitFor()
  await page.getByLabel('Points halve every').fill('0')
  await page.getByRole('button', { name: 'Save weights' }).click()
  await expect.poll(() => page.getByLabel('Points halve every').getAttribute('aria-invalid')).toBe('true')
  await page.getByRole('alert').getByText('Points halve every: Must be a number from 0.1 to 3650.').waitFor()
  await page.getByLabel('Points halve every').fill('60')
  await page.getByRole('button', { name: 'Save weights' }).click()
  await page.getByText('Weights saved.').waitFor()
  expect(documents().weights).toMatchObject({
    version: 1,
    weights: { half_life_days: 60, views: { weight: 2, cap: 10 } },
  })
})

test('scores lead to their reasons, and from there to the customer', async () => {
  const page = await visit('/p/p1/lead-scores')
  await page.getByRole('row').nth(2).click()
  await page.waitForURL('**/lead-scores?open=passenger-1001')
  const panel = page.getByRole('complementary', { name: 'Lead score of passenger-1001' })
  await panel.getByText('Lead score: 51 of 100').waitFor()
  await panel.getByRole('link', { name: 'Open the customer' }).click()
  await page.waitForURL('**/customers?open=passenger-1001')
})

test('interests are asked for by period, whose zone is named', async () => {
  const [project] = dashboard.server.state.projects
  if (project) project.time_zone = 'Africa/Dar_es_Salaam'
  const page = await visit('/p/p1/interests')
  await page.getByRole('cell', { name: 'Night ferry', exact: true }).waitFor()
  const asked = page.waitForRequest(/\/crm\/preferences\?/)
  await page.getByText('Last 90 days').click()
  await page.waitForURL('**/interests?period=90d')
  const { searchParams } = new URL((await asked).url())
  const days = (Date.now() - Date.parse(searchParams.get('from') ?? '')) / 86_400_000
  expect([days > 89, days < 91]).toEqual([true, true])
  await page.getByRole('toolbar').getByText('Dar es Salaam').waitFor()
})

test('a viewer reads settings, rules and weights, and changes none', async () => {
  const page = await visit('/p/p2/settings')
  await page.getByText('Only owners and admins can change these settings.').waitFor()
  expect(await page.getByRole('switch', { name: 'Leave out events sent by programs' }).isDisabled()).toBe(true)
  await page.goto(`${dashboard.server.url}/p/p2/settings/crm-rules`)
  await page.getByText('Only owners and admins can change the rules.').waitFor()
  await page.getByRole('button', { name: /^booking\.completed/ }).click()
  expect(await page.getByLabel('Event', { exact: true }).isDisabled()).toBe(true)
  expect(await page.getByRole('button', { name: 'Add rule' }).count()).toBe(0)
  await page.goto(`${dashboard.server.url}/p/p2/lead-scores?tab=weights`)
  await page.getByText('Only owners and admins can change the weights.').waitFor()
  expect(await page.getByLabel('Views: maximum').isDisabled()).toBe(true)
  expect(await page.getByRole('button', { name: /^Save/ }).count()).toBe(0)
})

test('rules are tried on past events before they are saved', async () => {
  const page = await visit('/p/p1/settings/crm-rules')
  const region = page.getByRole('region', { name: 'Try on past events' })
  await region.getByRole('combobox', { name: 'Period' }).click()
  await page.getByRole('option', { name: 'Last 7 days' }).click()
  await region.getByRole('button', { name: 'Try these rules' }).click()
  await region.getByText('31 contacts would be different.', { exact: false }).waitFor()
  await region.getByText('22').first().waitFor()
  await region.getByRole('link', { name: 'Neema Mushi' }).waitFor()
  const [tried] = dashboard.server.state.changes
  expect(tried).toContain('POST /api/projects/p1/crm/rules/dry-run {"days":7,"rules":{')
  // An answer about other rules is no longer shown.
  await page.getByLabel('A booking is abandoned after').fill('45')
  await region.getByText('would be different').waitFor({ state: 'detached' })
})

test('weights are compared with the saved ones before they are saved', async () => {
  const page = await visit('/p/p1/lead-scores?tab=weights')
  const region = page.getByRole('region', { name: 'Compare scores' })
  expect(await region.getByRole('button', { name: 'Compare with the saved weights' }).isDisabled()).toBe(true)
  await page.getByLabel('Points halve every').fill('60')
  await region.getByRole('button', { name: 'Compare with the saved weights' }).click()
  await region.getByText('The score of').waitFor()
  await region.getByRole('rowheader', { name: '30–39' }).waitFor()
  await region.getByRole('link').first().waitFor()
})
