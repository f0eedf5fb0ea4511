// Section 2 of the contracts: `POST /api/analytics/track`. The widget is the identity: there is no key.
import { FINAL_OR_UNKNOWN } from '../core/final'
import { maskEvent } from '../core/mask-event'
import type { Destination } from '../destination'
import type { Queued } from '../queue'

export type WidgetEventType =
  | 'widget_load'
  | 'widget_open'
  | 'call_start'
  | 'call_heartbeat'
  | 'call_end'
  | 'call_error'

export interface WidgetEvent extends Queued {
  widget_id: string
  event_type: WidgetEventType
  session_id: string
  /** From 1 in each session: the server tells by it which events were lost. */
  seq: number
  page_url: string
  metadata?: Record<string, unknown>
}

export const widgetDestination = (endpoint: string): Destination<WidgetEvent> => ({
  batchSize: 10,
  // At once, but what happens together goes together.
  batchIntervalMs: 0,
  together: (events) => [events],
  request: (events) => [
    `${endpoint}/api/analytics/track`,
    JSON.stringify({ events: events.map((event) => maskEvent(event, '')) }),
  ],
  final: FINAL_OR_UNKNOWN,
})
