// A server in place of `fetch`: answers, and remembers what it was sent.
import { afterEach, beforeEach, vi } from 'vitest'
import { dispatchTrusted } from './trusted'

export interface Sent {
  path: string
  keepalive: boolean
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every contract, whose shapes the tests state
  body: any
}

export interface Server {
  sent: Sent[]
  /** The bodies that came to a path. */
  to(path: string): Sent['body'][]
  /** The next answers; 200 when there are none left. */
  replies: number[]
  reset(): void
}

/** Fake timers, an empty browser and a server around each test. */
export const useServer = (): Server => {
  const sent: Sent[] = []
  const server: Server = {
    sent,
    replies: [],
    to: (path) => sent.flatMap((request) => (request.path === path ? [request.body] : [])),
    reset: () => {
      sent.length = 0
    },
  }

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 })
    server.reset()
    server.replies = []
    localStorage.clear()
    sessionStorage.clear()
    document.body.innerHTML = ''
    document.title = 'Shop'
    history.replaceState(null, '', '/start')
    vi.stubGlobal(
      'fetch',
      vi.fn(async (url: string, { body, keepalive }: RequestInit) => {
        sent.push({ path: new URL(url).pathname, keepalive: !!keepalive, body: JSON.parse(body as string) })
        const status = server.replies.shift() ?? 200
        if (!status) throw new TypeError('offline')
        return new Response('{"success":true}', { status })
      }),
    )
  })

  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })
  return server
}

export const pass = (ms = 10): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

/** The page goes away. */
export const hidePage = async (): Promise<void> => {
  dispatchTrusted(window, new Event('pagehide'))
  await pass()
}

export const OPTIONS = { apiKey: 'fk_test', endpoint: 'https://footfall.example/' }
export const ASHA = { id: 7, email: 'asha@example.com', name: 'Asha ya Juma' }
export const JUMA = { id: 'u-8' }
