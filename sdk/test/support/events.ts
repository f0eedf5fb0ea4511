// Events for the queue and the transport, which do not care what they say.
import type { WireEvent } from '../../src/event'

export const event = (id: string, more: object = {}): WireEvent =>
  ({
    id,
    type: 'performance',
    timestamp: Date.now(),
    session_id: 'session-1',
    visitor_id: 'visitor-1',
    seq: 1,
    page_url: 'https://shop.example/',
    ...more,
  }) as WireEvent

export const ids = (events: { id: string }[]): string[] => events.map(({ id }) => id)
