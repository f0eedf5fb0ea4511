// The filters that choose whole sessions by where they came from, began and ended: names as the API has them, values as they are stored; pure.

export const SESSION_FILTERS = ['entry_path', 'exit_path', 'referrer', 'utm_source', 'utm_medium', 'utm_campaign', 'city'] as const
export type SessionFilter = (typeof SESSION_FILTERS)[number]

export type SessionFilterValues = { [F in SessionFilter]?: string }

export const SESSION_FILTER_LABELS: Record<SessionFilter, string> = {
  entry_path: 'Entry page',
  exit_path: 'Exit page',
  referrer: 'Referrer',
  utm_source: 'UTM source',
  utm_medium: 'UTM medium',
  utm_campaign: 'UTM campaign',
  city: 'City',
}

/** An example of each. */
export const SESSION_FILTER_HINTS: Record<SessionFilter, string> = {
  entry_path: '/pricing',
  exit_path: '/checkout',
  referrer: 'www.google.com',
  utm_source: 'newsletter',
  utm_medium: 'email',
  utm_campaign: 'spring_sale',
  city: 'Dar es Salaam',
}

/** The filters among search parameters that nobody has checked. */
export function parseSessionFilters(search: Record<string, unknown>): SessionFilterValues {
  const parsed: SessionFilterValues = {}
  for (const name of SESSION_FILTERS) {
    const text = filterText(search[name])
    if (text) parsed[name] = text
  }
  return parsed
}

export function filterText(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return String(value).trim() || undefined
}

/** The stored value for a typed one: of an address the host or the path. */
export function storedFilterText(filter: SessionFilter, typed: string): string {
  const text = typed.trim()
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
  if (filter === 'referrer') return (url?.host ?? text).toLowerCase()
  if (filter !== 'entry_path' && filter !== 'exit_path') return text
  return url?.pathname ?? (text.startsWith('/') ? text : `/${text}`)
}
