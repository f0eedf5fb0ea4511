// An account, a project and a key made by the API, for tests that are not about making them.
import type { BrowserContextOptions } from 'playwright-core'
import { printedBy, type Footfall } from './server'

export const OWNER = { email: 'asha@coralferries.example', name: 'Asha Mwinyi', password: 'teal anchor driftwood', project_name: 'Coral Coast Ferries' }

export type Account = {
  projectId: string
  /** What `newPerson` needs to be signed in. */
  signedIn: BrowserContextOptions
  /** Asks the dashboard's API. */
  ask: <T>(method: string, path: string, body?: unknown) => Promise<T>
  key: string
}

export async function makeAccount(server: Footfall): Promise<Account> {
  const token = printedBy(server, /\/setup\?token=(\S+)/)
  const answer = await fetch(`${server.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...OWNER, token }),
  })
  if (answer.status !== 201) throw new Error(`set-up: ${answer.status} ${await answer.text()}`)
  const { projects } = (await answer.json()) as { projects: { id: string }[] }
  const projectId = projects[0]?.id ?? ''
  const [name = '', value = ''] = (answer.headers.getSetCookie()[0] ?? '').split(';')[0]?.split('=') ?? []

  const ask: Account['ask'] = async (method, path, body) => {
    const reply = await fetch(server.url + path, {
      method,
      headers: { cookie: `${name}=${value}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as never
  }
  const { key } = await ask<{ key: string }>('POST', `/api/projects/${projectId}/api-keys`, { key_name: 'Web shop' })
  const cookie = { name, value, domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' as const }
  return { projectId, ask, key, signedIn: { storageState: { cookies: [cookie], origins: [] } } }
}

const VISITORS_BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

/** Sends a page view as a visitor's browser would; returns the answer's status. */
export async function sendPageView(server: Footfall, key: string, visitor: string, origin = 'https://coralferries.example'): Promise<number> {
  const event = { type: 'heatmap', interaction_type: 'pageview', page_url: `${origin}/fares`, visitor_id: visitor, session_id: `${visitor}-1`, timestamp: Date.now() }
  const answer = await fetch(`${server.url}/ingest-events`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain;charset=UTF-8', 'user-agent': VISITORS_BROWSER, origin },
    body: JSON.stringify({ api_key: key, events: [event] }),
  })
  await answer.arrayBuffer()
  return answer.status
}
