// Section 1 of the contracts: `POST /api/tracking/flush`, one customer's behaviour a request.
import { FINAL } from '../core/final'
import { maskEvent } from '../core/mask-event'
import type { Destination } from '../destination'
import type { Queued } from '../queue'

export interface Behavior extends Queued {
  /** In the request once, beside its events. */
  user_id: string
  behavior_type: 'property_view' | 'search' | 'filter_applied' | 'contact_click'
  session_id: string
  visitor_id?: string
  page_url: string
  referrer?: string
  property_id?: string
  duration_seconds?: number
  search_query?: string
  filters?: object
  metadata?: object
}

const byUser = (events: Behavior[]): Behavior[][] => {
  const users = new Map<string, Behavior[]>()
  for (const event of events) users.set(event.user_id, [...(users.get(event.user_id) || []), event])
  return Array.from(users.values())
}

export const behaviorDestination = (
  endpoint: string,
  apiKey: string,
  parameters: () => string,
): Destination<Behavior> => ({
  batchSize: 10,
  batchIntervalMs: 5000,
  together: byUser,
  request: (events) => [
    `${endpoint}/api/tracking/flush`,
    JSON.stringify({
      api_key: apiKey,
      user_id: events[0]?.user_id,
      sent_at: Date.now(),
      events: events.map(({ user_id, ...event }) => maskEvent(event, parameters())),
    }),
  ],
  final: FINAL,
})
