// One filter: its operator and its values, suggested with the sessions that have them.
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { type KeyboardEvent, useContext, useRef, useState } from 'react'
import {
  type Dimension,
  type Filter,
  filterOf,
  isPartial,
  knownValues,
  OPERATOR_LABELS,
  type Operator,
  operatorsOf,
} from '../../lib/filters'
import { HINTS } from '../../lib/filterValues'
import { exactNumber, shortNumber } from '../../lib/format'
import classes from './FilterForm.module.css'
import { type Option, optionsOf, toggled, typedValue } from './formState'
import { SuggestionsContext } from './suggestions'

const BEHAVIOR_OPERATORS: Partial<Record<Operator, string>> = { is: 'did any of these', is_not: 'did none of these' }

type Props = { dimension: Dimension; filter?: Filter | undefined; onApply: (filter: Filter) => void }

export function FilterForm({ dimension, filter, onApply }: Props) {
  const [operator, setOperator] = useState<Operator>(filter?.operator ?? 'is')
  const [values, setValues] = useState<string[]>(filter?.values ?? [])
  const [text, setText] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const useSuggestions = useContext(SuggestionsContext)
  const suggestions = useSuggestions(dimension, text, !isPartial(operator))
  const options = optionsOf({ dimension, operator, values }, text, suggestions.values)
  const typed = typedValue(dimension, operator, text, options)
  // A text that was typed and not confirmed counts, too, where any text is a value.
  const pending = knownValues(dimension) ? undefined : typed
  const next = filterOf(dimension, operator, pending === undefined ? values : [...values, pending])
  const change = (chosen: Operator) => {
    setOperator(chosen)
    // A part of a value is no value, and none is a part.
    if (isPartial(chosen) !== isPartial(operator)) setValues([])
  }
  const confirm = () => {
    if (typed !== undefined) {
      if (!values.includes(typed)) setValues([...values, typed])
      setText('')
    } else if (next) onApply(next)
  }
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    const boxes = [...(list.current?.querySelectorAll<HTMLInputElement>('input') ?? [])]
    const at = boxes.indexOf(document.activeElement as HTMLInputElement)
    boxes[Math.min(Math.max(at + step, 0), boxes.length - 1)]?.focus()
    event.preventDefault()
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        confirm()
      }}
    >
      <NativeSelect
        size="xs"
        aria-label="Condition"
        data={operatorsOf(dimension).map((value) => ({
          value,
          label: (dimension === 'session' ? BEHAVIOR_OPERATORS[value] : undefined) ?? OPERATOR_LABELS[value],
        }))}
        value={operator}
        onChange={(event) => change(event.currentTarget.value as Operator)}
      />
      <TextInput
        size="xs"
        autoFocus
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        aria-label={isPartial(operator) ? 'Part of the value' : 'Value'}
        placeholder={isPartial(operator) ? 'Type a part, then Enter' : (HINTS[dimension] ?? 'Search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={move}
      />
      <div ref={list} className={classes.options} role="group" aria-label="Values" onKeyDown={move}>
        {options.map((option) => (
          <OptionRow
            key={option.value}
            option={option}
            hasCounts={!isPartial(operator) && !suggestions.isLoading && !suggestions.hasFailed}
            onToggle={() => setValues(toggled(values, option.value))}
          />
        ))}
        <Note isEmpty={options.length === 0} isPart={isPartial(operator)} {...suggestions} />
      </div>
      <Button type="button" disabled={next === undefined} onClick={() => next && onApply(next)}>
        Apply
      </Button>
    </form>
  )
}

function OptionRow({ option, hasCounts, onToggle }: { option: Option; hasCounts: boolean; onToggle: () => void }) {
  const sessions = option.sessions ?? 0
  return (
    <div className={classes.option}>
      <Checkbox
        size="xs"
        checked={option.isChosen}
        onChange={onToggle}
        label={
          <span className={classes.label} title={option.label}>
            {option.label}
          </span>
        }
      />
      {hasCounts && (
        <span className={classes.count} title={`${exactNumber(sessions)} sessions`}>
          {shortNumber(sessions)}
        </span>
      )}
    </div>
  )
}

type NoteProps = { isEmpty: boolean; isPart: boolean; isLoading: boolean; hasFailed: boolean }

function Note({ isEmpty, isPart, isLoading, hasFailed }: NoteProps) {
  const text = isPart
    ? isEmpty
      ? 'Letters’ case does not matter.'
      : ''
    : isLoading
      ? 'Loading values…'
      : hasFailed
        ? 'The values could not be loaded. You can type one.'
        : isEmpty
          ? 'No such value in this period. Enter adds it anyway.'
          : ''
  return text === '' ? null : (
    <p className={classes.note} role="status">
      {text}
    </p>
  )
}
