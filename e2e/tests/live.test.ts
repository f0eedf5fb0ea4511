// The open overview follows what arrives, and a server that goes away and comes back, without being loaded again.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeAccount, sendPageView, type Account } from '../support/account'
import { isSameLoad, launch, markLoad, newPerson, type Person } from '../support/browser'
import { startFootfall, type Footfall } from '../support/server'

let server: Footfall
let browser: Browser
let account: Account
let member: Person
let page: Page

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startFootfall(), launch()])
  account = await makeAccount(server)
  member = await newPerson(browser, account.signedIn)
  page = await member.context.newPage()
  await page.goto(`${server.url}/p/${account.projectId}/overview`)
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

const counter = (count: number) => page.getByRole('note').filter({ hasText: new RegExp(`^${count} visitors?`) })
const figure = (name: string, count: number) => page.getByRole('button', { name: new RegExp(`^${name}\\s*${count}(?!\\d)`) })

test('an empty project says what to do, and fills by itself with the first event', async () => {
  await page.getByText('No events in this period').first().waitFor()
  await page.getByRole('link', { name: 'Install the tracker' }).waitFor()
  await counter(0).waitFor()
  await markLoad(page)
  expect(await sendPageView(server, account.key, 'visitor-1')).toBe(200)
  await figure('Visitors', 1).waitFor()
  await page.getByRole('table', { name: 'Top pages' }).getByText('/fares').waitFor()
})

// How long it takes is printed: a busy machine proves nothing.
test('an event comes into the figures by itself, and into the live counter with its next beat', async () => {
  await counter(1).waitFor()
  expect(await sendPageView(server, account.key, 'visitor-2')).toBe(200)
  const acknowledgedAt = Date.now()
  await figure('Visitors', 2).waitFor()
  const took = Date.now() - acknowledgedAt
  console.log(`Overview: on the dashboard ${took} ms after its acknowledgement`)
  await counter(2).waitFor()
  expect(await isSameLoad(page)).toBe(true)
})

test('a server that stops is shown quietly, and the figures stay', async () => {
  const stoppingAt = Date.now()
  expect(await server.stop()).toBe(0)
  const took = Date.now() - stoppingAt
  console.log(`The server stopped in ${took} ms with a dashboard open`)
  await page.getByRole('status').getByText('Reconnecting').waitFor()
  expect(await figure('Visitors', 2).isVisible()).toBe(true)
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('the dashboard recovers by itself when the server is back', async () => {
  await server.start()
  await counter(2).waitFor()
  expect(await sendPageView(server, account.key, 'visitor-3')).toBe(200)
  await figure('Visitors', 3).waitFor()
  expect(await page.getByText('Reconnecting').count()).toBe(0)
  expect(await isSameLoad(page)).toBe(true)
  expect(member.faults).toEqual([])
})
