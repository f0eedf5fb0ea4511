// A collector on loopback, on another origin than the pages, that remembers all it was sent.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { vi } from 'vitest'

const SCRIPTS = ['/friction-tracker.js', '/footfall-more.js', '/footfall-recorder.js', '/footfall-screenshot.js'].map(
  (path): [string, string] => [path, readFileSync(new URL(`../../built${path}`, import.meta.url), 'utf8')],
)

export interface Received {
  id: string
  type: string
  event_type?: string
  interaction_type?: string
  element_selector?: string
  error_message?: string
  page_url: string
  session_id: string
  seq: number
  metadata?: Record<string, unknown>
  [field: string]: unknown
}

export interface Delivery {
  status: number
  contentType: string | undefined
  cookie: string | undefined
  body: { api_key: string; sdk: { stats: Record<string, number> }; events: Received[] }
}

/** A request of any contract. */
export interface Posted {
  path: string
  status: number
  contentType: string | undefined
  cookie: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: the shapes of all contracts, which the tests state
  body: any
}

export interface Collector {
  /** Of the test's own site: another one after each reset, and what earlier ones still send is not taken in. */
  pageOrigin: string
  origin: string
  methods: string[]
  /** Paths of ours that were fetched. */
  scripts: string[]
  deliveries: Delivery[]
  posted: Posted[]
  /** Answers of the next requests; 200 when there are none left. */
  replies: number[]
  /** What visits with these keys are told. */
  statuses: Map<string, number>
  pages: Record<string, string>
  settings: object
  /** What was acknowledged, of each id what came first, as the server keeps it; of one project, or all. */
  events(key?: string): Received[]
  friction(): string[]
  waitFor(what: (events: Received[]) => boolean): Promise<void>
  reset(): void
  stop(): Promise<void>
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** Below this path of the site lies the collector, too. */
const PROXIED = '/ff'

const listenOn = async (handler: Handler): Promise<[Server, string]> => {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`]
}

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Packed or not, as the server reads it; a form is its bytes, one for each character. */
const parse = (bytes: Buffer, contentType = ''): Delivery['body'] => {
  if (contentType.startsWith('multipart/')) return { form: bytes.toString('latin1') } as never
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  return JSON.parse((isPacked ? gunzipSync(bytes) : bytes).toString('utf8'))
}

export const startCollector = async (): Promise<Collector> => {
  const collector = {
    methods: [],
    scripts: [],
    deliveries: [],
    posted: [],
    replies: [],
    statuses: new Map(),
    pages: {},
    settings: { version: 0 },
  } as unknown as Collector

  const sinkOf: Handler = async (request, response) => {
    collector.methods.push(`${request.method}`)
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-expose-headers', 'retry-after')
    const [path] = `${request.url}`.split('?')
    const [, script] = SCRIPTS.find(([name]) => name === path) ?? []
    if (script) {
      collector.scripts.push(`${path}`)
      response.setHeader('content-type', 'text/javascript')
      response.end(script)
      return
    }
    if (path === '/sdk-settings') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(collector.settings))
      return
    }
    const bytes = await read(request)
    let status = 200
    if (request.method === 'POST') {
      const { 'content-type': contentType, cookie, origin: from } = request.headers
      if (from !== collector.pageOrigin) return void request.destroy()
      const body = parse(bytes, contentType)
      status = collector.replies.shift() ?? collector.statuses.get(body.api_key) ?? 200
      const delivery = { status, contentType, cookie, body }
      collector.posted.push({ path: `${request.url}`, ...delivery })
      if (request.url === '/ingest-events') collector.deliveries.push(delivery)
      // Down: there is nobody to answer.
      if (!status) return void request.socket.destroy()
      if (status === 429) response.setHeader('retry-after', '60')
    }
    response.statusCode = status
    response.end(JSON.stringify({ success: status === 200 }))
  }
  const [sink, origin] = await listenOn(sinkOf)

  const [site, siteOrigin] = await listenOn((request, response) => {
    if (request.url?.startsWith(`${PROXIED}/`)) {
      request.url = request.url.slice(PROXIED.length)
      return void sinkOf(request, response)
    }
    // Nothing that would replace the page: to its visitor the same as a server that thinks for ever.
    if (request.url?.split('?')[0]?.endsWith('/slow')) {
      response.statusCode = 204
      response.end()
      return
    }
    const body = collector.pages[`${request.url}`]
    response.statusCode = body === undefined ? 404 : 200
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(body ?? '')
  })

  const events = (key?: string): Received[] => {
    const accepted = collector.deliveries
      .filter(({ status, body }) => status === 200 && (!key || body.api_key === key))
      .flatMap(({ body }) => body.events)
    const first = new Map(accepted.reverse().map((event) => [event.id, event]))
    return Array.from(first.values()).reverse()
  }

  let sites = 0
  const nextSite = (): string => siteOrigin.replace('127.0.0.1', `site-${++sites}.localhost`)

  return Object.assign(collector, {
    origin,
    pageOrigin: nextSite(),
    events,
    friction: () => events().flatMap(({ type, event_type }) => (type === 'friction' ? [`${event_type}`] : [])),
    waitFor: async (what: (events: Received[]) => boolean) => {
      await vi.waitUntil(() => what(events()), { timeout: 20_000, interval: 20 })
    },
    reset: () => {
      collector.pageOrigin = nextSite()
      collector.settings = { version: 0 }
      collector.scripts.length =
        collector.methods.length =
        collector.deliveries.length =
        collector.posted.length =
        collector.replies.length =
          0
    },
    stop: async () => {
      for (const server of [sink, site]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  })
}

interface PageOptions {
  /** Runs ahead of the tracker. */
  before?: string
  /** How long events wait. */
  intervalMs?: number
  /** Of our tag, beside the key. */
  attributes?: string
  key?: string
}

/** A page with the tracker on it, whose visitor has agreed. */
export const pageWith = (origin: string, body: string, options: PageOptions = {}): string => {
  const { before = '', intervalMs = 100, attributes = 'data-consent="granted"', key = 'fk_e2e' } = options
  return `<!doctype html>
<html><head><title>Shop</title><script>${before}</script>
<script src="${origin}/friction-tracker.js" data-api-key="${key}" data-batch-interval="${intervalMs}" ${attributes}></script>
</head><body style="margin:0">${body}</body></html>`
}
