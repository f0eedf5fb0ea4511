// Lines of the console and requests as the player shows them: where they are in the recording, which of them, in what words, and what the bar marks; pure.
import type { ConsoleEntry, Entry, Level, RequestEntry } from './entries'
import { clock, currentIndex, isError, type Moment, SLACK_MS, type Tone } from './model'

/** An entry with its place in the recording. */
export type Placed<E extends Entry> = { entry: E; ms: number }

/** In their order, `startedAt` being the recording's first event by the visitor's clock; those outside the recording are left out. */
export function placed<E extends Entry>(
  entries: readonly E[],
  startedAt: number | null | undefined,
  length: number,
): Placed<E>[] {
  if (startedAt == null) return []
  return entries
    .map((entry) => ({ entry, ms: entry.at - startedAt }))
    .filter(({ ms }) => ms >= -SLACK_MS && ms <= length + SLACK_MS)
    .map(({ entry, ms }) => ({ entry, ms: Math.min(Math.max(0, ms), length) }))
    .sort((a, b) => a.ms - b.ms)
}

/** A click leads so long before what it is on: what came just before explains it. */
export const LEAD_MS = 1_000

/** The row at the playhead: the last one reached, or the one that was chosen until it is reached. */
export function rowAt(
  rows: readonly Placed<Entry>[],
  ms: number,
  chosen: Placed<Entry> | undefined,
): string | undefined {
  if (chosen && ms < chosen.ms && ms >= chosen.ms - LEAD_MS - 50) return chosen.entry.id
  return rows[currentIndex(rows, ms)]?.entry.id
}

export const LEVEL_LABELS: Record<Level, string> = {
  error: 'Error',
  warn: 'Warning',
  info: 'Info',
  log: 'Log',
  debug: 'Debug',
}

export const CONSOLE_VIEWS = { all: 'All', warn: 'Warnings', error: 'Errors' } as const
export type ConsoleView = keyof typeof CONSOLE_VIEWS
export const REQUEST_VIEWS = { all: 'All', failed: 'Failed', slow: 'Slow' } as const
export type RequestView = keyof typeof REQUEST_VIEWS

const holds = (query: string, ...texts: string[]): boolean => {
  const wanted = query.trim().toLowerCase()
  return texts.some((text) => text.toLowerCase().includes(wanted))
}

/** Where more was printed than is kept is shown with every level, but no search finds it. */
export function isLineShown({ level, text, stack, isLimit }: ConsoleEntry, view: ConsoleView, query: string): boolean {
  if (isLimit) return query.trim() === ''
  return (view === 'all' || level === view) && holds(query, text, stack)
}

export function isRequestShown(request: RequestEntry, view: RequestView, query: string): boolean {
  if (view === 'failed' && !isFailed(request)) return false
  if (view === 'slow' && !isSlow(request)) return false
  return holds(query, request.url, request.method, String(request.status), outcomeOf(request))
}

/** Slower requests are recorded. */
const SLOW_MS = 3_000

export const isFailed = ({ status, failure }: Pick<RequestEntry, 'status' | 'failure'>): boolean =>
  status === 0 || status >= 400 || failure !== undefined

export const isSlow = ({ durationMs }: Pick<RequestEntry, 'durationMs'>): boolean => durationMs >= SLOW_MS

const OUTCOMES: Record<number, string> = {
  400: 'Not understood by the server',
  401: 'Not signed in',
  402: 'Payment required',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Sent too slowly',
  409: 'Conflict with another change',
  410: 'No longer there',
  413: 'Too large for the server',
  422: 'Invalid data',
  429: 'Too many requests',
  500: 'Server error',
  502: 'Server not reachable',
  503: 'Server not available',
  504: 'Server took too long',
}

/** What went wrong, in words. */
export function outcomeOf(request: Pick<RequestEntry, 'status' | 'failure' | 'durationMs'>): string {
  const { status, failure } = request
  if (failure === 'aborted') return 'Cancelled'
  if (failure === 'timeout') return 'Timed out'
  if (status === 0) return 'No connection, or blocked by the browser'
  const known = OUTCOMES[status]
  if (known) return known
  if (status >= 500) return 'Server error'
  if (status >= 400 || failure === 'failed') return 'Failed'
  return isSlow(request) ? 'Slow' : ''
}

/** "503", or in a word why there is none. */
export function statusText({ status, failure }: Pick<RequestEntry, 'status' | 'failure'>): string {
  if (status > 0) return String(status)
  return failure === 'aborted' ? 'Cancelled' : failure === 'timeout' ? 'Timeout' : 'No answer'
}

const WAYS = { fetch: 'fetch', xhr: 'XMLHttpRequest', beacon: 'beacon', resource: 'file of the page' } as const

export const wayText = ({ via }: Pick<RequestEntry, 'via'>): string => (via ? WAYS[via] : 'unknown')

/** An address in two: its path, and its host where that is not the page's. */
export function addressOf(url: string, pageUrl: string | null | undefined): { path: string; host: string } {
  const address = parsed(url)
  if (!address || !/^(?:https?|wss?):$/.test(address.protocol)) return { path: url, host: '' }
  // As it was sent: a parsed path would be escaped anew.
  const path = /^[a-z]+:\/\/[^/?#]*(.*)$/i.exec(url)?.[1] || '/'
  return { path, host: parsed(pageUrl ?? '')?.host === address.host ? '' : address.host }
}

const parsed = (url: string): URL | undefined => (URL.canParse(url) ? new URL(url) : undefined)

/** A mark of the bar. */
export type BarMark = { key: string; ms: number; tone: Tone; label: string; detail: string; isEntry: boolean }

/** An error that both a moment and an entry report comes a little later in one of them. */
const SAME_MS = 1_000
/** Marks of entries are so far apart, as a share of the bar. */
const APART = 0.012

/** The marked moments, and beside them errors of the console and failed requests; those that come together are one mark. */
export function barMarks(
  moments: readonly Moment<{ id: string; name: string }>[],
  entries: readonly Placed<Entry>[],
  length: number,
): BarMark[] {
  const marks = moments.map(
    ({ event, ms, tone, label, detail }): BarMark => ({ key: event.id, ms, tone, label, detail, isEntry: false }),
  )
  const errors = moments.filter(({ event }) => isError(event)).map(({ ms }) => ms)
  let last: { mark: BarMark; detail: string; more: number } | undefined
  for (const { entry, ms } of entries) {
    if (!isMarked(entry) || errors.some((at) => Math.abs(at - ms) <= SAME_MS)) continue
    if (last && ms - last.mark.ms < Math.max(SAME_MS, length * APART)) {
      last.more++
      last.mark.detail = `${last.detail}, and ${last.more} more`
      continue
    }
    const [label, detail] =
      entry.kind === 'console'
        ? ['Console error', firstLine(entry.text)]
        : ['Failed request', `${entry.method} ${addressOf(entry.url, null).path}: ${outcomeOf(entry)}`]
    const mark: BarMark = { key: entry.id, ms, tone: 'bad', label, detail, isEntry: true }
    last = { mark, detail, more: 0 }
    marks.push(mark)
  }
  return marks.sort((a, b) => a.ms - b.ms)
}

const isMarked = (entry: Entry): boolean =>
  entry.kind === 'console' ? entry.level === 'error' && !entry.isLimit : isFailed(entry)

const MAX_LINE = 120
const firstLine = (text: string): string => (text.split('\n', 1)[0] ?? '').slice(0, MAX_LINE)

/** "0:18.240" */
export function preciseClock(ms: number): string {
  return `${clock(ms)}.${String(Math.floor(Math.max(0, ms) % 1_000)).padStart(3, '0')}`
}
