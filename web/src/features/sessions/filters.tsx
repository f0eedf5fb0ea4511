// The filters of the sessions page, as the filter bar shows them beside those of all pages.
import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { SESSION_FILTER_HINTS } from '../../lib/sessionFilters'
import type { PageFilters } from '../../ui/filters/pageFilters'
import { durationText, FLAG_LABELS, FLAGS, storedText, TEXT_FILTERS, TEXT_LABELS, withDuration, withFlag, withText, type SessionsSearch, type TextFilter } from './model'
import classes from './Sessions.module.css'

const HINTS: Record<TextFilter, string> = {
  ...SESSION_FILTER_HINTS,
  user_id: 'The id your site uses',
  visitor_id: 'The id of a browser',
  session_id: 'The id of a session',
}

/** Durations that are often asked for, in seconds. */
const USUAL: [label: string, min: number | undefined, max: number | undefined][] = [
  ['Under 10 seconds', undefined, 10],
  ['10 seconds to 1 minute', 10, 60],
  ['1 to 5 minutes', 60, 300],
  ['5 to 30 minutes', 300, 1800],
  ['Over 30 minutes', 1800, undefined],
]

export function sessionFilters(search: SessionsSearch, onChange: (search: SessionsSearch) => void): PageFilters {
  const { min_seconds: min, max_seconds: max } = search
  const texts = TEXT_FILTERS.flatMap((filter) => {
    const value = search[filter]
    return value === undefined ? [] : [{ key: filter, name: TEXT_LABELS[filter], value, onRemove: () => onChange(withText(search, filter, undefined)) }]
  })
  const hasDuration = min !== undefined || max !== undefined
  return {
    heading: 'Sessions',
    filters: [
      ...TEXT_FILTERS.map((filter) => ({ key: filter, label: TEXT_LABELS[filter], hint: HINTS[filter], onApply: (value: string) => onChange(withText(search, filter, storedText(filter, value))) })),
      { key: 'duration', label: 'Duration', form: (onDone) => <DurationForm min={min} max={max} onApply={(from, to) => (onDone(), onChange(withDuration(search, from, to)))} /> },
    ],
    chips: [...texts, ...(hasDuration ? [{ key: 'duration', name: 'Duration', value: durationText(min, max), onRemove: () => onChange(withDuration(search, undefined, undefined)) }] : [])],
    toggles: FLAGS.map((flag) => ({ key: flag, label: FLAG_LABELS[flag], isOn: search[flag] === true, onToggle: (isOn) => onChange(withFlag(search, flag, isOn)) })),
  }
}

type FormProps = { min: number | undefined; max: number | undefined; onApply: (min: number | undefined, max: number | undefined) => void }

function DurationForm({ min, max, onApply }: FormProps) {
  const [from, setFrom] = useState<number | string>(min ?? '')
  const [to, setTo] = useState<number | string>(max ?? '')
  const seconds = (value: number | string) => (value === '' ? undefined : Number(value))
  const [least, most] = [seconds(from), seconds(to)]
  const isNothing = least === undefined && most === undefined
  const isTurned = least !== undefined && most !== undefined && least > most
  const fields = { size: 'xs', min: 0, max: 86_400, allowDecimal: false, suffix: ' s', hideControls: true } as const
  return (
    <>
      {USUAL.map(([label, least, most]) => (
        <button key={label} type="button" className={classes.choice} onClick={() => onApply(least, most)}>
          {label}
        </button>
      ))}
      <form
        className={classes.duration}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isNothing && !isTurned) onApply(least, most)
        }}
      >
        <NumberInput {...fields} label="From" placeholder="0 s" value={from} onChange={setFrom} />
        <NumberInput {...fields} label="To" placeholder="Any" value={to} onChange={setTo} error={isTurned} />
        <Button type="submit" disabled={isNothing || isTurned}>
          Add
        </Button>
      </form>
    </>
  )
}
