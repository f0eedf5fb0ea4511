// Views, searches and inquiries of signed-in customers: the lead score is computed from them.
//
// The score belongs to a customer, so nothing is kept of visitors whom the page does not name.
import type { Core } from '../core/core'
import { pageUrl } from '../lib/page-url'
import { uuid } from '../lib/uuid'
import { type Behavior, behaviorDestination } from './destination'

/** More than is sent: it is masked before it is cut. */
const QUERY_LENGTH = 512

export interface PropertyView {
  /** Where the visitor came from: `search`, `map`, `featured`, … */
  source?: string
  /** How it was shown: `page`, `modal`, `gallery`, … */
  view_type?: string
  /** How long it was looked at. */
  duration_seconds?: number
  /** The visitor did something with it. */
  engaged?: boolean
}

export type ContactMethod = 'phone' | 'whatsapp' | 'email'

export interface BehaviorTracking {
  trackPropertyView(propertyId: string | number, view?: PropertyView): void
  trackSearch(query: string, filters?: Record<string, unknown>): void
  trackFilterApplied(type: string, value: unknown): void
  trackContactClick(method: ContactMethod, propertyId?: string | number): void
}

type BehaviorFields = Pick<Behavior, 'behavior_type'> & Partial<Behavior>

export const createBehavior = ({ user, place, outbox, endpoint, apiKey, parameters }: Core): BehaviorTracking => {
  const { push } = outbox('behavior', behaviorDestination(endpoint, apiKey, parameters))

  const capture = (told: BehaviorFields): void => {
    const user_id = user()
    if (!user_id) return
    const where = { ...place(), page_url: pageUrl(), referrer: document.referrer }
    push({ id: uuid(), timestamp: Date.now(), user_id, ...where, ...told })
  }

  return {
    trackPropertyView(propertyId, { duration_seconds, ...metadata } = {}) {
      const view: BehaviorFields = { behavior_type: 'property_view', property_id: `${propertyId}`, metadata }
      // A clock that was set back must not cost the view.
      capture(duration_seconds && duration_seconds > 0 ? { ...view, duration_seconds } : view)
    },
    trackSearch(query, filters = {}) {
      capture({ behavior_type: 'search', search_query: `${query}`.slice(0, QUERY_LENGTH), filters })
    },
    trackFilterApplied(type, value) {
      capture({ behavior_type: 'filter_applied', filters: { [type]: value } })
    },
    trackContactClick(method, propertyId) {
      const click: BehaviorFields = { behavior_type: 'contact_click', metadata: { method } }
      capture(propertyId === undefined ? click : { ...click, property_id: `${propertyId}` })
    },
  }
}
