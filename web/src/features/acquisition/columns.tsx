// The columns of a breakdown's table.
import { Link } from '@tanstack/react-router'
import { BREAKDOWN_LABELS, type Breakdown } from '../../lib/breakdowns'
import { valueHelp, valueLabel } from '../../lib/breakdownValues'
import { conversionShare, engagedShare, revenueOf } from '../../lib/engagement'
import { duration, percent } from '../../lib/format'
import { money, shortMoney } from '../../lib/locale'
import type { Column } from '../../ui/DataTable'
import { ChangeBadge, Num } from '../../ui/Figures'
import classes from './Acquisition.module.css'
import type { AcquisitionRow, Sum } from './api'
import { frictionShare } from './figures'
import { type AcquisitionSearch, sessionsOf } from './model'

type Table = {
  projectId: string
  search: AcquisitionSearch
  by: Breakdown /** The most sessions of a row. */
  most: number
  hasSessions: boolean
}

export function valueColumns({ projectId, search, by, most, hasSessions }: Table): Column<AcquisitionRow>[] {
  return [
    {
      key: 'value',
      header: BREAKDOWN_LABELS[by],
      cell: ({ value }) => <Value by={by} value={value} />,
      small: 'title',
    },
    {
      key: 'sessions',
      header: 'Sessions',
      align: 'right',
      width: '180px',
      cell: (row) => <Sessions sessions={row.sessions} most={most} />,
      small: 'figure',
    },
    {
      key: 'change',
      header: 'Change',
      align: 'right',
      cell: (row) => <ChangeBadge current={row.sessions} previous={row.previous_sessions} good="up" />,
    },
    { key: 'visitors', header: 'Visitors', align: 'right', cell: (row) => <Num value={row.visitors} /> },
    { key: 'engaged', header: 'Engaged', align: 'right', cell: (row) => <Share share={engagedShare(row)} /> },
    { key: 'friction', header: 'With friction', align: 'right', cell: (row) => <Share share={frictionShare(row)} /> },
    { key: 'conversions', header: 'Conversions', align: 'right', cell: (row) => <Num value={row.conversions} /> },
    { key: 'conversion', header: 'Conversion', align: 'right', cell: (row) => <Share share={conversionShare(row)} /> },
    {
      key: 'revenue',
      header: 'Revenue',
      align: 'right',
      cell: ({ revenue }) => <Money sums={revenue} />,
      isKnown: ({ revenue }) => revenue.length > 0,
    },
    {
      key: 'median',
      header: 'Median duration',
      align: 'right',
      cell: ({ median_seconds: seconds }) => (seconds == null ? '–' : duration(seconds * 1000)),
      isExtra: true,
      small: 'fact',
    },
    ...(hasSessions
      ? [
          {
            key: 'open',
            header: '',
            name: 'Link to sessions',
            align: 'right' as const,
            cell: (row: AcquisitionRow) => (
              <SessionsLink projectId={projectId} search={search} by={by} value={row.value} />
            ),
            small: 'fact' as const,
          },
        ]
      : []),
  ]
}

function Value({ by, value }: { by: Breakdown; value: string | null | undefined }) {
  return (
    <span
      className={classes.value}
      data-none={value == null || undefined}
      title={valueHelp(by, value) ?? valueLabel(by, value)}
    >
      {valueLabel(by, value)}
    </span>
  )
}

function Sessions({ sessions, most }: { sessions: number; most: number }) {
  return (
    <span className={classes.sessions}>
      <i style={{ width: `${(sessions / most) * 100}%` }} />
      <Num value={sessions} />
    </span>
  )
}

function Share({ share }: { share: number | null }) {
  return share === null ? '–' : percent(share)
}

/** The largest sum, and how many more there are; all of them in full on hover. */
function Money({ sums }: { sums: readonly Sum[] }) {
  const [first, ...others] = revenueOf(sums, [])
  if (first === undefined) return '–'
  return (
    <span title={[first, ...others].map(({ amount, currency }) => money(amount, currency)).join(', ')}>
      {shortMoney(first.amount, first.currency)}
      {others.length > 0 && ` +${others.length}`}
    </span>
  )
}

function SessionsLink({
  projectId,
  search,
  by,
  value,
}: {
  projectId: string
  search: AcquisitionSearch
  by: Breakdown
  value: string | null | undefined
}) {
  const filtered = sessionsOf(search, by, value)
  if (filtered === undefined) return null
  return (
    <Link
      className={classes.link}
      to="/p/$projectId/sessions"
      params={{ projectId }}
      search={filtered}
      aria-label={`Sessions of ${valueLabel(by, value)}`}
      onClick={(event) => event.stopPropagation()}
    >
      Sessions
    </Link>
  )
}
