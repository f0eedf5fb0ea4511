// How far visitors get in forms of a real page, and that nothing of what they type leaves it.
import { expect, it } from 'vitest'
import { FORMS } from './pages/forms'
import { newContext, ready } from './support/browser'
import { pageWith, type Received } from './support/collector'
import { stage } from './support/stage'

const { browser, collector } = await stage()

/** The last revision of each form. */
const forms = (): Record<string, Received & { metadata: Record<string, unknown> }> =>
  Object.fromEntries(
    collector
      .events()
      .filter(({ type }) => type === 'form')
      .sort((one, other) => Number(one.metadata?.['revision']) - Number(other.metadata?.['revision']))
      .map((event) => [event.metadata?.['form'], event]),
  )

const clicked = (): unknown[] =>
  collector
    .events()
    .filter(({ interaction_type }) => interaction_type === 'click')
    .map(({ element_selector }) => element_selector)

it('one form is submitted and another abandoned, and both are reported without what was typed', async () => {
  collector.reset()
  collector.pages['/'] = pageWith(collector.origin, FORMS)
  collector.pages['/next'] = pageWith(collector.origin, '<h1>Next</h1>')
  const context = await newContext(browser)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.goto(`${collector.pageOrigin}/`)
  await ready(page)

  // The browser refuses the empty name and address, and focuses the name.
  await page.click('#book')
  await page.keyboard.type('Kibaha')
  await page.keyboard.press('Tab')
  await page.keyboard.type('kibaha7f3a91@example.com')
  await page.click('text=Dhow')
  await page.click('text=Ngalawa')
  await page.press('[name=guests]', 'ArrowDown')
  await page.check('[name=terms]')
  // Back once more, to correct the name.
  await page.click('[name=booking] [name=name]', { position: { x: 4, y: 4 } })
  await page.keyboard.type('Amina ')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.title === 'Thank you')

  await page.click('[name=id]')
  await page.keyboard.type('7391846205')
  await page.keyboard.press('Tab')
  await page.goto(`${collector.pageOrigin}/next`)
  await collector.waitFor(() => Object.keys(forms()).length === 2)
  await context.close()

  const { booking, Letter } = forms()
  expect(booking).toMatchObject({
    page_url: `${collector.pageOrigin}/`,
    element_selector: 'form:nth-of-type(1)',
    metadata: { outcome: 'submitted', submits: 1, last_field: 'name' },
  })
  expect(booking?.metadata['fields']).toMatchObject([
    { field: 'name', kind: 'text', position: 0, corrections: 1, errors: 1, filled: true },
    { field: 'mail', kind: 'email', position: 1, corrections: 0, errors: 1, filled: true },
    { field: 'boat', kind: 'radio', position: 2, corrections: 0, errors: 0, filled: true },
    { field: 'guests', kind: 'select', position: 3, corrections: 0, errors: 0, filled: true },
    { field: 'terms', kind: 'checkbox', position: 4, corrections: 0, errors: 0, filled: true },
  ])
  expect(Letter?.metadata).toMatchObject({
    outcome: 'abandoned',
    submits: 0,
    revision: 1,
    last_field: 'children',
    fields: [
      { field: 'id', kind: 'tel', position: 0, filled: true },
      { field: 'children', kind: 'number', position: 1, filled: false },
    ],
  })
  for (const { timestamp, metadata } of Object.values(forms())) {
    expect(timestamp).toBeLessThanOrEqual(Date.now())
    expect(metadata['duration_ms']).toBeGreaterThan(0)
  }
  // Forms whose fields are called like what a form is made of.
  expect(clicked()).toContain('form:nth-of-type(2)>input:nth-of-type(1)')
  const sent = JSON.stringify(collector.posted)
  for (const secret of ['ibaha', 'Amina', '7391846205', 'sesame', 'dhow', 'ngalawa']) expect(sent).not.toContain(secret)
  expect(errors).toEqual([])
})
