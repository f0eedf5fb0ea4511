// Adds a filter: first what it looks at, then its condition and values.
import { Button, Popover, Switch, TextInput } from '@mantine/core'
import { IconChevronLeft, IconFilter } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type AnalysisSearch, activeFilters, withFilters, withIncluded } from '../../lib/analysis'
import { DIMENSION_LABELS, DIMENSIONS, type Dimension, type Level, levelOf, MAX_FILTERS } from '../../lib/filters'
import classes from './AddFilter.module.css'
import { FilterForm } from './FilterForm'
import type { PageFilter, PageFilters } from './pageFilters'

/** A group of errors has no name one could type; its panel leads to it. */
const OFFERED = DIMENSIONS.filter((name) => name !== 'error_group')

const GROUPS: [level: Level, heading: string][] = [
  ['event', 'Events'],
  ['session', 'Whole sessions'],
  ['friction', 'Friction only'],
]

type Props = { search: AnalysisSearch; onChange: (search: AnalysisSearch) => void; page?: PageFilters | undefined }

export function AddFilter({ search, onChange, page }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [dimension, setDimension] = useState<Dimension | null>(null)
  const [pageKey, setPageKey] = useState<string | null>(null)
  const own = page?.filters.find(({ key }) => key === pageKey)
  const filters = activeFilters(search)
  const back = () => {
    setDimension(null)
    setPageKey(null)
  }
  const toggle = (open: boolean) => {
    setOpen(open)
    if (open) back()
  }
  return (
    <Popover opened={isOpen} onChange={toggle} position="bottom-start" width={264} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFilter size={14} />}
          disabled={filters.length >= MAX_FILTERS}
          onClick={() => toggle(!isOpen)}
        >
          Add filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label="Add filter">
        {own && <OwnValues key={own.key} filter={own} onBack={back} onDone={() => setOpen(false)} />}
        {!own && dimension === null && (
          <Menu search={search} onChange={onChange} page={page} onDimension={setDimension} onPageKey={setPageKey} />
        )}
        {!own && dimension !== null && (
          <>
            <Back onBack={back}>{DIMENSION_LABELS[dimension]}</Back>
            <FilterForm
              dimension={dimension}
              onApply={(filter) => {
                setOpen(false)
                onChange(withFilters(search, [...filters, filter]))
              }}
            />
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

type MenuProps = Props & { onDimension: (dimension: Dimension) => void; onPageKey: (key: string) => void }

function Menu({ search, onChange, page, onDimension, onPageKey }: MenuProps) {
  return (
    <div className={classes.menu}>
      {GROUPS.map(([level, heading]) => {
        const offered = OFFERED.filter((name) => levelOf(name) === level && !page?.unused?.includes(name))
        if (offered.length === 0) return null
        return (
          <div key={level} role="group" aria-label={heading}>
            <span className={classes.heading}>{heading}</span>
            {offered.map((name) => (
              <Choice key={name} label={DIMENSION_LABELS[name]} onChoose={() => onDimension(name)} />
            ))}
          </div>
        )
      })}
      {page && page.filters.length > 0 && (
        <div role="group" aria-label={page.heading}>
          <span className={classes.heading}>{page.heading}</span>
          {page.filters.map(({ key, label }) => (
            <Choice key={key} label={label} onChoose={() => onPageKey(key)} />
          ))}
        </div>
      )}
      <Switch
        className={classes.bots}
        size="xs"
        label="Include bots"
        checked={search.bots === true}
        onChange={(event) => onChange(withIncluded(search, 'bots', event.currentTarget.checked))}
      />
    </div>
  )
}

/** The value of a page's own filter. */
function OwnValues({ filter, onBack, onDone }: { filter: PageFilter; onBack: () => void; onDone: () => void }) {
  return (
    <>
      <Back onBack={onBack}>{filter.label}</Back>
      {'form' in filter ? (
        filter.form(onDone)
      ) : (
        <TextValue label={filter.label} hint={filter.hint} onApply={(value) => (onDone(), filter.onApply(value))} />
      )}
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
      <TextInput
        size="xs"
        autoFocus
        autoComplete="off"
        aria-label={label}
        placeholder={hint}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
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
