// The filters of the sessions page, as the filter bar shows them beside those of all pages.
import type { PageFilters } from '../../ui/filters/pageFilters'
import { lazily } from '../../ui/lazily'
import {
  durationText,
  FLAG_LABELS,
  FLAGS,
  type SessionsSearch,
  TEXT_FILTERS,
  TEXT_LABELS,
  type TextFilter,
  withDuration,
  withFlag,
  withText,
} from './model'

const DurationForm = lazily(() => import('./DurationForm').then((form) => form.DurationForm))

const HINTS: Record<TextFilter, string> = {
  user_id: 'The id your site uses',
  visitor_id: 'The id of a browser',
  session_id: 'The id of a session',
}

export function sessionFilters(search: SessionsSearch, onChange: (search: SessionsSearch) => void): PageFilters {
  const { min_seconds: min, max_seconds: max } = search
  const texts = TEXT_FILTERS.flatMap((filter) => {
    const value = search[filter]
    return value === undefined
      ? []
      : [
          {
            key: filter,
            name: TEXT_LABELS[filter],
            value,
            onRemove: () => onChange(withText(search, filter, undefined)),
          },
        ]
  })
  const hasDuration = min !== undefined || max !== undefined
  return {
    heading: 'Sessions',
    filters: [
      ...TEXT_FILTERS.map((filter) => ({
        key: filter,
        label: TEXT_LABELS[filter],
        hint: HINTS[filter],
        onApply: (value: string) => onChange(withText(search, filter, value)),
      })),
      {
        key: 'duration',
        label: 'Duration',
        form: (onDone) => (
          <DurationForm
            min={min}
            max={max}
            onApply={(from, to) => (onDone(), onChange(withDuration(search, from, to)))}
          />
        ),
      },
    ],
    chips: [
      ...texts,
      ...(hasDuration
        ? [
            {
              key: 'duration',
              name: 'Duration',
              value: durationText(min, max),
              onRemove: () => onChange(withDuration(search, undefined, undefined)),
            },
          ]
        : []),
    ],
    toggles: FLAGS.map((flag) => ({
      key: flag,
      label: FLAG_LABELS[flag],
      isOn: search[flag] === true,
      onToggle: (isOn) => onChange(withFlag(search, flag, isOn)),
    })),
  }
}
