// The figures of all sessions that the filters choose, each against the period before.
import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { conversionShare, engagedShare, revenueOf } from '../../lib/engagement'
import { percent } from '../../lib/format'
import { money, shortMoney } from '../../lib/locale'
import { useMissingComparison } from '../../ui/comparison'
import { FigureStrip, type StripFigure } from '../../ui/FigureStrip'
import { ChangeBadge, Num, PointsBadge } from '../../ui/Figures'
import classes from './Acquisition.module.css'
import type { Acquisition } from './api'

const HELP = {
  sessions: 'Visits with at least one event that meets the filters. A session ends after 30 minutes without activity.',
  visitors: 'Browsers that these sessions belong to.',
  engaged: 'Sessions of 10 seconds or longer, with two page views or more, or with a conversion.',
  conversion: 'Sessions with an order or a booking.',
  revenue: 'The value of orders and bookings in these sessions, each counted once.',
}

export function Figures({ totals, previous_totals: previous }: Pick<Acquisition, 'totals' | 'previous_totals'>) {
  const missing = useMissingComparison()
  const help = (text: string) => (missing === null ? text : `${text} ${missing}`)
  const revenue = revenueOf(totals.revenue, previous.revenue)
  const figures: StripFigure[] = [
    {
      key: 'sessions',
      name: 'Sessions',
      value: <Num value={totals.sessions} />,
      note: <Change current={totals.sessions} previous={previous.sessions} />,
      help: help(HELP.sessions),
    },
    {
      key: 'visitors',
      name: 'Visitors',
      value: <Num value={totals.visitors} />,
      note: <Change current={totals.visitors} previous={previous.visitors} />,
      help: help(HELP.visitors),
    },
    {
      key: 'engaged',
      name: 'Engaged rate',
      ...share(engagedShare(totals), engagedShare(previous)),
      help: help(HELP.engaged),
    },
    {
      key: 'conversion',
      name: 'Conversion rate',
      ...share(conversionShare(totals), conversionShare(previous)),
      help: help(HELP.conversion),
    },
    ...(revenue.length === 0 ? [{ key: 'revenue', name: 'Revenue', value: '–', help: help(HELP.revenue) }] : []),
    ...revenue.map(({ currency, amount, previous: before }) => ({
      key: currency,
      name: revenue.length === 1 ? 'Revenue' : `Revenue in ${currency}`,
      value: <span title={money(amount, currency)}>{shortMoney(amount, currency)}</span>,
      note: <Change current={amount} previous={before} />,
      help: help(HELP.revenue),
    })),
  ]
  return <FigureStrip label="Key figures" figures={figures} piece="acquisition.figures" />
}

function Change(props: { current: number; previous: number }) {
  return (
    <Against>
      <ChangeBadge {...props} good="up" />
    </Against>
  )
}

function share(current: number | null, previous: number | null): Pick<StripFigure, 'value' | 'note'> {
  if (current === null) return { value: '–' }
  return {
    value: percent(current),
    note: (
      <Against>
        <PointsBadge current={current} previous={previous} good="up" />
      </Against>
    ),
  }
}

/** What a change is against, where there is one. */
function Against({ children }: { children: ReactNode }) {
  const missing = useMissingComparison()
  return (
    <>
      {children}
      {missing === null && ' vs previous'}
    </>
  )
}

const FIGURES = 5

export function FiguresSkeleton() {
  return (
    <section className={classes.figuresSkeleton} role="status" aria-label="Loading key figures">
      {Array.from({ length: FIGURES }, (_, index) => (
        <div key={index}>
          <Skeleton height={12} width={64} />
          <Skeleton height={20} width={88} my={7} />
          <Skeleton height={12} width={110} />
        </div>
      ))}
    </section>
  )
}
