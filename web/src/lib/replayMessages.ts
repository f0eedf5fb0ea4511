// What the dashboard and the page that replays a recording say to each other.

/** Bounds that a recording reached; what lies beyond is not replayed. */
export type ReplayBound = 'nodes' | 'depth' | 'events' | 'viewport' | 'hours'

export type ReplayCommand =
  /** The events of one part as JSON: a text, since texts of any depth can be sent. */
  | { type: 'events'; json: string }
  /** Whether more parts are on their way or may come later. */
  | { type: 'expect'; more: boolean }
  | { type: 'play' }
  | { type: 'pause' }
  /** Numbered from one, so that a report sent before it is known as such. */
  | { type: 'seek'; ms: number; nth: number }
  | { type: 'speed'; speed: number }
  | { type: 'skip'; isOn: boolean }
  /** Shows the page at that moment still and whole, down to its end. */
  | { type: 'still'; ms: number }
  /** Asks where in the still page elements are. */
  | { type: 'boxes'; selectors: string[] }

/** Selectors that are asked for at once. */
export const MAX_SELECTORS = 500

/** Where an element is, in pixels from the upper left of the page. */
export type ElementBox = { selector: string; x: number; y: number; width: number; height: number }

/** A stretch without input of the visitor, in milliseconds since the first event. */
export type Inactivity = { from: number; to: number }

export type ReplayReport =
  /** The page listens. */
  | { type: 'ready' }
  /** What is there: the first event's time by the browser's clock, and how much of the recording has come. */
  | {
      type: 'loaded'
      startedAt: number | null
      ms: number
      events: number
      isShown: boolean
      inactivity: Inactivity[]
      bounds: ReplayBound[]
    }
  /** `seeks` is the number of the last seek that was followed; zero before the first. */
  | {
      type: 'state'
      ms: number
      seeks: number
      isPlaying: boolean
      isWaiting: boolean
      isFinished: boolean
      skippedMs: number
    }
  | { type: 'size'; width: number; height: number }
  /** The size of the still page. */
  | { type: 'still'; width: number; height: number; isWhole: boolean }
  /** In the order of the selectors; null where the page has no such element with an area. */
  | { type: 'boxes'; boxes: (ElementBox | null)[]; width: number; height: number }
  | { type: 'failed'; detail: string }

const NAMES = {
  command: ['events', 'expect', 'play', 'pause', 'seek', 'speed', 'skip', 'still', 'boxes'],
  report: ['ready', 'loaded', 'state', 'size', 'still', 'boxes', 'failed'],
}

/** A message of that kind from that window of this origin; all others are nobody's. */
function readFrom<T>(event: MessageEvent, source: unknown, names: string[]): T | undefined {
  if (event.origin !== globalThis.location.origin || event.source === null || event.source !== source) return undefined
  const data = event.data as { type?: unknown } | null
  return typeof data === 'object' && data !== null && names.includes(data.type as string) ? (data as T) : undefined
}

export const readCommand = (event: MessageEvent, source: unknown) =>
  readFrom<ReplayCommand>(event, source, NAMES.command)
export const readReport = (event: MessageEvent, source: unknown) => readFrom<ReplayReport>(event, source, NAMES.report)
