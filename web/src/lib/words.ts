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
  rage_click: 'Three or more quick clicks on the same place.',
  dead_click: 'A click that nothing on the page responded to within 3 seconds.',
  slow_click: 'A click whose first response came after 3 to 7 seconds.',
  error_click: 'A click followed by a script error within one second.',
  javascript_error: 'An uncaught script error.',
  unhandled_rejection: 'A promise that failed with nobody handling it.',
  form_validation_error: 'A form field the browser or page refused.',
  thrashing: 'The pointer moved back and forth quickly without a click.',
}

const REASONS: Record<string, string> = {
  unparseable: 'Not valid JSON',
  too_large: 'Too large',
  unknown_type: 'Unknown type of event',
  missing_field: 'A field is missing',
  invalid_field: 'A field is not valid',
  invalid_id: 'The id is not valid',
  in_the_future: 'More than 24 h in the future',
  too_old: 'Older than the retention',
  key_inactive: 'The API key is switched off',
  origin_not_allowed: 'Domain not allowed for the key',
  rate_limited: 'Over the rate limit',
  unsupported_encoding: 'Unsupported encoding',
  incomplete: 'The body was cut off',
  recording_off: 'Recording is off in the settings',
}

const EVENTS: Record<string, string> = { pageview: 'Page view', page_view: 'Page view', web_vital: 'Web vital' }

export function kindLabel(kind: string): string {
  return (KINDS as Record<string, string>)[kind] ?? sentence(kind)
}

/** An event's name as people read it; the project's own names become sentences. */
export function eventLabel(name: string): string {
  return EVENTS[name] ?? kindLabel(name)
}

export function kindHelp(kind: string): string {
  return KIND_HELP[kind] ?? ''
}

/** How far counts of visitors or sessions may be off; nothing where they are exact. */
export function estimateNote(error: number): string {
  return error === 0 ? '' : ` Estimated: 19 of 20 such counts are within ${(error * 100).toFixed(1)} %.`
}

export function reasonLabel(reason: string): string {
  return REASONS[reason] ?? sentence(reason)
}

/** "some_identifier" → "Some identifier" */
export function sentence(identifier: string): string {
  const words = identifier.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
