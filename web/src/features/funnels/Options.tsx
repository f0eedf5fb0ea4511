// How steps are counted: the time they may take, their order, who is counted, and by what the figures are broken down.
import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { Help } from '../../ui/Help'
import classes from './Funnels.module.css'
import {
  BREAKDOWN_LABELS,
  BREAKDOWNS,
  DEFAULTS,
  type FunnelSearch,
  ORDER_HELP,
  ORDER_LABELS,
  ORDERS,
  UNIT_HELP,
  UNIT_LABELS,
  UNITS,
  WINDOW_LABELS,
  WINDOWS,
} from './model'

type Props = {
  search: FunnelSearch
  onChange: (option: Partial<Record<'within' | 'order' | 'unit' | 'by', string>>) => void
}

const NO_BREAKDOWN = ''

export function Options({ search, onChange }: Props) {
  const [order, unit] = [search.order ?? DEFAULTS.order, search.unit ?? DEFAULTS.unit]
  return (
    <div className={classes.options}>
      <Choice
        label="Conversion window"
        help="How long after the first step the other steps still count."
        value={search.within ?? DEFAULTS.within}
        options={WINDOWS.map((value) => ({ value, label: WINDOW_LABELS[value] }))}
        onChange={(within) => onChange({ within })}
      />
      <Choice
        label="Order"
        help={`${ORDER_LABELS[order]}: ${ORDER_HELP[order]}`}
        value={order}
        options={ORDERS.map((value) => ({ value, label: ORDER_LABELS[value], note: ORDER_HELP[value] }))}
        onChange={(chosen) => onChange({ order: chosen })}
      />
      <Choice
        label="Count"
        help={`${UNIT_LABELS[unit]}: ${UNIT_HELP[unit]}`}
        value={unit}
        options={UNITS.map((value) => ({ value, label: UNIT_LABELS[value], note: UNIT_HELP[value] }))}
        onChange={(chosen) => onChange({ unit: chosen })}
      />
      <Choice
        label="Break down by"
        help="Shows the figures of each value as well, such as phones and computers. It is the value at the first step."
        value={search.by ?? NO_BREAKDOWN}
        options={[
          { value: NO_BREAKDOWN, label: 'Nothing' },
          ...BREAKDOWNS.map((value) => ({ value, label: BREAKDOWN_LABELS[value] })),
        ]}
        onChange={(by) => onChange({ by })}
      />
    </div>
  )
}

type ChoiceProps = {
  label: string
  help: string
  value: string
  options: { value: string; label: string; note?: string }[]
  onChange: (value: string) => void
}

function Choice({ label, help, value, options, onChange }: ChoiceProps) {
  const notes = new Map(options.map((option) => [option.value, option.note]))
  const name: ReactNode = (
    <span className={classes.optionName} aria-hidden>
      {label}
    </span>
  )
  return (
    <div className={classes.option}>
      <span className={classes.optionHead}>
        {name}
        <Help about={label} text={help} />
      </span>
      <Select
        size="xs"
        aria-label={label}
        allowDeselect={false}
        data={options.map(({ value: key, label: text }) => ({ value: key, label: text }))}
        value={value}
        comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
        onChange={(chosen) => onChange(chosen ?? '')}
        renderOption={({ option }) => {
          const note = notes.get(option.value)
          return (
            <span className={classes.choice}>
              {option.label}
              {note && <small>{note}</small>}
            </span>
          )
        }}
      />
    </div>
  )
}
