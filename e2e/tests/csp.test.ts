// What keeps browsers safe: the policy of every page of the dashboard, and the cookie of a sign-in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeAccount, OWNER, sendPageView, type Account } from '../support/account'
import { launch, newPerson } from '../support/browser'
import { startFootfall, type Footfall } from '../support/server'

let server: Footfall
let account: Account

beforeAll(async () => {
  server = await startFootfall()
  account = await makeAccount(server)
})
afterAll(() => server?.remove())

describe.each(['/', '/sign-in', '/setup', '/p/unknown/overview', '/favicon.svg', '/api/auth/me', '/api/unknown'])('%s', (path) => {
  test('carries a policy without unsafe sources', async () => {
    const { headers } = await fetch(server.url + path)
    const policy = headers.get('content-security-policy') ?? ''
    for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) expect(policy).toContain(part)
    expect(policy).not.toMatch(/unsafe-|\*|http/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

test('the page that replays recordings has its own policy: no scripts but its own, and nothing from anywhere', async () => {
  const answer = await fetch(`${server.url}/replay`, { headers: { accept: 'text/html' } })
  expect(answer.status).toBe(200)
  const parts = (answer.headers.get('content-security-policy') ?? '').split(/;\s*/)
  for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'none'", "frame-src 'none'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'self'", 'img-src data:']) expect(parts).toContain(part)
  expect(parts.filter((part) => /unsafe-|\*|http/.test(part))).toEqual(["style-src 'self' 'unsafe-inline'"])
  expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN')
})

test('a sign-in gives a cookie that scripts cannot read and other sites cannot use, and a sign-out takes it', async () => {
  const { email, password } = OWNER
  const signIn = await fetch(`${server.url}/api/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) })
  expect(signIn.status).toBe(200)
  const cookies = signIn.headers.getSetCookie()
  // Beside the session, the browser's own mark: with it, others' wrong passwords delay nobody here.
  expect(cookies.map((cookie) => cookie.split('=')[0]).sort()).toEqual(['footfall', 'footfall-device'])
  for (const cookie of cookies) {
    const attributes = cookie.split(/;\s*/).slice(1)
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']))
  }

  const session = cookies.find((cookie) => cookie.startsWith('footfall=')) ?? ''
  const headers = { cookie: session.split(';')[0] ?? '' }
  expect((await fetch(`${server.url}/api/auth/me`, { headers })).status).toBe(200)
  const signOut = await fetch(`${server.url}/api/auth/sign-out`, { method: 'POST', headers })
  expect(signOut.status).toBe(204)
  for (const removed of signOut.headers.getSetCookie()) expect(removed).toMatch(/^[^=]+=; .*Max-Age=0/)
  expect((await fetch(`${server.url}/api/auth/me`, { headers })).status).toBe(401)
})

test('a change asked for by another site is refused', async () => {
  const headers = { 'content-type': 'application/json', origin: 'https://elsewhere.example' }
  const answer = await fetch(`${server.url}/api/auth/sign-in`, { method: 'POST', headers, body: JSON.stringify({ email: OWNER.email, password: OWNER.password }) })
  expect(answer.status).toBe(403)
})

test('the dashboard runs under its policy, and scripts and styles written into it do not', async () => {
  const browser = await launch()
  try {
    const member = await newPerson(browser, account.signedIn)
    const page = await member.context.newPage()
    await page.goto(`${server.url}/p/${account.projectId}/overview`)
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    expect(member.faults).toEqual([])
    expect(await page.evaluate(() => document.cookie)).toBe('')
    const injected = await page.evaluate(() => {
      const [script, style] = [document.createElement('script'), document.createElement('style')]
      script.textContent = 'globalThis.isInjected = true'
      style.textContent = 'body { outline: 7px solid }'
      document.head.append(script, style)
      return { script: 'isInjected' in globalThis, outline: getComputedStyle(document.body).outlineWidth }
    })
    expect(injected.script).toBe(false)
    expect(injected.outline).not.toBe('7px')
    await expect.poll(() => member.faults.filter((fault) => fault.startsWith('CSP: ')).length).toBe(2)
  } finally {
    await browser.close()
  }
})

test('ingest sets no cookie', async () => {
  expect(await sendPageView(server, account.key, 'visitor-1')).toBe(200)
  const answer = await fetch(`${server.url}/ingest-events`, { method: 'POST', headers: { 'x-api-key': account.key }, body: '{"events":[]}' })
  expect(answer.headers.getSetCookie()).toEqual([])
})
