// The one filter bar: period, segment filters as removable chips, and how fresh the figures are.
import { Button, CloseButton, Switch } from '@mantine/core'
import { IconCheck, IconFilter } from '@tabler/icons-react'
import { activeFilters, DIMENSION_LABELS, withFilter, withIncluded, type AnalysisSearch, type Dimension } from '../../lib/analysis'
import { kindLabel } from '../../lib/words'
import { Help } from '../Help'
import { lazily } from '../lazily'
import { PeriodPicker } from './PeriodPicker'
import { Freshness, type Fresh } from './Freshness'
import type { PageFilters } from './pageFilters'
import classes from './FilterBar.module.css'

const AddFilter = lazily(
  () => import('./AddFilter').then((menu) => menu.AddFilter),
  () => (
    <Button variant="subtle" color="gray" aria-disabled leftSection={<IconFilter size={14} />}>
      Add filter
    </Button>
  ),
)

type Props = Fresh & {
  search: AnalysisSearch
  onChange: (search: AnalysisSearch) => void
  /** The page is about friction. */
  hasFriction: boolean
  page?: PageFilters | undefined
}

export function FilterBar({ search, onChange, hasFriction, page, updatedAt, isFetching, onRefresh }: Props) {
  return (
    <div className={classes.bar} role="toolbar" aria-label="Period and filters">
      <div className={classes.controls}>
        <PeriodPicker search={search} onChange={onChange} />
        {activeFilters(search).filter(({ dimension }) => !page?.unused?.includes(dimension)).map(({ dimension, value }) => (
          <Chip
            key={dimension}
            name={DIMENSION_LABELS[dimension]}
            value={shownValue(dimension, value)}
            onRemove={() => onChange(withFilter(search, dimension, undefined))}
          />
        ))}
        {search.bots && <Chip name="Bots" value="included" onRemove={() => onChange(withIncluded(search, 'bots', false))} />}
        {search.answered && !hasFriction && <Chip name="Answered rage clicks" value="included" onRemove={() => onChange(withIncluded(search, 'answered', false))} />}
        {page?.chips.map(({ key, ...chip }) => (
          <Chip key={key} {...chip} />
        ))}
        <AddFilter search={search} onChange={onChange} page={page} />
        {page?.toggles.map(({ key, label, isOn, onToggle }) => (
          <button key={key} type="button" className={classes.toggle} aria-pressed={isOn} onClick={() => onToggle(!isOn)}>
            {isOn && <IconCheck size={13} aria-hidden />}
            {label}
          </button>
        ))}
        {hasFriction && (
          <span className={classes.switch}>
            <Switch
              size="xs"
              label="Answered rage clicks"
              checked={search.answered === true}
              onChange={(event) => onChange(withIncluded(search, 'answered', event.currentTarget.checked))}
            />
            <Help
              about="Answered rage clicks"
              text="Quick clicks in the same place, each with a response from the page. Their severity is low, and figures include them only if you switch this on."
            />
          </span>
        )}
      </div>
      <Freshness updatedAt={updatedAt} isFetching={isFetching} onRefresh={onRefresh} />
    </div>
  )
}

export function Chip({ name, value, onRemove }: { name: string; value: string; onRemove: () => void }) {
  return (
    <span className={classes.chip}>
      <span className={classes.chipName}>{name}</span>
      <span className={classes.chipValue} title={value}>
        {value}
      </span>
      <CloseButton size="xs" aria-label={`Remove filter ${name} ${value}`} onClick={onRemove} />
    </span>
  )
}

function shownValue(dimension: Dimension, value: string): string {
  return dimension === 'friction_kind' ? kindLabel(value) : value
}
