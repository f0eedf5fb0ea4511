// Turns the attributes of our own script tag into what never changes while the page lives.
import { safely } from './lib/safe'
import type { AttributeValues } from './settings'

export interface Config {
  apiKey: string
  /** Where `/ingest-events` lives, without a trailing slash. */
  endpoint: string
  batchSize: number
  batchIntervalMs: number
  /** The settings that the page makes itself, by their names without units. */
  own: AttributeValues
}

const BATCH_SIZE = 10
const BATCH_INTERVAL_MS = 5000

const positive = (value: unknown, otherwise: number): number => ((value as number) > 0 ? Number(value) : otherwise)

/** `data-dead-after="2000"` is the number 2000 under the name `dead_after`. */
const readAttributes = (dataset: DOMStringMap): AttributeValues => {
  const own: AttributeValues = {}
  for (const name in dataset) {
    const text = dataset[name] as string
    // Only what may be one: to refuse a text takes JSON longer than all the rest.
    const value = /^(-?\d|true$|false$)/.test(text) ? (safely(JSON.parse)(text) as unknown) : undefined
    own[name.replace(/[A-Z]/g, '_$&').toLowerCase()] = value === undefined ? text : value
  }
  return own
}

/** Undefined when the tag has no key: then there is nobody to send to, and nothing starts. */
export const readConfig = ({ dataset, src }: HTMLScriptElement): Config | undefined => {
  const { apiKey, endpoint, batchSize, batchInterval } = dataset
  return apiKey
    ? {
        apiKey,
        // Pages that already name the whole path keep working.
        endpoint: (endpoint || new URL(src, location.href).origin).replace(/\/+$|\/ingest-events\/?$/, ''),
        batchSize: Math.ceil(positive(batchSize, BATCH_SIZE)),
        batchIntervalMs: positive(batchInterval, BATCH_INTERVAL_MS),
        own: readAttributes(dataset),
      }
    : undefined
}
