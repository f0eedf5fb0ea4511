// Chooses the period of usage: a calendar month, a rolling span, or days from a calendar.
import { Button, Popover, Skeleton } from '@mantine/core'
import { IconCalendar, IconCheck, IconChevronDown } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { wholeDays } from '../../lib/period'
import { zoneLabel } from '../../lib/zone'
import classes from './Billing.module.css'
import { type BillingPeriod, PERIOD_LABELS, PERIODS, periodName } from './periods'

const RangeCalendar = lazy(() => import('../../ui/filters/RangeCalendar'))

export function PeriodMenu({ period, onChange }: { period: BillingPeriod; onChange: (period: BillingPeriod) => void }) {
  const [isOpen, setOpen] = useState(false)
  const choose = (next: BillingPeriod) => {
    setOpen(false)
    onChange(next)
  }
  const current = period.from ? undefined : (period.span ?? 'this_month')
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          onClick={() => setOpen(!isOpen)}
          leftSection={<IconCalendar size={14} />}
          rightSection={<IconChevronDown size={14} />}
        >
          {periodName(period)} <span className={classes.zone}>{zoneLabel()}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label="Period">
        <div className={classes.presets}>
          {PERIODS.map((name) => (
            <button
              key={name}
              type="button"
              className={classes.preset}
              aria-pressed={name === current}
              onClick={() => choose(name === 'this_month' ? {} : { span: name })}
            >
              {PERIOD_LABELS[name]}
              {name === current && <IconCheck size={14} aria-hidden />}
            </button>
          ))}
        </div>
        <Suspense fallback={<Skeleton width={252} height={252} />}>
          {isOpen && (
            <RangeCalendar
              from={period.from}
              to={period.to}
              onChoose={(first, last) => choose(wholeDays(first, last))}
            />
          )}
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
