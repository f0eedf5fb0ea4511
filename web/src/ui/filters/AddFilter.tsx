// Adds a segment filter: first the dimension, then its value, with the usual values suggested.
import { Autocomplete, Button, Popover, Switch, TextInput } from '@mantine/core'
import { IconChevronLeft, IconFilter } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { DIMENSION_LABELS, DIMENSIONS, withFilter, withIncluded, type AnalysisSearch, type Dimension } from '../../lib/analysis'
import classes from './AddFilter.module.css'
import type { PageFilter, PageFilters } from './pageFilters'
import { CLOSED, storedValue, USUAL } from './values'

const HINTS: Partial<Record<Dimension, string>> = {
  path: '/checkout',
  selector: 'button#pay',
  country: 'Two letters, such as TZ',
}

/** A group of errors has no name one could type; its panel leads to it. */
const OFFERED = DIMENSIONS.filter((name) => name !== 'error_group')

type Props = { search: AnalysisSearch; onChange: (search: AnalysisSearch) => void; page?: PageFilters | undefined }

export function AddFilter({ search, onChange, page }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [dimension, setDimension] = useState<Dimension | null>(null)
  const [pageKey, setPageKey] = useState<string | null>(null)
  const own = page?.filters.find(({ key }) => key === pageKey)
  const back = () => {
    setDimension(null)
    setPageKey(null)
  }
  const toggle = (open: boolean) => {
    setOpen(open)
    if (open) back()
  }
  const apply = (chosen: Dimension, value: string) => {
    setOpen(false)
    onChange(withFilter(search, chosen, value))
  }
  return (
    <Popover opened={isOpen} onChange={toggle} position="bottom-start" width={240} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" leftSection={<IconFilter size={14} />} onClick={() => toggle(!isOpen)}>
          Add filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label="Add filter">
        {own && <OwnValues key={own.key} filter={own} onBack={back} onDone={() => setOpen(false)} />}
        {!own && dimension === null && (
          <div className={classes.menu}>
            {OFFERED.filter((name) => !page?.unused?.includes(name)).map((name) => (
              <Choice key={name} label={DIMENSION_LABELS[name]} onChoose={() => setDimension(name)} />
            ))}
            {page && page.filters.length > 0 && (
              <>
                <span className={classes.heading}>{page.heading}</span>
                {page.filters.map(({ key, label }) => (
                  <Choice key={key} label={label} onChoose={() => setPageKey(key)} />
                ))}
              </>
            )}
            <Switch
              className={classes.bots}
              size="xs"
              label="Include bots"
              checked={search.bots === true}
              onChange={(event) => onChange(withIncluded(search, 'bots', event.currentTarget.checked))}
            />
          </div>
        )}
        {!own && dimension !== null && <Values dimension={dimension} onBack={back} onApply={(value) => apply(dimension, value)} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function Values({ dimension, onBack, onApply }: { dimension: Dimension; onBack: () => void; onApply: (value: string) => void }) {
  const [value, setValue] = useState('')
  const closed = CLOSED[dimension]
  return (
    <>
      <Back onBack={onBack}>{DIMENSION_LABELS[dimension]}</Back>
      {closed ? (
        closed.map((option) => <Choice key={option.value} label={option.label} onChoose={() => onApply(option.value)} />)
      ) : (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (value.trim()) onApply(storedValue(dimension, value))
          }}
        >
          <Autocomplete
            size="xs"
            autoFocus
            aria-label={DIMENSION_LABELS[dimension]}
            placeholder={HINTS[dimension] ?? 'Choose or type'}
            data={USUAL[dimension] ?? []}
            value={value}
            onChange={setValue}
            onOptionSubmit={onApply}
            comboboxProps={{ withinPortal: false }}
          />
          <Button type="submit" disabled={!value.trim()}>
            Add
          </Button>
        </form>
      )}
    </>
  )
}

/** The value of a page's own filter. */
function OwnValues({ filter, onBack, onDone }: { filter: PageFilter; onBack: () => void; onDone: () => void }) {
  return (
    <>
      <Back onBack={onBack}>{filter.label}</Back>
      {'form' in filter ? filter.form(onDone) : <TextValue label={filter.label} hint={filter.hint} onApply={(value) => (onDone(), filter.onApply(value))} />}
    </>
  )
}

function TextValue({ label, hint, onApply }: { label: string; hint: string; onApply: (value: string) => void }) {
  const [value, setValue] = useState('')
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (value.trim()) onApply(value)
      }}
    >
      <TextInput size="xs" autoFocus autoComplete="off" aria-label={label} placeholder={hint} value={value} onChange={(event) => setValue(event.currentTarget.value)} />
      <Button type="submit" disabled={!value.trim()}>
        Add
      </Button>
    </form>
  )
}

function Back({ onBack, children }: { onBack: () => void; children: ReactNode }) {
  return (
    <button type="button" className={classes.back} onClick={onBack}>
      <IconChevronLeft size={14} aria-hidden /> {children}
    </button>
  )
}

function Choice({ label, onChoose }: { label: string; onChoose: () => void }) {
  return (
    <button type="button" className={classes.choice} onClick={onChoose}>
      {label}
    </button>
  )
}
