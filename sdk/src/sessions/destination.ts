// Section 5 of the contracts: `POST /api/analytics/session/{start,end}`, one a request.
import { FINAL_OR_UNKNOWN } from '../core/final'
import { maskEvent } from '../core/mask-event'
import { singles } from '../core/singles'
import type { Destination } from '../destination'
import type { Queued } from '../queue'

/** `explicit`, which the server knows too, is for sites that end sessions themselves. */
export type EndReason = 'sign_out' | 'user_switch' | 'page_unload' | 'idle' | 'max_age'

interface Start extends Queued {
  page_url: string
  referrer: string
  started_at: number
}

interface End extends Queued {
  reason: EndReason
  ended_at: number
}

export type SessionEvent = (Start | End) & { session_id: string; user_id: string; visitor_id?: string }

export const sessionDestination = (
  endpoint: string,
  apiKey: string,
  parameters: () => string,
): Destination<SessionEvent> => ({
  batchSize: 10,
  batchIntervalMs: 0,
  // One of a session at a time: its end must not arrive before its start.
  together: (events) =>
    singles(events.filter(({ session_id }, index) => events.findIndex((e) => e.session_id === session_id) === index)),
  request: ([event]) => {
    const { timestamp, ...fields } = maskEvent(event as SessionEvent, parameters())
    return [
      `${endpoint}/api/analytics/session/${'reason' in fields ? 'end' : 'start'}`,
      JSON.stringify({ api_key: apiKey, sent_at: Date.now(), ...fields }),
    ]
  },
  // An end is asked for after its start was answered: unknown then, it stays so.
  final: FINAL_OR_UNKNOWN,
})
