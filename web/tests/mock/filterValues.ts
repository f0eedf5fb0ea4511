// The mock's values of filters, with the sessions that have them.
import type { components } from '../../src/api/schema.gen'
import { type Dimension, knownValues, valueLabel } from '../../src/lib/filters'
import { pageRows } from './friction'
import type { MockState } from './state'

type FilterValues = components['schemas']['FilterValues']

const VALUES: Partial<Record<Dimension, string[]>> = {
  browser: ['Chrome', 'Safari', 'Samsung Internet', 'Firefox', 'Edge', 'Opera'],
  os: ['Android', 'iOS', 'Windows', 'macOS', 'Linux'],
  device: ['mobile', 'desktop', 'tablet'],
  country: ['TZ', 'KE', 'DE', 'GB', 'US'],
  city: ['Dar es Salaam', 'Zanzibar', 'Nairobi', 'Mombasa'],
  referrer: ['', 'www.google.com', 'l.instagram.com', 'zanzibar-guide.example'],
  utm_source: ['', 'newsletter', 'google', 'instagram'],
}

export function filterValues(state: MockState, query: URLSearchParams): FilterValues {
  const dimension = (query.get('dimension') ?? 'browser') as Dimension
  const search = query.get('search')?.toLowerCase() ?? ''
  const pages = dimension.endsWith('path') ? pageRows().map(({ path }) => path) : []
  const all = state.isEmpty ? [] : (VALUES[dimension] ?? knownValues(dimension) ?? pages)
  const found = all.filter(
    (value) => value.toLowerCase().includes(search) || valueLabel(dimension, value).toLowerCase().includes(search),
  )
  return {
    dimension,
    values: found.slice(0, 20).map((value, index) => ({ value, sessions: Math.round(11_400 / (index + 1) ** 1.6) })),
  }
}
