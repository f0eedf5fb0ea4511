// Turns the attributes of our own script tag into settings, with a default for everything but the key.
import { safely } from './lib/safe'

export interface Config {
  apiKey: string
  /** Where `/ingest-events` lives, without a trailing slash. */
  endpoint: string
  batchSize: number
  batchIntervalMs: number
  /** Reserved: session recording is a later part of the SDK. */
  recording: boolean
  /** Mutations and scrolls under this selector (tickers, carousels) are no answer to a click. */
  ignore: string
  /** A click without an answer for this long is dead, or slow when the answer still comes. */
  deadAfterMs: number
}

const BATCH_SIZE = 10
const BATCH_INTERVAL_MS = 5000
const DEAD_AFTER_MS = 3000
/** Our own nodes, and whatever a page marks itself. */
const IGNORED = '[data-footfall-ignore]'

const positive = (value: string | undefined, otherwise: number): number =>
  Number(value) > 0 ? Number(value) : otherwise

/** Undefined when the tag has no key: then there is nobody to send to, and nothing starts. */
export const readConfig = ({ dataset, src }: HTMLScriptElement): Config | undefined => {
  const { apiKey, endpoint, ignore } = dataset
  const ignored = `${IGNORED},${ignore}`
  return apiKey
    ? {
        apiKey,
        // Pages that already name the whole path keep working.
        endpoint: (endpoint || new URL(src, location.href).origin).replace(/\/+$|\/ingest-events\/?$/, ''),
        batchSize: Math.ceil(positive(dataset.batchSize, BATCH_SIZE)),
        batchIntervalMs: positive(dataset.batchInterval, BATCH_INTERVAL_MS),
        recording: dataset.enableRecording === 'true',
        // Tried once here: an unreadable selector would fail at every mutation.
        ignore: ignore && safely(() => document.querySelectorAll(ignored))() ? ignored : IGNORED,
        deadAfterMs: positive(dataset.deadAfter, DEAD_AFTER_MS),
      }
    : undefined
}
