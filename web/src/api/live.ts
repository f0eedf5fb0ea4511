// The connection of the live feed: one WebSocket a project, reconnected with back-off, read as a store.
import { type Changes, EVERYTHING, NOTHING, withAnnounced } from './liveChanges'
import { applyMessage, backOffMs, initialLive, type LiveState, parseMessage } from './liveMessages'

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
 * Connects until closed; `onVisible` is called when announced events can be asked about, with what they change,
 * `onDenied` when the member may not watch any more.
 */
export function openLiveFeed(projectId: string, onVisible: (changes: Changes) => void, onDenied: () => void): LiveFeed {
  let state = initialLive
  let socket: WebSocket | undefined
  let attempt = 0
  let isClosed = false
  let announced: Changes = NOTHING
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
      const wasLost = isLost()
      attempt = 0
      expectMessage()
      set(applyMessage(state, message))
      if (message.type === 'events') announced = withAnnounced(announced, message)
      // Events that arrived while the connection was lost, or before it was made, were not announced here.
      if (message.type === 'visible') onVisible(announced === NOTHING ? EVERYTHING : announced)
      if (message.type === 'visible') announced = NOTHING
      if (message.type === 'hello' && wasLost) onVisible(EVERYTHING)
    }
    current.onclose = (event) => {
      if (socket !== current || isClosed) return
      if (NO_LONGER_ALLOWED.includes(event.code)) onDenied()
      clearTimeout(silenceTimer)
      set({ ...state, status: lostStatus() })
      retryTimer = setTimeout(connect, backOffMs(attempt++, Math.random()))
    }
  }

  const isLost = () => state.status === 'lost' || state.status === 'offline'

  function reconnect() {
    clearTimeout(retryTimer)
    const abandoned = socket
    connect()
    abandoned?.close()
  }

  /** Without a network the socket is dead, but says so only after minutes. A server on this machine is still reached. */
  function onOffline() {
    set({ ...state, status: 'offline' })
    reconnect()
  }

  function onOnline() {
    if (!isLost()) return
    set({ ...state, status: 'lost' })
    reconnect()
  }

  connect()
  window.addEventListener('offline', onOffline)
  window.addEventListener('online', onOnline)

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
      window.removeEventListener('offline', onOffline)
      window.removeEventListener('online', onOnline)
      socket?.close()
    },
  }
}

function lostStatus(): 'lost' | 'offline' {
  return navigator.onLine ? 'lost' : 'offline'
}

function liveUrl(projectId: string): string {
  const origin = window.location.origin.replace(/^http/, 'ws')
  return `${origin}/api/projects/${encodeURIComponent(projectId)}/live`
}
