// The shapes that go over the wire: section 3 of the contracts, one union member per event type.
import type { PageSize } from './lib/page-size'
import type { EventIds } from './session'

export type FrictionName =
  | 'rage_click'
  | 'dead_click'
  | 'slow_click'
  | 'error_click'
  | 'javascript_error'
  | 'unhandled_rejection'
  | 'form_validation_error'
  | 'thrashing'

/** Set by signals that report what happened earlier, or in an element. */
export interface Subject {
  timestamp?: number
  page_url?: string
  element_selector?: string
  element_text?: string | undefined
}

export interface FrictionFields extends Subject {
  type: 'friction'
  event_type: FrictionName
  severity: 'high' | 'medium' | 'low'
  error_message?: string
  stack?: string
  metadata: Record<string, string | number | boolean>
}

export interface PlaceFields extends PageSize {
  x: number
  y: number
  element_x: number
  element_y: number
}

export interface ClickFields extends PlaceFields {
  type: 'heatmap'
  interaction_type: 'click'
  id: string
  timestamp: number
  page_url: string
  element_selector: string
  element_text?: undefined
  metadata?: { pointer_type: string }
}

export interface MoveFields extends PlaceFields {
  type: 'heatmap'
  interaction_type: 'move'
  element_selector: string
}

/** `y` is the lowest edge that was seen, and `depth` its share of the document. */
export interface ScrollFields extends PageSize {
  type: 'heatmap'
  interaction_type: 'scroll'
  page_url: string
  x: number
  y: number
  metadata: { depth: number }
}

export interface PageviewFields extends PageSize {
  type: 'heatmap'
  interaction_type: 'pageview'
  timestamp: number
  page_title: string
  referrer: string
}

export type Metric =
  | 'load_time'
  | 'first_contentful_paint'
  | 'largest_contentful_paint'
  | 'interaction_to_next_paint'
  | 'cumulative_layout_shift'
  | 'time_to_first_byte'
  | 'time_to_interactive'

export type WebVitalValues = { [metric in Metric]?: number }

export type PerformanceFields = { type: 'performance'; page_url: string } & WebVitalValues

export interface FormField {
  /** Its name, else its id, else its selector. */
  field: string
  /** The type of an input, `select` or `textarea`. */
  kind: string
  /** Among the fields of the form; a radio group is one. */
  position: number
  /** How long it had the focus while the page was visible. */
  time_ms: number
  /** How often a filled field was left, and changed after all. */
  corrections: number
  errors: number
  filled: boolean
}

/** One visitor's progress in one form. The revision with the highest number counts. */
export interface FormFields {
  type: 'form'
  /** When the first field was reached: the same in all revisions, like `page_url`. */
  timestamp: number
  page_url: string
  element_selector: string
  metadata: {
    form_id: string
    revision: number
    form: string
    outcome: 'submitted' | 'abandoned'
    submits: number
    duration_ms: number
    last_field: string
    /** In the order in which they were reached. */
    fields: FormField[]
  }
}

export type Fields =
  | FrictionFields
  | ClickFields
  | MoveFields
  | ScrollFields
  | PageviewFields
  | PerformanceFields
  | FormFields

/** `timestamp`: epoch milliseconds by the visitor's clock, which the server corrects. */
export type WireEvent = Fields & EventIds & { id: string; timestamp: number; page_url: string }

/** By which a signal is switched in the settings. */
export const nameOf = (event: WireEvent): string => {
  const { type, event_type, interaction_type } = event as Partial<FrictionFields & ClickFields>
  return event_type || interaction_type || (type as string)
}
