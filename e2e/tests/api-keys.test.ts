// The life of an API key, as its owner leads it and as ingest obeys it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeAccount, sendPageView, type Account } from '../support/account'
import { launch, newPerson, type Person } from '../support/browser'
import { startFootfall, type Footfall } from '../support/server'

const FERRIES = 'https://coralferries.example'

let server: Footfall
let browser: Browser
let account: Account
let owner: Person
let page: Page
let key: string

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startFootfall(), launch()])
  account = await makeAccount(server)
  owner = await newPerson(browser, account.signedIn)
  page = await owner.context.newPage()
  await page.goto(`${server.url}/p/${account.projectId}/settings/api-keys`)
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

const row = (name: string) => page.getByRole('region', { name: 'Keys' }).getByRole('listitem').filter({ hasText: name })
const toast = (text: string) => page.getByRole('alert').getByText(text)
const send = (origin: string) => sendPageView(server, key, 'visitor-1', origin)
const choose = async (name: string, action: string) => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

test('a key is created with a name, domains and a limit', async () => {
  await page.getByRole('button', { name: 'Create key' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Name').fill('Ticket kiosk')
  await form.getByLabel('Allowed domains').fill('https://coralferries.example/fares, *.coral.example')
  await page.keyboard.press('Enter')
  await form.getByLabel('Requests per minute').fill('2500')
  await form.getByRole('button', { name: 'Create key' }).click()
  await toast('Key Ticket kiosk created').waitFor()
  const text = await row('Ticket kiosk').innerText()
  expect(text).toContain('coralferries.example, *.coral.example')
  expect(text).toContain('2,500 per minute')
  expect(text).toMatch(/Last used\s*Never/)
})

test('it is hidden until it is shown, and copied whole', async () => {
  const shown = row('Ticket kiosk').getByRole('code')
  expect(await shown.innerText()).toMatch(/^fk_\w{3}•+\w{4}$/)
  await row('Ticket kiosk').getByRole('button', { name: 'Copy key' }).click()
  await row('Ticket kiosk').getByRole('button', { name: 'Copied' }).waitFor()
  key = await page.evaluate(() => navigator.clipboard.readText())
  await row('Ticket kiosk').getByRole('button', { name: 'Show key' }).click()
  expect(await shown.innerText()).toBe(key)
  expect(key).toMatch(/^fk_[A-Za-z0-9]{32}$/)
  await row('Ticket kiosk').getByRole('button', { name: 'Hide key' }).click()
  expect(await shown.innerText()).not.toBe(key)
})

test('it admits its domains and no other', async () => {
  expect(await send(FERRIES)).toBe(200)
  expect(await send('https://shop.coral.example')).toBe(200)
  expect(await send('https://elsewhere.example')).toBe(403)
})

test('switched off it is refused at once, switched on it is taken again', async () => {
  const toggle = row('Ticket kiosk').getByRole('switch')
  const changed = () => page.waitForResponse((answer) => answer.request().method() === 'PATCH')
  await Promise.all([changed(), toggle.click({ force: true })])
  expect(await send(FERRIES)).toBe(403)
  expect(await toggle.isChecked()).toBe(false)
  await Promise.all([changed(), toggle.click({ force: true })])
  expect(await send(FERRIES)).toBe(200)
  expect(await toggle.isChecked()).toBe(true)
})

test('when it was last used is shown', async () => {
  await expect
    .poll(
      async () => {
        await page.reload()
        return row('Ticket kiosk').innerText()
      },
      { timeout: 20_000, interval: 500 },
    )
    .toMatch(/Last used\s*(just now|\d+ (s|min) ago)/)
  expect(await row('Web shop').innerText()).toMatch(/Last used\s*Never/)
})

test('its name, domains and limit are edited', async () => {
  await choose('Ticket kiosk', 'Edit')
  const form = page.getByRole('dialog', { name: 'Edit Ticket kiosk' })
  await form.getByLabel('Name').fill('Harbour kiosk')
  await form.getByLabel('Allowed domains').fill('elsewhere.example ')
  await form.getByLabel('Requests per minute').fill('3000')
  await form.getByRole('button', { name: 'Save' }).click()
  await toast('Key Harbour kiosk saved').waitFor()
  expect(await row('Harbour kiosk').innerText()).toContain('3,000 per minute')
  expect(await send('https://elsewhere.example')).toBe(200)
})

test('a domain that is none is refused beside its field, and what was typed stays', async () => {
  await choose('Harbour kiosk', 'Edit')
  const form = page.getByRole('dialog', { name: 'Edit Harbour kiosk' })
  await form.getByLabel('Allowed domains').fill('* ')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => form.getByLabel('Allowed domains').getAttribute('aria-invalid')).toBe('true')
  expect(await form.innerText()).toMatch(/^\*$/m)
  await form.getByRole('button', { name: 'Cancel' }).click()
})

test('the snippet follows the chosen key', async () => {
  await choose('Harbour kiosk', 'Show code')
  await page.getByRole('region', { name: 'Installation snippet' }).getByText(key).waitFor()
})

test('deleting it needs its name typed, and then it is unknown', async () => {
  await choose('Harbour kiosk', 'Delete')
  const dialog = page.getByRole('dialog', { name: 'Delete key Harbour kiosk' })
  const confirm = dialog.getByRole('button', { name: 'Delete key' })
  await dialog.getByRole('textbox').fill('harbour kiosk')
  expect(await confirm.isDisabled()).toBe(true)
  await dialog.getByRole('textbox').fill('Harbour kiosk')
  await confirm.click()
  await toast('Key Harbour kiosk deleted').waitFor()
  await row('Harbour kiosk').waitFor({ state: 'detached' })
  expect(await row('Web shop').count()).toBe(1)
  expect(await send(FERRIES)).toBe(401)
  expect(owner.faults).toEqual([])
})
