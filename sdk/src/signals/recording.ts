// Decides which visits are recorded and which pages pictured, and loads what does it only then. Off by default.
import type { Context } from '../context'
import type { WireEvent } from '../event'
import { all } from '../lib/all'
import type { Stop } from '../lib/listen'
import { maskField } from '../lib/mask-field'
import { pageUrl } from '../lib/page-url'
import { safely } from '../lib/safe'
import { createTimer } from '../lib/timer'
import type { Host, Recorder, RecorderScript, ScreenshotScript } from '../recorder/host'
import { isIn } from '../session'

declare const SDK_RECORDER: string
declare const SDK_SCREENSHOT: string

/** Of one page. */
const MAX_SCREENSHOTS = 3
const SCREENSHOT_EVERY_MS = 10_000
/** Between two looks for the project's settings. */
const KNOWN_EVERY_MS = 200

/** `/checkout /book/*`: the page is one of these. */
const isNamed = (patterns: string): boolean =>
  patterns.split(/[\s,]+/).some((pattern) => {
    const path = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')
    return !!pattern && new RegExp(`^${path}$`).test(location.pathname)
  })

export const startRecording = ({ bus, busy, config, last, mode, settings }: Context): Stop => {
  const { apiKey, endpoint, own } = config
  const host: Host = {
    apiKey,
    endpoint,
    who() {
      const event = last()
      return event && { session_id: event.session_id, visitor_id: event.visitor_id }
    },
    isAllowed() {
      const isGranted = mode() === 'granted'
      if (!isGranted) forget()
      return isGranted
    },
    setting: (name, otherwise) => settings.get(name, otherwise),
    spend(ms) {
      busy.ms += ms
    },
  }
  const timer = createTimer()
  let recorder: Recorder | undefined
  let isLoading = false
  let isTriggered = false
  let isStopped = false
  let pictures = 0
  let picturedAt = 0

  /** Whoever changes their mind once more is recorded anew. */
  const forget = (): void => {
    const ended = recorder
    recorder = undefined
    isLoading = isTriggered = false
    if (ended) ended.stop()
  }

  /** The project has used its day up: nothing of it would be taken. */
  const isPaused = (): boolean => settings.get('recording_paused', false)

  /** `data-enable-recording` alone records every visit, where the project leaves it to its pages. */
  const share = (): number =>
    own['enable_recording'] === true && !('recording_share' in own) && settings.get('record_by_page', true)
      ? 1
      : settings.get('recording_share', 0)

  const isSampled = (): boolean => {
    const { session_id = '' } = last() || {}
    return isIn(session_id, share()) || isNamed(settings.get('record_urls', ''))
  }

  const isArmed = (): boolean => settings.get('record_on_friction', false) || settings.get('record_on_error', false)

  /** Whether the project's settings have arrived, now or on an earlier visit: before that, nobody knows whether it wants recordings. */
  const isKnown = (): boolean => settings.get('version', -1) >= 0

  const start = safely((): void => {
    if (!isKnown()) {
      timer(start, KNOWN_EVERY_MS)
      return
    }
    const isWanted = isTriggered || isSampled()
    if (recorder && isWanted) recorder.trigger()
    if (isLoading || own['enable_recording'] === false || isPaused() || !last() || !host.isAllowed()) return
    if (!isWanted && !isArmed()) return
    isLoading = true
    // Bundlers leave it alone: it is the server's.
    import(/* webpackIgnore: true */ /* @vite-ignore */ `${endpoint}/${SDK_RECORDER}`).then(
      safely(({ startRecorder }: RecorderScript) => {
        if (isStopped || recorder || !host.isAllowed()) return
        recorder = startRecorder(host, !isTriggered && !isSampled())
      }),
      () => {},
    )
  })

  const picture = async ({ id, session_id, visitor_id, page_url }: WireEvent): Promise<void> => {
    const now = Date.now()
    if (!settings.get('screenshots', false) || isPaused() || !host.isAllowed() || isStopped) return
    if (pictures >= MAX_SCREENSHOTS || now - picturedAt < SCREENSHOT_EVERY_MS) return
    pictures++
    picturedAt = now
    const { takeScreenshot } = (await import(
      /* webpackIgnore: true */ /* @vite-ignore */ `${endpoint}/${SDK_SCREENSHOT}`
    )) as ScreenshotScript
    const file = await takeScreenshot(host)
    if (!file || !host.isAllowed()) return
    const form = new FormData()
    const address = maskField('page_url', page_url, settings.get('query_parameters', ''))
    const fields = { api_key: apiKey, friction_event_id: id, session_id, visitor_id, page_url: address }
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', file, 'screenshot.png')
    const { ok } = await fetch(`${endpoint}/upload-screenshot`, { method: 'POST', body: form, credentials: 'omit' })
    // The server wants no more of this page's.
    if (!ok) pictures = MAX_SCREENSHOTS
  }

  // The settings may load after this, and the page changes.
  let page = pageUrl()
  start()
  return all(
    bus.on('event', (event) => {
      const { event_type, type } = event as { event_type?: string; type: string }
      if (type === 'friction') {
        const isError = /^(java|unhandled)/.test(event_type as string)
        if (settings.get(isError ? 'record_on_error' : 'record_on_friction', false)) isTriggered = true
        picture(event).catch(() => {})
      }
      if (type === 'friction' || !recorder || page !== pageUrl()) start()
      page = pageUrl()
    }),
    bus.on('hide', () => recorder && recorder.hide()),
    () => {
      isStopped = true
      timer()
      if (recorder) recorder.stop()
    },
  )
}
