// What a recording holds beside the page: lines of the console and requests, taken out of its parts. Strangers send them, so every field may be anything; pure.

const CONSOLE_TAG = 'footfall.console'
const REQUEST_TAG = 'footfall.request'
/** How rrweb numbers the events that it only hands on. */
const CUSTOM = 5

const LEVELS = ['error', 'warn', 'info', 'log', 'debug'] as const
export type Level = (typeof LEVELS)[number]

export type ConsoleEntry = {
  kind: 'console'
  id: string
  /** By the visitor's clock. */
  at: number
  level: Level
  text: string
  stack: string
  /** How often the line followed itself, counted as one. */
  count: number
  /** Not a line: from here on more was printed than is kept. */
  isLimit: boolean
}

const FAILURES = ['failed', 'aborted', 'timeout'] as const
const WAYS = ['fetch', 'xhr', 'beacon', 'resource'] as const

export type RequestEntry = {
  kind: 'request'
  id: string
  /** By the visitor's clock. */
  at: number
  method: string
  url: string
  /** 0 when no answer came. */
  status: number
  durationMs: number
  via: (typeof WAYS)[number] | undefined
  failure: (typeof FAILURES)[number] | undefined
  sizeBytes: number | undefined
}

export type Entry = ConsoleEntry | RequestEntry

const MAX_TEXT = 1_000
const MAX_STACK = 2_000
const MAX_URL = 500
const MAX_COUNT = 1_000_000
const MAX_DURATION_MS = 48 * 3_600_000

/** Kept of a recording; a page sends fewer. */
export const MAX_CONSOLE = 2_000
export const MAX_REQUESTS = 1_200

type Raw = Record<string, unknown>

const asRaw = (value: unknown): Raw | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : undefined
const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((name) => name === value)

function whole(value: unknown, least: number, most: number): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < least) return undefined
  return Math.min(most, Math.round(value))
}

/** All but line breaks, tabs, and the joiners that scripts and emoji need. */
const UNSEEN = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** A text that shows what it holds: characters without a shape, or that turn the direction, are written as in JavaScript. */
export function visibleText(value: unknown, most: number): string {
  if (typeof value !== 'string') return ''
  const isCut = value.length > most
  const text = (isCut ? value.slice(0, most).replace(/[\ud800-\udbff]$/, '') : value)
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`)
    .trim()
  return isCut ? `${text}…` : text
}

function consoleEntry(payload: Raw, id: string, at: number): ConsoleEntry | undefined {
  const level = oneOf(LEVELS, payload.level)
  const text = visibleText(payload.text, MAX_TEXT)
  const isLimit = payload.dropped === true
  if (!level || (text === '' && !isLimit)) return undefined
  const stack = visibleText(payload.stack, MAX_STACK)
  return { kind: 'console', id, at, level, text, stack, count: whole(payload.count, 2, MAX_COUNT) ?? 1, isLimit }
}

function requestEntry(payload: Raw, id: string, at: number): RequestEntry | undefined {
  const { method, error } = payload
  const url = visibleText(payload.url, MAX_URL)
  const status = whole(payload.status, 0, 999)
  const durationMs = whole(payload.duration_ms, 0, MAX_DURATION_MS)
  if (typeof method !== 'string' || !/^[A-Za-z-]{1,20}$/.test(method)) return undefined
  if (url === '' || status === undefined || durationMs === undefined) return undefined
  return {
    kind: 'request',
    id,
    at,
    method: method.toUpperCase(),
    url,
    status,
    durationMs,
    via: oneOf(WAYS, payload.via),
    failure: oneOf(FAILURES, error),
    sizeBytes: whole(payload.size_bytes, 0, Number.MAX_SAFE_INTEGER),
  }
}

function entryOf(event: Raw, id: string): Entry | undefined {
  const data = asRaw(event.data)
  const payload = asRaw(data?.payload)
  const at = event.timestamp
  if (!data || !payload || typeof at !== 'number' || !Number.isFinite(at) || at < 0) return undefined
  if (data.tag === CONSOLE_TAG) return consoleEntry(payload, id, at)
  return data.tag === REQUEST_TAG ? requestEntry(payload, id, at) : undefined
}

/** A part of a recording as two: what the replay plays, as JSON, and what stands beside it. */
export function splitPart(json: string, seq: number): { played: string; entries: Entry[] } {
  const all = { played: json, entries: [] }
  // Most parts have none, and reading a large one takes its time.
  if (!json.includes(CONSOLE_TAG) && !json.includes(REQUEST_TAG)) return all
  try {
    const events: unknown = JSON.parse(json)
    if (!Array.isArray(events)) return all
    const isCustom = (event: unknown): boolean => asRaw(event)?.type === CUSTOM
    const entries = events.flatMap((event, nth) => (isCustom(event) ? (entryOf(event, `${seq}-${nth}`) ?? []) : []))
    return { played: JSON.stringify(events.filter((event) => !isCustom(event))), entries }
  } catch {
    // What is no JSON, or nested too deeply to be written again, is for the replay to refuse: it leaves out such events itself.
    return all
  }
}

export type Entries = { console: ConsoleEntry[]; requests: RequestEntry[]; isFull: boolean }
export const NO_ENTRIES: Entries = { console: [], requests: [], isFull: false }

/** With those of the next part, as far as there is room. */
export function withEntries(before: Entries, more: readonly Entry[]): Entries {
  if (more.length === 0) return before
  const console = [...before.console, ...more.filter((entry) => entry.kind === 'console')]
  const requests = [...before.requests, ...more.filter((entry) => entry.kind === 'request')]
  return {
    console: console.slice(0, MAX_CONSOLE),
    requests: requests.slice(0, MAX_REQUESTS),
    isFull: before.isFull || console.length > MAX_CONSOLE || requests.length > MAX_REQUESTS,
  }
}
