// The connection of the live feed: one WebSocket a project, reconnected with back-off, read as a store.
import { applyMessage, backOffMs, initialLive, parseMessage, type LiveState } from './liveMessages'

export type LiveFeed = {
  state: () => LiveState
  subscribe: (listener: () => void) => () => void
  close: () => void
}

/** No message for this long means that the connection is dead: the server speaks every 5 s. */
const SILENCE_MS = 20_000

/** The server's close codes for a session that has ended, and for somebody who left the project. */
const NO_LONGER_ALLOWED = [4401, 4403]

/**
 * Connects until closed; `onVisible` is called when announced events can be asked about, `onDenied` when the member
 * may not watch any more.
 */
export function openLiveFeed(projectId: string, onVisible: () => void, onDenied: () => void): LiveFeed {
  let state = initialLive
  let socket: WebSocket | undefined
  let attempt = 0
  let isClosed = false
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let silenceTimer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()

  function set(next: LiveState) {
    if (next === state) return
    state = next
    for (const listener of listeners) listener()
  }

  function expectMessage() {
    clearTimeout(silenceTimer)
    silenceTimer = setTimeout(() => socket?.close(), SILENCE_MS)
  }

  function connect() {
    const current = new WebSocket(liveUrl(projectId))
    socket = current
    expectMessage()
    current.onmessage = (event) => {
      if (socket !== current) return
      const message = parseMessage(String(event.data))
      if (!message) return
      const wasLost = state.status === 'lost'
      attempt = 0
      expectMessage()
      set(applyMessage(state, message))
      // Events that arrived while the connection was lost were not announced here.
      if (message.type === 'visible' || (message.type === 'hello' && wasLost)) onVisible()
    }
    current.onclose = (event) => {
      if (socket !== current || isClosed) return
      if (NO_LONGER_ALLOWED.includes(event.code)) onDenied()
      clearTimeout(silenceTimer)
      set({ ...state, status: 'lost' })
      retryTimer = setTimeout(connect, backOffMs(attempt++, Math.random()))
    }
  }

  function retryNow() {
    if (state.status !== 'lost') return
    clearTimeout(retryTimer)
    const abandoned = socket
    connect()
    abandoned?.close()
  }

  connect()
  window.addEventListener('online', retryNow)

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      isClosed = true
      clearTimeout(retryTimer)
      clearTimeout(silenceTimer)
      window.removeEventListener('online', retryNow)
      socket?.close()
    },
  }
}

function liveUrl(projectId: string): string {
  const origin = window.location.origin.replace(/^http/, 'ws')
  return `${origin}/api/projects/${encodeURIComponent(projectId)}/live`
}
