// The page that replays a recording: it sanitises what the dashboard hands it, plays it with rrweb, and reports back.
import { Replayer } from '@rrweb/replay'
import '@rrweb/replay/dist/style.css'
import './replay.css'
import { type ReplayCommand, type ReplayReport, readCommand } from '../lib/replayMessages'
import { inactivityOf, isInput, skipTarget } from './inactivity'
import { FULL_SNAPSHOT, META, type SafeEvent, Sanitizer } from './sanitize'
import { boxesOf } from './selectors'
import { unfold } from './still'

/** The replayed page is put here. */
const root = document.getElementById('replay') as HTMLElement
const sanitizer = new Sanitizer()
/** Until the first page is there. */
let early: SafeEvent[] = []
let replayer: Replayer | undefined
let startedAt: number | null = null
let endedAt = 0
let count = 0
/** Times of the visitor's inputs, since the first event. */
const inputs: number[] = []
let speed = 1
let isSkipping = true
let wantsPlay = false
let isWaiting = false
let isFinished = false
let expectsMore = true
/** Where it stands while it does not play. */
let stand = 0
let skippedMs = 0
let seeks = 0
let size = { width: 1_024, height: 768 }
/** The size of the page while it is shown whole. */
let still: { width: number; height: number } | undefined

const report = (message: ReplayReport): void => window.parent.postMessage(message, window.location.origin)
const length = (): number => (startedAt === null ? 0 : endedAt - startedAt)
const isPlaying = (): boolean => wantsPlay && !isWaiting && replayer !== undefined

function position(): number {
  if (!replayer || !isPlaying()) return stand
  return Math.min(Math.max(0, replayer.getCurrentTime()), length())
}

function reportState(): void {
  report({ type: 'state', ms: position(), seeks, isPlaying: wantsPlay, isWaiting, isFinished, skippedMs })
}

function fit(): void {
  const wrapper = root.querySelector<HTMLElement>('.replayer-wrapper')
  if (!wrapper) return
  const { width, height } = still ?? size
  const scale = Math.min(window.innerWidth / width, window.innerHeight / height, 1.5)
  const [left, top] = [(window.innerWidth - width * scale) / 2, (window.innerHeight - height * scale) / 2]
  wrapper.style.transform = `translate(${left}px, ${top}px) scale(${scale})`
}

function resize(dimension: unknown): void {
  const { width, height } = dimension as { width: number; height: number }
  size = { width, height }
  fit()
  report({ type: 'size', width, height })
}

function playFrom(ms: number): void {
  endStill()
  isWaiting = false
  isFinished = false
  stand = ms
  if (wantsPlay) replayer?.play(ms)
  else replayer?.pause(ms)
}

/** The page plays in a frame of its own size again. */
function endStill(): void {
  if (!still) return
  still = undefined
  root.removeAttribute('data-still')
  replayer?.iframe.setAttribute('height', String(size.height))
  fit()
}

function showStill(ms: number): void {
  if (!replayer) return
  wantsPlay = false
  playFrom(Math.min(Math.max(0, ms), length()))
  root.setAttribute('data-still', '')
  unfoldPage()
  // Fonts of the recording come a moment later, and lines may break elsewhere then.
  const fonts = replayer.iframe.contentDocument?.fonts
  if (fonts?.status === 'loading') void fonts.ready.then(() => still && unfoldPage())
}

function unfoldPage(): void {
  if (!replayer) return
  const unfolded = unfold(replayer.iframe, size)
  still = unfolded
  fit()
  report({ type: 'still', ...unfolded })
}

/** Nothing is left of what has come: it waits for more, or is over. */
function onFinish(): void {
  stand = length()
  if (expectsMore) isWaiting = true
  else {
    wantsPlay = false
    isFinished = true
  }
  reportState()
}

function start(): void {
  const events = early
  early = []
  replayer = new Replayer(events as never, {
    root,
    speed,
    skipInactive: false,
    showWarning: false,
    // It would take the focus from the dashboard.
    triggerFocus: false,
    mouseTail: { strokeStyle: '#4355d4', duration: 400, lineWidth: 2 },
    UNSAFE_replayCanvas: false,
    insertStyleRules: [
      'dialog[open][rr_open_mode] { position: fixed; inset: 0; margin: auto; z-index: 2147483647; box-shadow: 0 0 0 100vmax rgb(0 0 0 / 10%) }',
      'html, body { cursor: default !important }',
      '.rr-block, [rr_width] { background: rgb(127 127 140 / 30%) !important }',
    ],
  })
  replayer.on('resize', resize)
  replayer.on('finish', onFinish)
  replayer.pause(stand)
}

function take(json: string): void {
  const events = sanitizer.take(JSON.parse(json))
  for (const event of events) {
    startedAt ??= event.timestamp
    endedAt = event.timestamp
    if (isInput(event)) inputs.push(event.timestamp - startedAt)
  }
  count += events.length
  if (replayer) for (const event of events) replayer.addEvent(event as never)
  else {
    early.push(...events)
    if (early.length > 1 && early.some(({ type }) => type === FULL_SNAPSHOT) && early.some(({ type }) => type === META))
      start()
  }
  report({
    type: 'loaded',
    startedAt,
    ms: length(),
    events: count,
    isShown: replayer !== undefined,
    inactivity: inactivityOf(inputs, length()),
    bounds: sanitizer.bounds,
  })
  // Events are added one after the other before this.
  if (isWaiting && events.length > 0)
    void Promise.resolve()
      .then(() => isWaiting && playFrom(stand))
      .then(reportState)
}

function obey(command: ReplayCommand): void {
  switch (command.type) {
    case 'events':
      return take(command.json)
    case 'expect':
      expectsMore = command.more
      if (isWaiting && !expectsMore) {
        isWaiting = false
        onFinish()
      }
      return
    case 'play': {
      const from = isFinished ? 0 : position()
      wantsPlay = true
      return playFrom(from)
    }
    case 'pause': {
      const at = position()
      wantsPlay = false
      return playFrom(at)
    }
    case 'seek':
      seeks = command.nth
      return playFrom(Math.min(Math.max(0, Number(command.ms) || 0), length()))
    case 'speed':
      speed = Math.min(8, Math.max(0.5, Number(command.speed) || 1))
      replayer?.setConfig({ speed })
      return
    case 'still':
      return showStill(Number(command.ms) || 0)
    case 'boxes': {
      const page = replayer?.iframe.contentDocument
      if (still && page)
        report({
          type: 'boxes',
          boxes: boxesOf(page, command.selectors, still),
          width: still.width,
          height: still.height,
        })
      return
    }
    case 'skip':
      isSkipping = command.isOn === true
  }
}

/** How often it says where it stands. */
const REPORT_MS = 100
let reportedAt = 0

/** As often as the screen is drawn: skips what is skipped. */
function tick(now: number): void {
  if (isPlaying()) {
    const at = position()
    const target = isSkipping ? skipTarget(inputs, at, speed) : undefined
    if (target !== undefined) {
      skippedMs += target - at
      playFrom(target)
    }
    if (now - reportedAt >= REPORT_MS) {
      reportedAt = now
      reportState()
    }
  }
  requestAnimationFrame(tick)
}

window.addEventListener('message', (event) => {
  const command = readCommand(event, window.parent)
  if (!command) return
  try {
    obey(command)
    if (command.type !== 'events') reportState()
  } catch (error) {
    report({ type: 'failed', detail: error instanceof Error ? error.message : String(error) })
  }
})
window.addEventListener('resize', fit)
requestAnimationFrame(tick)
report({ type: 'ready' })
