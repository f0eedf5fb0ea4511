// Chooses the period: a preset, or a range of days from a calendar.
import { Button, Popover, Skeleton } from '@mantine/core'
import { IconCalendar, IconCheck, IconChevronDown } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { type AnalysisSearch, DEFAULT_PERIOD, withPreset, withRange } from '../../lib/analysis'
import { PRESET_LABELS, PRESETS, wholeDays } from '../../lib/period'
import { periodRange } from '../../lib/time'
import { zoneLabel } from '../../lib/zone'
import classes from './PeriodPicker.module.css'

const RangeCalendar = lazy(() => import('./RangeCalendar'))

type Props = { search: AnalysisSearch; onChange: (search: AnalysisSearch) => void }

export function PeriodPicker({ search, onChange }: Props) {
  const [isOpen, setOpen] = useState(false)
  const choose = (next: AnalysisSearch) => {
    setOpen(false)
    onChange(next)
  }
  const current = search.from ? undefined : (search.period ?? DEFAULT_PERIOD)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          onClick={() => setOpen(!isOpen)}
          leftSection={<IconCalendar size={14} />}
          rightSection={<IconChevronDown size={14} />}
        >
          {periodLabel(search)} <span className={classes.zone}>{zoneLabel()}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label="Period">
        <div className={classes.presets}>
          {PRESETS.map((preset) => (
            <button
              key={preset}
              type="button"
              className={classes.preset}
              aria-pressed={preset === current}
              onClick={() => choose(withPreset(search, preset))}
            >
              {PRESET_LABELS[preset]}
              {preset === current && <IconCheck size={14} aria-hidden />}
            </button>
          ))}
        </div>
        <Suspense fallback={<Skeleton width={252} height={252} />}>
          {isOpen && (
            <RangeCalendar
              from={search.from}
              to={search.to}
              onChoose={(first, last) => choose(withRange(search, wholeDays(first, last)))}
            />
          )}
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}

/** The preset's name, or the days or hours of a custom range. */
export function periodLabel(search: AnalysisSearch): string {
  if (search.from && search.to) return periodRange(new Date(search.from), new Date(search.to))
  return PRESET_LABELS[search.period ?? DEFAULT_PERIOD]
}
