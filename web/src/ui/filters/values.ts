// The values a segment filter takes: those suggested, and what is meant by one that was typed; as ingest stores them.
import type { Dimension } from '../../lib/analysis'
import { KIND_NAMES, kindLabel } from '../../lib/words'

/** Suggested where other values are possible. */
export const USUAL: Partial<Record<Dimension, string[]>> = {
  browser: ['Chrome', 'Safari', 'Edge', 'Firefox', 'Samsung Internet', 'Opera'],
  os: ['Android', 'iOS', 'Windows', 'macOS', 'Linux', 'Chrome OS'],
}

/** All there are. */
export const CLOSED: Partial<Record<Dimension, { value: string; label: string }[]>> = {
  friction_kind: KIND_NAMES.map((kind) => ({ value: kind, label: kindLabel(kind) })),
  device: ['desktop', 'mobile', 'tablet', 'program'].map((value) => ({ value, label: value })),
}

/** Names people bring from user agents and other tools. */
const ALSO_KNOWN: Record<string, string> = { 'mac os x': 'macOS', 'mac os': 'macOS', 'os x': 'macOS', mac: 'macOS', chromeos: 'Chrome OS' }

/** The stored value for a typed one: case does not matter, and browsers on phones have the name they have on desktops. */
export function storedValue(dimension: Dimension, typed: string): string {
  const text = typed.trim()
  if (dimension === 'country') return text.toUpperCase()
  if (dimension === 'browser') return usual(dimension, text.replace(/^Mobile (?=\S)|(?<=\S) (?:iOS|Mobile)$/gi, ''))
  return dimension === 'os' ? usual(dimension, ALSO_KNOWN[text.toLowerCase()] ?? text) : text
}

function usual(dimension: Dimension, text: string): string {
  return USUAL[dimension]?.find((name) => name.toLowerCase() === text.toLowerCase()) ?? text
}
