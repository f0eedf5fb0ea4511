// The glossary's words for the identifiers the API uses.

const KINDS = {
  rage_click: 'Rage click',
  dead_click: 'Dead click',
  slow_click: 'Slow click',
  error_click: 'Error click',
  javascript_error: 'JavaScript error',
  unhandled_rejection: 'Unhandled rejection',
  form_validation_error: 'Form error',
  thrashing: 'Thrashing',
} as const

export type FrictionKind = keyof typeof KINDS
export const KIND_NAMES = Object.keys(KINDS) as FrictionKind[]

const KIND_HELP: Record<string, string> = {
  rage_click: 'Three or more quick clicks in the same place.',
  dead_click: 'A click with no response from the page within 3 seconds.',
  slow_click: 'A click that the page responded to only after 3 to 7 seconds.',
  error_click: 'A click followed by a JavaScript error within one second.',
  javascript_error: 'An uncaught JavaScript error.',
  unhandled_rejection: 'A failed promise that no code on the page handled.',
  form_validation_error: 'A form field that the browser or the page rejected.',
  thrashing: 'Fast pointer movement back and forth without a click.',
}

/** The severity of an event whose sender named none; of the other kinds it is low. */
const KIND_SEVERITIES: Record<string, 'high' | 'medium'> = {
  rage_click: 'high',
  error_click: 'high',
  dead_click: 'medium',
  javascript_error: 'medium',
  unhandled_rejection: 'medium',
}

const REASONS: Record<string, string> = {
  unparseable: 'Invalid JSON',
  too_large: 'Too large',
  unknown_type: 'Unknown event type',
  missing_field: 'Missing field',
  invalid_field: 'Invalid field',
  invalid_id: 'Invalid id',
  in_the_future: 'More than 24 h in the future',
  too_old: 'Older than the retention period',
  key_inactive: 'API key is switched off',
  origin_not_allowed: 'Domain not allowed',
  rate_limited: 'Rate limit exceeded',
  unsupported_encoding: 'Unsupported encoding',
  incomplete: 'Incomplete request',
  widget_inactive: 'Widget is switched off',
  erased: 'Person was erased',
  recording_off: 'Recording is switched off',
}

export const REASON_NAMES = Object.keys(REASONS)

/** The events that ingest, projections and webhooks name themselves; a project adds its own. */
const EVENTS: Record<string, string> = {
  ...KINDS,
  pageview: 'Page view',
  click: 'Click',
  scroll: 'Scroll',
  move: 'Pointer move',
  page_performance: 'Page performance',
  page_view: 'Page view',
  property_view: 'Property view',
  search: 'Search',
  filter_applied: 'Filter applied',
  contact_click: 'Contact click',
  favorite: 'Favorite added',
  share: 'Shared',
  widget_load: 'Widget loaded',
  widget_open: 'Widget opened',
  call_start: 'Call started',
  call_heartbeat: 'Call heartbeat',
  call_end: 'Call ended',
  call_error: 'Call failed',
  'session.started': 'Session started',
  'session.ended': 'Session ended',
  'page.viewed': 'Page viewed',
  'search.performed': 'Searched',
  'customer.created': 'Customer created',
  'customer.updated': 'Customer updated',
  'customer.login': 'Signed in',
  'booking.started': 'Booking started',
  'booking.step_completed': 'Booking step completed',
  'booking.abandoned': 'Booking abandoned',
  'booking.completed': 'Booking completed',
  'payment.attempted': 'Payment attempted',
  'payment.successful': 'Payment successful',
  'payment.failed': 'Payment failed',
  'order.placed': 'Order placed',
  'review.posted': 'Review posted',
  form_progress: 'Form',
  'form.submitted': 'Form submitted',
  'chat.message': 'Chat message',
  'contact.created': 'Contact created',
  'contact.updated': 'Contact updated',
  'contact.edited': 'Contact edited',
  'contact.merged': 'Contacts merged',
  'task.created': 'Task created',
  'task.updated': 'Task updated',
  'task.assigned': 'Task assigned',
  'task.snoozed': 'Task snoozed',
  'task.commented': 'Task commented on',
  'task.reopened': 'Task reopened',
  'task.completed': 'Task completed',
  'webhook.test': 'Test message',
}

/** "boat.viewed": any item may be viewed. */
const VIEWED = /^([a-z]\w*)\.viewed$/

export function kindLabel(kind: string): string {
  return (KINDS as Record<string, string>)[kind] ?? sentence(kind)
}

/** The label of an event; a project's own names are shown as they are. */
export function eventLabel(name: string): string {
  const item = VIEWED.exec(name)?.[1]
  return EVENTS[name] ?? (item ? `${sentence(item)} viewed` : name)
}

export function kindHelp(kind: string): string {
  return KIND_HELP[kind] ?? ''
}

export function kindSeverity(kind: string): 'high' | 'medium' | 'low' {
  return KIND_SEVERITIES[kind] ?? 'low'
}

/** The margin of 95 % of estimated counts of visitors or sessions; nothing where they are exact. */
export function estimateNote(error: number): string {
  return error === 0 ? '' : ` Estimated: usually within ±${(error * 100).toFixed(1)}% of the exact number.`
}

export function reasonLabel(reason: string): string {
  return REASONS[reason] ?? sentence(reason)
}

/** A message of the server as a sentence; one that begins with a field's name keeps its first letter. */
export function asSentence(message: string): string {
  const text = /^[a-z]+( |$)/.test(message) ? message.charAt(0).toUpperCase() + message.slice(1) : message
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`
}

/** A message as it stands under its field, whose name it need not repeat: "key_name is required" → "Is required." */
export function messageOf(field: string, message: string): string {
  const isNamed = message.toLowerCase().startsWith(field.toLowerCase()) && /^:? /.test(message.slice(field.length))
  return asSentence(isNamed ? message.slice(field.length).replace(/^:? /, '') : message)
}

/** "some_identifier" → "Some identifier" */
export function sentence(identifier: string): string {
  const words = identifier.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
