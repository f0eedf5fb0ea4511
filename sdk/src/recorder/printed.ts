// Records what the page prints into the console, and the errors that browsers print there because nobody caught them.
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'
import { mask } from '../lib/mask'
import { safely } from '../lib/safe'
import { createTimer } from '../lib/timer'
import type { ConsoleEntry, Level, Room } from './entries'
import { lineOf } from './printed-text'
import { replace } from './replace'

const LEVELS: Level[] = ['error', 'warn', 'info', 'log', 'debug']
const MAX_TEXT = 1000
const MAX_STACK = 2000
/** A line that comes again and again is reported with a count, as often as this. */
const REPEATS_MS = 5000

export interface Printed {
  start(): void
  /** Reports what is counted but not reported yet. */
  flush(): void
  stop(): void
}

/** Half a line names another place. */
const wholeLines = (stack: string): string => (/^[\s\S]{0,2000}(?=\n|$)/.exec(stack) || [stack.slice(0, MAX_STACK)])[0]

/** `spend` hears when a piece of work of ours began that is over now. */
export const createPrinted = (
  room: Room,
  report: (entry: ConsoleEntry) => void,
  spend: (begun: number) => void,
): Printed => {
  let last: ConsoleEntry | undefined
  let lastKey = ''
  let repeats = 0
  let hasDropped = false
  let isReading = false
  let stops: Stop = () => {}
  const timer = createTimer()

  const keep = (entry: ConsoleEntry): void => {
    const hasRoom = room.take()
    if (hasRoom) report(entry)
    else if (!hasDropped) report({ level: 'warn', text: '', dropped: true })
    hasDropped = !hasRoom
  }

  const flush = (): void => {
    timer()
    const count = repeats
    repeats = 0
    if (last && count) keep({ ...last, ...(count > 1 && { count }) })
  }

  const read = (level: Level, printed: unknown[]): void => {
    const { text, stack } = lineOf(printed)
    const key = `${level} ${text}\n${stack}`
    if (key === lastKey) {
      if (!repeats++) timer(flush, REPEATS_MS)
      return
    }
    flush()
    lastKey = key
    last = { level, text: mask(text).slice(0, MAX_TEXT), ...(stack && { stack: wholeLines(mask(stack)) }) }
    keep(last)
  }

  const note = safely((level: Level, printed: unknown[]): void => {
    // What is printed while we read what was printed is the doing of a getter or a Proxy: it would never end.
    if (isReading || (hasDropped && room.isFull())) return
    const begun = performance.now()
    isReading = true
    try {
      read(level, printed)
    } finally {
      isReading = false
      spend(begun)
    }
  })

  return {
    start() {
      stops = all(
        ...LEVELS.map((level) =>
          replace(console, level, (call, printed) => {
            note(level, printed)
            return call()
          }),
        ),
        listen<ErrorEvent>(window, 'error', ({ isTrusted, error, message }) => {
          if (isTrusted && message !== undefined) note('error', error ? ['Uncaught', error] : [message])
        }),
        listen<PromiseRejectionEvent>(window, 'unhandledrejection', ({ isTrusted, reason }) => {
          if (isTrusted) note('error', ['Uncaught (in promise)', reason])
        }),
      )
    },
    flush,
    stop() {
      stops()
      timer()
      ;[lastKey, repeats] = ['', 0]
    },
  }
}
