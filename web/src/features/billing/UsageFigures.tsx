// The figures of a period in a row, each against the period before; the chosen one is drawn below.
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useRole } from '../../api/useRole'
import { TimeSeries } from '../../charts/TimeSeries'
import { duration, exactNumber, percent } from '../../lib/format'
import { currencyDigits, money, toMinor } from '../../lib/money'
import { bucketName } from '../../lib/time'
import { zoneLabel } from '../../lib/zone'
import { SheetTable } from '../../ui/ChartCard'
import { FigureStrip, type StripFigure } from '../../ui/FigureStrip'
import { ChangeBadge, Num } from '../../ui/Figures'
import { ViewToggle } from '../../ui/TableActions'
import { usageBeforeQuery, useClosedMonths } from './api'
import classes from './Billing.module.css'
import { type BillingSearch, type FigureName, type Figures, type Usage, usageSeries } from './model'
import { callsKnownSince, comparisonGap } from './periods'

type Props = {
  projectId: string
  usage: Usage
  group: 'day' | 'month'
  search: BillingSearch
  onChange: (search: BillingSearch) => void
}

const NAMES: Record<FigureName, string> = {
  amount: 'Amount',
  calls: 'Calls',
  time: 'Billable minutes',
  inferred: 'Inferred ends',
  errors: 'Failed calls',
}

export function UsageFigures({ projectId, usage, group, search, onChange }: Props) {
  const { me } = useRole(projectId)
  const createdAt = me?.projects.find(({ id }) => id === projectId)?.created_at
  const closed = useClosedMonths(projectId)
  const gap = comparisonGap(search, callsKnownSince(createdAt, usage.first_call_at), Date.now(), closed)
  const period = {
    ...(search.span ? { span: search.span } : {}),
    ...(search.from && search.to ? { from: search.from, to: search.to } : {}),
  }
  const { data: before } = useQuery({ ...usageBeforeQuery(projectId, period, search.widget), enabled: gap === null })
  const [isTable, setTable] = useState(false)
  const { currency } = usage
  const chosen =
    search.figure && (currency || search.figure !== 'amount') ? search.figure : currency ? 'amount' : 'calls'
  const series = useMemo(() => usageSeries(usage, group, chosen, Date.now(), closed), [usage, group, chosen, closed])
  const format = useMemo(() => formatOf(chosen, currency ?? null), [chosen, currency])
  const name = chosen === 'amount' && currency ? `Amount (${currency})` : NAMES[chosen]
  const decimals = chosen === 'amount' && currency ? currencyDigits(currency) : 0
  const sheet = {
    name: `footfall-${chosen}`,
    header: [`${group === 'day' ? 'Day' : 'Month'} (${zoneLabel()})`, name],
    rows: series.points.map((point) => [
      bucketName(point.at, series.bucketSeconds),
      decimals > 0 ? point.value.toFixed(decimals) : Math.round(point.value),
    ]),
  }
  return (
    <FigureStrip
      label="Usage"
      piece="billing.usage"
      figures={figuresOf(usage, gap === null ? before?.total : undefined)}
      chosen={chosen}
      onChoose={(figure) => onChange({ ...search, figure })}
    >
      <div className={classes.chartHead}>
        <span>
          {name} by {group}
          {gap !== null && <span className={classes.gap}>{gap}</span>}
        </span>
        <ViewToggle isTable={isTable} onChange={setTable} />
      </div>
      {isTable ? (
        <SheetTable sheet={sheet} label={name} />
      ) : (
        <div className={classes.chart}>
          <TimeSeries
            height={232}
            series={series}
            name={name}
            tone={chosen === 'errors' ? 'bad' : 'accent'}
            shape="bar"
            withPrevious={false}
            format={format}
            {...(group === 'day'
              ? { onRange: (range: { from: string; to: string }) => onChange({ ...withoutPeriod(search), ...range }) }
              : {})}
          />
        </div>
      )}
    </FigureStrip>
  )
}

function figuresOf({ total, currency }: Usage, before: Figures | undefined): StripFigure<FigureName>[] {
  const change = (pick: (figures: Figures) => number, good: 'up' | 'down' | 'neutral') =>
    before && <ChangeBadge current={pick(total)} previous={pick(before)} good={good} />
  const share = (count: number) => (total.calls > 0 ? `${percent(count / total.calls)} of calls` : undefined)
  const amount: StripFigure<FigureName>[] = currency
    ? [
        {
          key: 'amount',
          name: 'Amount',
          value: money(total.amount_minor ?? 0, currency),
          note: change((figures) => figures.amount_minor ?? 0, 'up'),
          help: 'The price of the calls started in this period. Closed months keep their amount.',
        },
      ]
    : []
  return [
    ...amount,
    {
      key: 'calls',
      name: 'Calls',
      value: <Num value={total.calls} />,
      note: change((figures) => figures.calls, 'up'),
      help: 'Calls started in this period.',
    },
    {
      key: 'time',
      name: 'Billable time',
      value: duration(total.billable_seconds * 1000),
      note: change((figures) => figures.billable_seconds, 'up'),
      help: `${exactNumber(total.billable_seconds)} seconds, after free seconds and rounding.`,
    },
    {
      key: 'inferred',
      name: 'Inferred ends',
      value: <Num value={total.inferred_calls} />,
      note: share(total.inferred_calls),
      help: 'Calls whose page reported no end. They end at the last heartbeat, or 30 minutes after the start.',
    },
    {
      key: 'errors',
      name: 'Failed calls',
      value: <Num value={total.errors} />,
      note: share(total.errors),
      help: 'Calls that ended with an error.',
    },
  ]
}

function formatOf(figure: FigureName, currency: string | null): (value: number) => string {
  if (figure === 'amount' && currency) return (value) => money(toMinor(value, currency), currency)
  return figure === 'time' ? (value) => duration(value * 60_000) : exactNumber
}

function withoutPeriod({ span: _span, from: _from, to: _to, ...rest }: BillingSearch): BillingSearch {
  return rest
}
