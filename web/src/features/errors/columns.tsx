// The columns of the list of errors.
import { Sparkline } from '../../charts/Sparkline'
import { exactNumber } from '../../lib/format'
import { Assignee, AssignMenu, type AssignProps } from '../../ui/AssignMenu'
import { ToneBadge } from '../../ui/Badges'
import type { Column } from '../../ui/DataTable'
import { ChangeBadge, Num, Time } from '../../ui/Figures'
import type { Change, ErrorGroup } from './api'
import classes from './Errors.module.css'
import { errorName, frameName, messageParts } from './model'
import { StatusBadge, StatusMenu } from './StatusMenu'

type Around = Pick<AssignProps, 'people' | 'myId'> & {
  mayDecide: boolean
  period: { from: string } | undefined
  onChange: (change: Change) => void
}

export function errorColumns(around: Around): Column<ErrorGroup>[] {
  return [
    {
      key: 'error',
      header: 'Error',
      cell: (row) => <What row={row} isNew={around.period !== undefined && row.first_seen >= around.period.from} />,
      small: 'title',
    },
    {
      key: 'trend',
      header: 'Trend',
      cell: (row) => <Sparkline values={row.trend} tone="bad" height={22} width={72} />,
      isExtra: true,
    },
    {
      key: 'count',
      header: 'Occurrences',
      align: 'right',
      sort: 'count',
      cell: (row) => <Occurrences row={row} />,
      small: 'figure',
    },
    { key: 'people', header: 'People', align: 'right', sort: 'people', cell: (row) => <People row={row} /> },
    { key: 'sessions', header: 'Sessions', align: 'right', cell: (row) => <Num value={row.sessions} />, isExtra: true },
    { key: 'where', header: 'Mostly on', cell: (row) => <Where row={row} />, isExtra: true, small: 'line' },
    {
      key: 'first',
      header: 'First seen',
      align: 'right',
      sort: 'first_seen',
      cell: (row) => <Time at={row.first_seen} />,
      small: 'none',
    },
    { key: 'last', header: 'Last seen', align: 'right', sort: 'last_seen', cell: (row) => <Time at={row.last_seen} /> },
    { key: 'status', header: 'Status', cell: (row) => <Status row={row} around={around} /> },
    { key: 'assigned', header: 'Assigned to', cell: (row) => <AssignedTo row={row} around={around} /> },
  ]
}

function What({ row, isNew }: { row: ErrorGroup; isNew: boolean }) {
  const { type, text } = messageParts(row)
  const frame = frameName(row)
  return (
    <div className={classes.what} title={errorName(row)}>
      <span className={classes.whatTitle}>
        <span>{type ?? text}</span>
        {isNew && <ToneBadge tone="warn">New</ToneBadge>}
      </span>
      {type && <span className={classes.whatText}>{text}</span>}
      {frame && <span className={classes.whatFrame}>{frame}</span>}
    </div>
  )
}

function Occurrences({ row }: { row: ErrorGroup }) {
  return (
    <span className={classes.counted}>
      <Num value={row.count} />
      <small>
        <ChangeBadge current={row.count} previous={row.previous_count} good="down" />
      </small>
    </span>
  )
}

function People({ row }: { row: ErrorGroup }) {
  return (
    <span
      className={classes.counted}
      title={`${exactNumber(row.visitors)} visitors, ${exactNumber(row.customers)} known customers`}
    >
      <Num value={row.visitors} />
      {row.customers > 0 && <small>{exactNumber(row.customers)} known</small>}
    </span>
  )
}

function Where({ row }: { row: ErrorGroup }) {
  const [page, browser] = [row.pages[0], row.browsers[0]]
  const list = (values: ErrorGroup['pages']) =>
    values.map(({ value, count }) => `${value ?? 'unknown'} ${exactNumber(count)}`).join(', ')
  return (
    <span className={classes.where} title={`Pages: ${list(row.pages)}. Browsers: ${list(row.browsers)}`}>
      <span>{page?.value ?? 'Unknown page'}</span>
      <small>{browser?.value ?? 'Unknown browser'}</small>
    </span>
  )
}

function Status({ row, around }: { row: ErrorGroup; around: Around }) {
  if (!around.mayDecide) return <StatusBadge status={row.status} />
  return (
    <StatusMenu
      status={row.status}
      about={errorName(row)}
      onDecide={(update) => around.onChange({ group: row.error_group, before: { status: row.status }, update })}
    />
  )
}

function AssignedTo({ row, around: { people, myId, mayDecide, onChange } }: { row: ErrorGroup; around: Around }) {
  const assignee = row.assigned_to ?? null
  if (!mayDecide) return <Assignee people={people} assignee={assignee} />
  return (
    <AssignMenu
      people={people}
      myId={myId}
      assignee={assignee}
      onAssign={(id) =>
        onChange({ group: row.error_group, before: { status: row.status }, update: { assigned_to: id } })
      }
    />
  )
}
