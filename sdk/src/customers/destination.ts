// Section 4 of the contracts: `POST /track-event`, one event a request.
import type { Customer } from '../core/customer'
import { FINAL } from '../core/final'
import { singles } from '../core/singles'
import type { Destination } from '../destination'
import { maskField } from '../lib/mask-field'
import type { Queued } from '../queue'

export interface CustomerEvent extends Queued {
  event_type: string
  customer: Customer
  event_data: object
  session: { session_id: string }
  page_url: string
}

/** Only the address is masked: who the customer is and what they did is what a site reports on purpose. */
export const customerDestination = (
  endpoint: string,
  apiKey: string,
  parameters: () => string,
): Destination<CustomerEvent> => ({
  batchSize: 10,
  // At once: some of these make tasks that are due within the hour.
  batchIntervalMs: 0,
  together: singles,
  request: ([event]) => {
    const { page_url, ...fields } = event as CustomerEvent
    const masked = { ...fields, page_url: maskField('page_url', page_url, parameters()) }
    return [`${endpoint}/track-event`, JSON.stringify({ api_key: apiKey, sent_at: Date.now(), ...masked })]
  },
  final: FINAL,
})
