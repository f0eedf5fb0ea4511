// The values a segment filter takes: those suggested, and what is meant by one that was typed; as ingest stores them.
import type { Dimension } from './filters'

/** Suggested where other values are possible. */
export const USUAL: Partial<Record<Dimension, string[]>> = {
  browser: ['Chrome', 'Safari', 'Edge', 'Firefox', 'Samsung Internet', 'Opera'],
  os: ['Android', 'iOS', 'Windows', 'macOS', 'Linux', 'Chrome OS'],
  device: ['desktop', 'mobile', 'tablet', 'program'],
}

/** An example of what is typed. */
export const HINTS: Partial<Record<Dimension, string>> = {
  path: '/checkout',
  selector: 'button#pay',
  country: 'Two letters, such as TZ',
  city: 'Dar es Salaam',
  entry_path: '/pricing',
  exit_path: '/checkout',
  referrer: 'www.google.com',
  utm_source: 'newsletter',
  utm_medium: 'email',
  utm_campaign: 'spring_sale',
}

/** Names people bring from user agents and other tools. */
const ALSO_KNOWN: Record<string, string> = {
  'mac os x': 'macOS',
  'mac os': 'macOS',
  'os x': 'macOS',
  mac: 'macOS',
  chromeos: 'Chrome OS',
}

/** The stored value for a typed one: case does not matter, browsers on phones have the name they have on desktops, and of an address the host or the path counts. */
export function storedValue(dimension: Dimension, typed: string): string {
  const text = typed.trim()
  if (dimension === 'country') return text.toUpperCase()
  if (dimension === 'browser') return usual(dimension, text.replace(/^Mobile (?=\S)|(?<=\S) (?:iOS|Mobile)$/gi, ''))
  if (dimension === 'device') return text.toLowerCase()
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
  if (dimension === 'referrer') return (url?.host ?? text).toLowerCase()
  if (dimension === 'entry_path' || dimension === 'exit_path')
    return url?.pathname ?? (text.startsWith('/') ? text : `/${text}`)
  return dimension === 'os' ? usual(dimension, ALSO_KNOWN[text.toLowerCase()] ?? text) : text
}

function usual(dimension: Dimension, text: string): string {
  return USUAL[dimension]?.find((name) => name.toLowerCase() === text.toLowerCase()) ?? text
}
