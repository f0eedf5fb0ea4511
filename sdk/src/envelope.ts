// Section 3 of the contracts: friction, heatmap and performance events, many in one request.
import type { Config } from './config'
import type { Mode } from './consent'
import type { Destination } from './destination'
import type { WireEvent } from './event'

declare const SDK_VERSION: string

export const VERSION = SDK_VERSION

/** Not texts: what they name is known by them. */
const NAMES = /id$|key|version/

/** Masks the text of the field with this name; undefined when none of it may leave the page. */
export type Mask = (name: string, text: string) => string | undefined

/** `begins`: the first request, except for a page that is being left. */
export const frictionDestination = (
  config: Config,
  mode: () => Mode | undefined,
  mask: Mask,
  begins?: Promise<void>,
): Destination<WireEvent> => ({
  ...config,
  begins,
  // A backlog goes in few requests.
  batchMax: 500,
  together: (events) => [events],
  request: (events, stats) => [
    `${config.endpoint}/ingest-events`,
    JSON.stringify(
      {
        api_key: config.apiKey,
        session_id: (events[0] as WireEvent).session_id,
        sent_at: Date.now(),
        // Before it is known it counts as `none`: the server then makes an id for the day.
        sdk: { version: VERSION, consent: mode() || 'none', stats },
        events,
      },
      (name, value) => {
        // Without consent there is no id; the server derives one that lasts a day.
        if (name === 'visitor_id' && mode() !== 'granted') return undefined
        return typeof value === 'string' && !NAMES.test(name) ? mask(name, value) : value
      },
    ),
  ],
  // Not 404: a server that is being replaced answers it, too.
  final: /^4(0[013]|15|22)/,
})
