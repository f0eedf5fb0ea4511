// An embedded call widget: its loads, and the calls made in it, which are billed.
//
// A call ends once: by its page's word, by an error, or when the page goes away. Heartbeats tell the server
// until when it lasted at least, should none of that arrive.
import type { Consent } from '../core/consent'
import { trimEndpoint } from '../core/core'
import { inPage, isPage } from '../core/in-page'
import type { Stop } from '../lib/listen'
import { mask } from '../lib/mask'
import { pageUrl } from '../lib/page-url'
import { safely } from '../lib/safe'
import { uuid } from '../lib/uuid'
import type { WidgetEventType } from './destination'
import { type Line, lineOf } from './line'

export const HEARTBEAT_MS = 30_000
const MESSAGE_LENGTH = 256

type Metadata = Record<string, unknown>

export interface Widget {
  /** Begins a session of its own and reports the load. The other calls load first where that was left out. */
  load(metadata?: Metadata): void
  /** For widgets that open: floating ones, and pages. */
  open(metadata?: Metadata): void
  /** Does nothing while a call is running. */
  callStart(metadata?: Metadata): void
  /** Does nothing without a running call. */
  callEnd(metadata?: Metadata): void
  /** The call failed, or never came about. */
  callError(error: unknown, metadata?: Metadata): void
  /** Ends a running call, and watches no more. */
  stop: Stop
  /** Of the latest load. */
  sessionId(): string | undefined
}

export interface WidgetOptions {
  /** Where the server is: `https://footfall.example`. */
  endpoint: string
  /**
   * `granted` by default. Otherwise what the server has not acknowledged is lost with the page; it is told
   * either way, since calls are billed and name no visitor.
   */
  consent?: Consent
}

const messageOf = (error: unknown): string =>
  // Masked before it is cut: what is cut first cannot be recognised.
  mask(`${(error && (error as { message?: unknown }).message) || error}`.slice(0, 2 * MESSAGE_LENGTH)).slice(
    0,
    MESSAGE_LENGTH,
  )

/** `id`: the widget's, as the dashboard shows it. Needs no key. */
export const widget = (id: string, { endpoint, consent = 'granted' }: WidgetOptions): Widget => {
  const line: Line | undefined = isPage() ? lineOf(id, trimEndpoint(endpoint), consent) : undefined
  let sessionId: string | undefined
  let seq = 0
  let isCalling = false
  let heartbeat: ReturnType<typeof setInterval> | undefined

  const send = (event_type: WidgetEventType, metadata?: Metadata): void => {
    const event = {
      id: uuid(),
      timestamp: Date.now(),
      widget_id: id,
      event_type,
      session_id: `${sessionId}`,
      seq: ++seq,
    }
    if (line) line.outbox.push({ ...event, page_url: pageUrl(), ...(metadata && { metadata }) })
  }

  const load = (metadata?: Metadata): void => {
    end({ reason: 'loaded_again' })
    sessionId = uuid()
    seq = 0
    send('widget_load', metadata)
  }

  /** For what comes before the page's own word of its load. */
  const needLoad = (): void => {
    if (!sessionId) load()
  }

  /** True when a call was running. */
  const hangUp = (): boolean => {
    const wasCalling = isCalling
    isCalling = false
    clearInterval(heartbeat)
    return wasCalling
  }

  const end = (metadata?: Metadata): void => {
    if (hangUp()) send('call_end', metadata)
  }

  const stopListening = line && line.bus.on('hide', () => end({ reason: 'page_unload' }))

  return {
    sessionId: () => sessionId,
    load: inPage(load),
    open: inPage((metadata) => {
      needLoad()
      send('widget_open', metadata)
    }),
    callStart: inPage((metadata) => {
      if (isCalling) return
      needLoad()
      isCalling = true
      send('call_start', metadata)
      heartbeat = setInterval(
        safely(() => send('call_heartbeat')),
        HEARTBEAT_MS,
      )
    }),
    callEnd: inPage(end),
    callError: inPage((error, metadata) => {
      needLoad()
      hangUp()
      send('call_error', { ...metadata, message: messageOf(error) })
    }),
    stop: inPage(() => {
      end({ reason: 'stopped' })
      if (stopListening) stopListening()
    }),
  }
}
