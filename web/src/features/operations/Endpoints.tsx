// Response times by endpoint, with bars against the slowest.
import { SegmentedControl } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import type { components } from '../../api/schema.gen'
import { duration, percent, plural } from '../../lib/format'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Num } from '../../ui/Figures'
import { Empty } from '../../ui/States'
import { CsvButton } from '../../ui/TableActions'
import { type EndpointRow, endpointRows, errorTone, type OperationsSearch, type Sort, sortedBy } from './model'
import classes from './Operations.module.css'
import { Toned } from './ServerStrip'

type Props = {
  requests: components['schemas']['ServerRequests']
  search: OperationsSearch
  onChange: (search: OperationsSearch) => void
}

export function Endpoints({ requests, search, onChange }: Props) {
  const rows = endpointRows(requests.endpoints, search)
  const { span: _span, ...sorted } = search
  const sort = search.sort ?? 'p95'
  const isAscending = (search.order === 'asc') !== (sort === 'route')
  const sheet = {
    name: 'footfall-response-times',
    header: ['Method', 'Endpoint', 'Requests', 'Client errors', 'Server errors', 'p50 ms', 'p95 ms', 'p99 ms'],
    rows: rows.map(({ method, route, requests, clientErrors, serverErrors, p50, p95, p99 }) => [
      method,
      route,
      requests,
      clientErrors,
      serverErrors,
      p50,
      p95,
      p99,
    ]),
  }
  return (
    <Card
      title="Response times"
      piece="operations.endpoints"
      help="Time until the response starts, by endpoint. Percentiles are within 3.2% of the exact ones."
      note={plural(rows.length, 'endpoint')}
      flush
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="Span"
            value={search.span ?? 'recent'}
            data={[
              { value: 'recent', label: 'Last 5 minutes' },
              { value: 'start', label: 'Since the start' },
            ]}
            onChange={(value) => onChange({ ...sorted, ...(value === 'start' ? { span: 'start' } : {}) })}
          />
          <CsvButton sheet={sheet} />
        </>
      }
    >
      {rows.length === 0 ? (
        <Empty icon={IconRoute} title="No requests in the last five minutes">
          Requests are listed here by endpoint, with how long they took.
        </Empty>
      ) : (
        <DataTable
          label="Response times by endpoint"
          columns={columns(rows)}
          rows={rows}
          rowKey={({ key }) => key}
          sort={{ by: sort, isAscending, onSort: (by) => onChange(sortedBy(search, by as Sort)) }}
        />
      )}
    </Card>
  )
}

function columns(rows: EndpointRow[]): Column<EndpointRow>[] {
  const slowest = Math.max(...rows.map(({ p95 }) => p95 ?? 0), 1)
  const time = (ms: number | null) => (ms === null ? '–' : duration(ms, ms < 10 ? 1 : 0))
  return [
    { key: 'route', header: 'Endpoint', sort: 'route', cell: (row) => <Route row={row} />, small: 'title' },
    {
      key: 'requests',
      header: 'Requests',
      sort: 'requests',
      align: 'right',
      cell: ({ requests }) => <Num value={requests} />,
    },
    { key: 'errors', header: 'Errors', sort: 'errors', align: 'right', cell: (row) => <Errors row={row} /> },
    { key: 'p50', header: 'p50', sort: 'p50', align: 'right', cell: ({ p50 }) => time(p50) },
    { key: 'p95', header: 'p95', sort: 'p95', align: 'right', cell: ({ p95 }) => time(p95), small: 'figure' },
    {
      key: 'bar',
      header: 'p50, p95',
      width: '20%',
      cell: ({ p50, p95 }) => <Bar p50={p50 ?? 0} p95={p95 ?? 0} slowest={slowest} />,
      isExtra: true,
      small: 'line',
    },
    { key: 'p99', header: 'p99', sort: 'p99', align: 'right', cell: ({ p99 }) => time(p99) },
  ]
}

function Route({ row: { method, route } }: { row: EndpointRow }) {
  if (route === 'other')
    return (
      <span title="Requests for an unknown path, or with a method that the path does not support">
        Other paths and methods
      </span>
    )
  return (
    <span className={classes.route}>
      <b>{method}</b> <code title={route}>{route}</code>
    </span>
  )
}

function Errors({ row: { requests, clientErrors, serverErrors } }: { row: EndpointRow }) {
  const title = `${plural(serverErrors, 'request')} failed by the server, ${plural(clientErrors, 'request')} refused`
  if (serverErrors > 0)
    return (
      <span title={title} className={classes.wrapped}>
        <Toned tone={errorTone(serverErrors / requests)}>{percent(serverErrors / requests)} failed</Toned>
      </span>
    )
  return (
    <span title={title} className={classes.wrapped}>
      {clientErrors > 0 ? `${percent(clientErrors / requests)} refused` : '–'}
    </span>
  )
}

/** Half of the requests and 95 of 100 in one bar. */
function Bar({ p50, p95, slowest }: { p50: number; p95: number; slowest: number }) {
  return (
    <span className={classes.bar} title="Half of the requests, and 95 of 100, against the slowest endpoint" aria-hidden>
      <i style={{ width: `${(p95 / slowest) * 100}%` }} />
      <i style={{ width: `${(Math.min(p50, p95) / slowest) * 100}%` }} />
    </span>
  )
}
