// Entry of `footfall-recorder.js`: records a visit with rrweb, masked, in parts, within its budgets.
import { record } from '@rrweb/record'
import { maskUrl } from '../lib/mask'
import { uuid } from '../lib/uuid'
import { createBudget } from './budget'
import type { Host, Recorder, RecordingSubject } from './host'
import { createLog } from './log'
import { createMasks, maskEvent } from './masks'
import { createUpload } from './upload'

/** A part is sent when it is this large, or this old. */
const PART_BYTES = 200 * 1024
const PART_MS = 5000
/** A snapshot of the whole, so that a player need not begin at the beginning; and of what a trigger may want. */
const SNAPSHOT_MS = 5 * 60 * 1000
const ARMED_SNAPSHOT_MS = 30 * 1000
/** Of all that one page sends. */
const MAX_KIB = 10 * 1024
/** Of the main thread, in the last ten seconds. */
const CPU_PERCENT = 10
const PAUSE_MS = 30 * 1000
/** After as many a page is too busy to be recorded. */
const MAX_PAUSES = 3

const FULL_SNAPSHOT = 2
const META = 4
const INCREMENT = 3
const CUSTOM = 5
/** Of increments: something was typed or chosen. */
const INPUT = 5

interface Recorded {
  type: number
  timestamp: number
  data: unknown
}

const now = (): number => performance.now()

export const startRecorder = (host: Host, armed: boolean): Recorder => {
  const masks = createMasks(host.setting('mask', ''), host.setting('unmask', ''), host.setting('block', ''))
  const isTooBusy = createBudget(() => host.setting('recording_cpu_percent', CPU_PERCENT))
  const upload = createUpload(host, () => stop())
  let isArmed = armed
  let stopRecord: (() => void) | undefined
  /** Since the last snapshot and, while armed, since the one before. */
  let parts: string[][] = [[]]
  let size = 0
  let id = ''
  let seq = 0
  let who: RecordingSubject | undefined
  let room = host.setting('recording_max_kib', MAX_KIB) * 1024
  let pauses = 0
  let isStopped = false
  let partTimer = 0
  let pauseTimer = 0
  let startedAt = 0
  let snapshotAt = 0

  const address = (): string => maskUrl(location.origin + location.pathname)

  const flush = (): void => {
    clearTimeout(partTimer)
    partTimer = 0
    if (isArmed || !who) return
    const events = parts.flat()
    parts = [[]]
    size = 0
    if (!events.length) return
    const text = `[${events.join()}]`
    room -= text.length
    if (room < 0) {
      stop()
      return
    }
    upload.push({ recording_id: id, seq: seq++, who, page_url: address(), events: text })
  }

  const keep = (event: Recorded, isSnapshot: boolean): void => {
    if (event.type === META) snapshotAt = event.timestamp
    // While nobody has asked for it, the last two snapshots and what came after them are enough.
    if (isArmed && isSnapshot && event.type === META) {
      parts = [...parts.slice(-1), []]
      log.renew()
    }
    const text = JSON.stringify(event)
    ;(parts[parts.length - 1] as string[]).push(text)
    size += text.length
    if (isArmed) return
    if (size > PART_BYTES) flush()
    else if (!partTimer) partTimer = window.setTimeout(flush, PART_MS)
  }

  /** Without our own observer nobody knows when the recorder's work on a change of the page began. */
  const observer = new MutationObserver(() => {
    startedAt = now()
    // After the recorder's, which is told of the same changes in the same turn; not all of them become an event.
    void Promise.resolve().then(() => {
      startedAt = 0
    })
  })

  const spend = (from: number): void => {
    const ms = now() - from
    host.spend(ms)
    if (isTooBusy(ms)) pause()
  }

  const onEvent = (event: Recorded, isSnapshot = false): void => {
    try {
      const begun = startedAt && event.type === INCREMENT ? startedAt : now()
      startedAt = 0
      const next = host.who()
      if (!host.isAllowed() || !next) {
        stop()
        return
      }
      // Another visit, or another visitor: another recording.
      if (who && (who.session_id !== next.session_id || who.visitor_id !== next.visitor_id)) {
        begin()
        // Only what the page shows is in the snapshot with which that begins.
        if (event.type !== CUSTOM || !stopRecord) return
      }
      // Entries of the log were masked when they were made.
      if (event.type !== CUSTOM) {
        maskChoice(event)
        maskEvent(event.data)
      }
      keep(event, isSnapshot || event.type === FULL_SNAPSHOT)
      // The cost of starting is counted there, once.
      if (stopRecord && event.type !== CUSTOM) spend(begun)
    } catch {
      stop()
    }
  }

  /** rrweb reports the values of ticked boxes unmasked: they are masked here. */
  const maskChoice = ({ type, data }: Recorded): void => {
    const input = data as { source?: number; id: number; text?: unknown }
    if (type !== INCREMENT || input.source !== INPUT) return
    input.text = masks.text(`${input.text}`, record.mirror.getNode(input.id) as Element | null)
  }

  const add = (tag: string, entry: object): void => {
    // A page that prints but never changes would make none, and keep all it ever printed.
    if (isArmed && Date.now() - snapshotAt > ARMED_SNAPSHOT_MS) record.takeFullSnapshot(true)
    record.addCustomEvent(tag, entry)
  }

  const log = createLog(host, add, (begun) => {
    if (stopRecord) spend(begun)
  })

  const halt = (): void => {
    observer.disconnect()
    log.stop()
    if (stopRecord) stopRecord()
    stopRecord = undefined
  }

  const begin = (): void => {
    halt()
    flush()
    who = host.who()
    if (isStopped || !who || !host.isAllowed()) return
    ;[id, seq, size, parts] = [uuid(), 0, 0, [[]]]
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    const begun = now()
    stopRecord = record({
      emit: onEvent as never,
      checkoutEveryNms: isArmed ? ARMED_SNAPSHOT_MS : SNAPSHOT_MS,
      blockSelector: masks.blocked,
      ignoreSelector: '[data-footfall-ignore]',
      maskAllInputs: true,
      maskInputFn: (text, element) => masks.text(text, element),
      maskTextSelector: '*',
      maskTextFn: (text, element) => masks.text(text, element),
      inlineStylesheet: true,
      slimDOMOptions: 'all',
      recordCanvas: false,
      collectFonts: false,
      sampling: { mousemove: 100, scroll: 150, media: 800, input: 'last' },
      errorHandler: () => true,
    }) as (() => void) | undefined
    log.start()
    spend(begun)
  }

  /** The page needs its time: no more of this for a while. */
  const pause = (): void => {
    log.flush()
    halt()
    flush()
    if (++pauses > MAX_PAUSES) {
      stop()
      return
    }
    clearTimeout(pauseTimer)
    pauseTimer = window.setTimeout(begin, PAUSE_MS * pauses)
  }

  const stop = (): void => {
    if (isStopped) return
    isStopped = true
    halt()
    clearTimeout(partTimer)
    clearTimeout(pauseTimer)
    if (!host.isAllowed()) upload.stop()
  }

  begin()
  return {
    stop,
    trigger() {
      if (!isArmed) return
      isArmed = false
      flush()
    },
    hide() {
      log.flush()
      flush()
      // After the events of this page, which matter more.
      void Promise.resolve().then(upload.leave)
    },
  }
}
