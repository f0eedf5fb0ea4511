// The body of one request: the key travels inside, since a beacon cannot set headers.
import type { WireEvent } from './event'
import type { Stats } from './stats'

declare const SDK_VERSION: string

export const VERSION = SDK_VERSION

export const envelope = (apiKey: string, stats: Stats, events: WireEvent[]): string =>
  JSON.stringify({
    api_key: apiKey,
    session_id: (events[0] as WireEvent).session_id,
    sent_at: Date.now(),
    sdk: { version: VERSION, stats },
    events,
  })
