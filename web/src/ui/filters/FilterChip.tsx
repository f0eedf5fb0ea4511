// A filter in the bar: it reads as a sentence, opens to be changed, and is removed by its cross.
import { CloseButton, Popover } from '@mantine/core'
import { useState } from 'react'
import { type Filter, filterWords } from '../../lib/filters'
import addClasses from './AddFilter.module.css'
import classes from './FilterBar.module.css'
import { FilterForm } from './FilterForm'

type Props = { filter: Filter; onChange: (filter: Filter) => void; onRemove: () => void }

export function FilterChip({ filter, onChange, onRemove }: Props) {
  const [isOpen, setOpen] = useState(false)
  const { name, verb, value } = filterWords(filter)
  const words = [name, verb, value].filter(Boolean).join(' ')
  return (
    <span className={classes.chip}>
      <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={264} trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={classes.edit} title={words} onClick={() => setOpen(!isOpen)}>
            <span className={classes.chipName}>{[name, verb].filter(Boolean).join(' ')}</span>{' '}
            <span className={classes.chipValue}>{value}</span>
          </button>
        </Popover.Target>
        <Popover.Dropdown className={addClasses.dropdown} aria-label={`Change filter ${words}`}>
          <FilterForm
            dimension={filter.dimension}
            filter={filter}
            onApply={(changed) => {
              setOpen(false)
              onChange(changed)
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <CloseButton size="xs" aria-label={`Remove filter ${words}`} onClick={onRemove} />
    </span>
  )
}
