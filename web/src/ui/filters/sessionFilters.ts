// The filters by source, entry, exit and city, as the filter bar shows them with those that all pages share.
import { SESSION_FILTER_HINTS, SESSION_FILTER_LABELS, SESSION_FILTERS, storedFilterText, type SessionFilter, type SessionFilterValues } from '../../lib/sessionFilters'
import type { PageFilters } from './pageFilters'

export function sessionPageFilters(values: SessionFilterValues, onChange: (filter: SessionFilter, value: string | undefined) => void): PageFilters {
  return {
    heading: 'Sessions',
    filters: SESSION_FILTERS.map((key) => ({ key, label: SESSION_FILTER_LABELS[key], hint: SESSION_FILTER_HINTS[key], onApply: (typed: string) => onChange(key, storedFilterText(key, typed)) })),
    chips: SESSION_FILTERS.flatMap((key) => {
      const value = values[key]
      return value === undefined ? [] : [{ key, name: SESSION_FILTER_LABELS[key], value, onRemove: () => onChange(key, undefined) }]
    }),
    toggles: [],
  }
}
