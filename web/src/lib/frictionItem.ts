// Names and keys of what has friction: an element, or a group of errors; pure.
import type { AnalysisSearch } from './analysis'

export type FrictionIdentity = {
  element_selector?: string | null
  element_text?: string | null
  error_group?: string | null
  error_message?: string | null
}

/** The key of an entry: its element, or its error group. */
export function frictionKey(item: FrictionIdentity): string {
  return item.element_selector ?? item.error_group ?? 'none'
}

/** The display name: the element's text, else its selector; of an error its message. */
export function frictionName(item: FrictionIdentity): string {
  if (isErrorItem(item)) return item.error_message ?? 'Error without a message'
  return (item.element_text?.trim() || item.element_selector) ?? 'No specific element'
}

export function isErrorItem(item: FrictionIdentity): boolean {
  return item.element_selector == null && item.error_group != null
}

/** The filter that asks for the entry with this key. */
export function keyFilter(key: string): AnalysisSearch {
  return /^v\d+:[0-9a-f]+$/.test(key) ? { error_group: key } : { selector: key }
}
