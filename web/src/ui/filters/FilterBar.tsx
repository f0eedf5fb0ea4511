// The one filter bar: period, filters as removable chips, segments, what figures are compared with, and how fresh they are.
import { Button, CloseButton, Switch } from '@mantine/core'
import { IconCheck, IconFilter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type AnalysisSearch, activeFilters, withFilters, withIncluded, withoutFilters } from '../../lib/analysis'
import { type Filter, filterWords, isSame } from '../../lib/filters'
import { Help } from '../Help'
import { lazily } from '../lazily'
import classes from './FilterBar.module.css'
import { type Fresh, Freshness } from './Freshness'
import { PeriodPicker } from './PeriodPicker'
import type { PageFilters } from './pageFilters'

const AddFilter = lazily(
  () => import('./AddFilter').then((menu) => menu.AddFilter),
  () => (
    <Button variant="subtle" color="gray" aria-disabled leftSection={<IconFilter size={14} />}>
      Add filter
    </Button>
  ),
)

const FilterChip = lazily(
  () => import('./FilterChip').then((chip) => chip.FilterChip),
  ({ filter, onRemove }) => {
    const { name, verb, value } = filterWords(filter)
    return <Chip name={[name, verb].filter(Boolean).join(' ')} value={value} onRemove={onRemove} />
  },
)

type Props = Fresh & {
  search: AnalysisSearch
  onChange: (search: AnalysisSearch) => void
  /** The page is about friction. */
  hasFriction: boolean
  page?: PageFilters | undefined
  /** The saved segment that the filters are: its name stands for them. */
  segment?: { name: string } | undefined
  /** Saves and applies segments. */
  segments?: ReactNode
  /** Chooses what figures are compared with, on pages that compare. */
  comparison?: ReactNode
  /** Shares the page. */
  share?: ReactNode
  /** Of a page that was shared: its filters, which stay, and beside which no others are chosen here. */
  fixed?: readonly Filter[] | undefined
}

export function FilterBar({
  search,
  onChange,
  hasFriction,
  page,
  segment,
  segments,
  comparison,
  share,
  fixed,
  updatedAt,
  isFetching,
  onRefresh,
}: Props) {
  const filters = activeFilters(search)
  const change = (at: number, next: (typeof filters)[number][]) =>
    onChange(withFilters(search, filters.toSpliced(at, 1, ...next)))
  return (
    <div className={classes.bar} role="toolbar" aria-label="Period and filters">
      <div className={classes.controls}>
        <PeriodPicker search={search} onChange={onChange} />
        {comparison}
        {segment && <Chip name="Segment" value={segment.name} onRemove={() => onChange(withoutFilters(search))} />}
        {!segment &&
          filters.map((filter, at) =>
            page?.unused?.includes(filter.dimension) ? null : fixed ? (
              <FixedChip
                key={JSON.stringify(filter)}
                filter={filter}
                onRemove={fixed.some((other) => isSame([other], [filter])) ? undefined : () => change(at, [])}
              />
            ) : (
              <FilterChip
                key={JSON.stringify(filter)}
                filter={filter}
                onChange={(changed) => change(at, [changed])}
                onRemove={() => change(at, [])}
              />
            ),
          )}
        {search.bots && (
          <Chip name="Bots" value="included" onRemove={() => onChange(withIncluded(search, 'bots', false))} />
        )}
        {search.answered && !hasFriction && (
          <Chip
            name="Answered rage clicks"
            value="included"
            onRemove={() => onChange(withIncluded(search, 'answered', false))}
          />
        )}
        {page?.chips.map(({ key, ...chip }) => (
          <Chip key={key} {...chip} />
        ))}
        {!fixed && <AddFilter search={search} onChange={onChange} page={page} />}
        {!fixed && segments}
        {!fixed && share}
        {page?.toggles.map(({ key, label, isOn, onToggle }) => (
          <button
            key={key}
            type="button"
            className={classes.toggle}
            aria-pressed={isOn}
            onClick={() => onToggle(!isOn)}
          >
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

function FixedChip({ filter, onRemove }: { filter: Filter; onRemove: (() => void) | undefined }) {
  const { name, verb, value } = filterWords(filter)
  return <Chip name={[name, verb].filter(Boolean).join(' ')} value={value} onRemove={onRemove} />
}

export function Chip({
  name,
  value,
  onRemove,
}: {
  name: string
  value: string /** It stays where this is left out. */
  onRemove?: (() => void) | undefined
}) {
  return (
    <span className={classes.chip}>
      <span className={classes.chipName}>{name}</span>
      <span className={classes.chipValue} title={value}>
        {value}
      </span>
      {onRemove && <CloseButton size="xs" aria-label={`Remove filter ${name} ${value}`} onClick={onRemove} />}
    </span>
  )
}
