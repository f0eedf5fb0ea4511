// A mock of the server for tests: the built dashboard with the real security headers, the API, and the live feed.
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { WebSocketServer } from 'ws'
import type { LiveMessage } from '../../src/api/liveMessages'
import { answerAdmin } from './adminAnswers'
import { readBoards } from './boards'
import { changeSomething } from './changes'
import { answerFunnel } from './funnel'
import { answerOperations } from './operations'
import { answerQuestion } from './questions'
import { SCREENSHOT } from './sessions'
import { refusalOf } from './shareLinks'
import { answerSql, readSql } from './sql'
import { freshState, type MockState, meOf } from './state'
import { answerRetention } from './visitorRetention'
import { wholeList } from './wholeList'

export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
/** Of the page that replays recordings. */
export const REPLAY_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; font-src data:; media-src data:; connect-src 'none'; frame-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"

const DIST = process.env.MOCK_DIST ?? new URL('../../dist/', import.meta.url).pathname
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export type MockServer = {
  url: string
  state: MockState
  reset: () => void
  say: (message: LiveMessage) => void
  /** Ends all live connections and refuses new ones until `allowed` again. */
  allowLive: (isAllowed: boolean) => void
  liveConnections: () => number
  close: () => Promise<void>
}

export async function startMock(): Promise<MockServer> {
  const state = freshState(Date.now())
  let isLiveAllowed = true
  const sockets = new WebSocketServer({ noServer: true })
  const server = createServer((request, response) => void handle(state, request, response))

  server.on('upgrade', (request, socket, head) => {
    if (!isLiveAllowed || !state.isSignedIn) return socket.destroy()
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.send(JSON.stringify({ type: 'hello', now: new Date().toISOString() } satisfies LiveMessage))
      client.send(JSON.stringify({ type: 'active', active_visitors: state.isEmpty ? 0 : 214 } satisfies LiveMessage))
    })
  })
  await new Promise<void>((resolve) => server.listen(Number(process.env.MOCK_PORT ?? 0), '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    reset: () => void Object.assign(state, freshState(Date.now())),
    say: (message) => sockets.clients.forEach((client) => client.send(JSON.stringify(message))),
    allowLive: (isAllowed) => {
      isLiveAllowed = isAllowed
      if (!isAllowed) sockets.clients.forEach((client) => client.terminate())
    },
    liveConnections: () => sockets.clients.size,
    close: () => {
      sockets.clients.forEach((client) => client.terminate())
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function handle(state: MockState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://mock')
  if (!url.pathname.startsWith('/api/')) return sendFile(url.pathname, response)
  const body = await readBody(request)
  const access = /^Bearer (fl_.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const { status, json, text, headers } =
    (access && url.pathname !== '/api/shared' && refusalOf(state, access, url.pathname, url.searchParams)) ||
    answerApi(access ? { ...state, isSignedIn: true } : state, request.method ?? 'GET', url, body)
  if (status === 0) return
  response.writeHead(status, {
    'content-type': status >= 400 ? 'application/problem+json' : 'application/json',
    ...headers,
  })
  response.end(text ?? (json === undefined ? '' : JSON.stringify(json)))
}

type Answer = { status: number; json?: unknown; text?: string; headers?: Record<string, string> }

function answerApi(state: MockState, method: string, url: URL, body: string): Answer {
  const path = url.pathname
  if (path === '/api/setup' && method === 'GET') return { status: 200, json: { is_set_up: state.isSetUp } }
  const isFunnel = method === 'POST' && path.endsWith('/funnel')
  const isSql = method === 'POST' && path.endsWith('/sql')
  if (method !== 'GET' && !isFunnel && !isSql) return changeSomething(state, method, path, body)
  if (path.startsWith('/api/invitations/')) return invitationOffer(path)
  if (!state.isSignedIn) return problem(401, 'Not signed in', 'Sign in to continue.')
  if (path === '/api/auth/me') return { status: 200, json: meOf(state) }
  // The rail's badge is answered: a browser has six connections, and fonts need one of them.
  if (state.isSilent && !path.endsWith('/mentions')) return { status: 0 }
  if (state.failing.some((end) => path.endsWith(end)))
    return problem(500, 'Internal error', 'The server made a mistake; its log says more.')
  if (state.garbled.some((end) => path.endsWith(end))) return { status: 200, json: {} }
  if (isFunnel) return answerFunnel(state, body, Date.now())
  if (isSql) return answerSql(state, body, Date.now())
  if (path === '/api/operations') return answerOperations(state, Date.now())
  const [, projectId = '', name = ''] = /^\/api\/projects\/([^/]+)\/(.+)$/.exec(path) ?? []
  if (name === 'api-keys') return { status: 200, json: { api_keys: state.isEmpty ? [] : state.keys } }
  if (name.startsWith('screenshots/') || name === 'logo')
    return { status: 200, text: SCREENSHOT, headers: { 'content-type': 'image/svg+xml' } }
  const page = (query: URLSearchParams) => answerRead(state, projectId, name, query)
  const isList = !name.startsWith('saved-questions/')
  return isList && ['csv', 'count'].includes(url.searchParams.get('format') ?? '')
    ? wholeList(name, url.searchParams, page)
    : page(url.searchParams)
}

function answerRead(state: MockState, projectId: string, name: string, query: URLSearchParams): Answer {
  const kept = readSql(state, name, query) ?? readBoards(state, name)
  if (kept) return kept
  const admin = answerAdmin(state, projectId, name, query, Date.now())
  if (admin) return admin
  if (name === 'visitor-retention') return answerRetention(state, query, Date.now())
  const json = answerQuestion(name, state, query, Date.now())
  return json === undefined ? problem(404, 'Not found', 'There is no such thing.') : { status: 200, json }
}

function invitationOffer(path: string): Answer {
  if (path.endsWith('/used')) return problem(404, 'Not Found', 'invitation not found')
  const expires_at = new Date(Date.now() + 6 * 86_400_000).toISOString()
  return {
    status: 200,
    json: {
      project_name: 'Coral Coast Ferries',
      email: 'new@coralferries.example',
      role: 'analyst',
      invited_by: 'asha@coralferries.example',
      expires_at,
    },
  }
}

export function problem(status: number, title: string, detail: string, field?: string): Answer {
  return {
    status,
    json: { type: 'about:blank', title, status, detail, request_id: '01JD3W8Q4V7K', ...(field ? { field } : {}) },
  }
}

async function sendFile(path: string, response: ServerResponse): Promise<void> {
  const isReplay = path === '/replay'
  const name = extname(path) ? normalize(path) : isReplay ? '/replay.html' : '/index.html'
  const content = await readFile(join(DIST, name)).catch(() => null)
  response.writeHead(content ? 200 : 404, {
    'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': isReplay ? REPLAY_CSP : CSP,
    'x-content-type-options': 'nosniff',
  })
  response.end(content ?? '')
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
