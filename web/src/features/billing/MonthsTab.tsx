// Months: which are closed and with what, which can be, and what came too late for them.
import { Button } from '@mantine/core'
import { IconCalendarCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useRole } from '../../api/useRole'
import { duration } from '../../lib/format'
import { money } from '../../lib/money'
import { zoneLabel } from '../../lib/zone'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Num, Time } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { CsvButton } from '../../ui/TableActions'
import { AdjustmentList } from './AdjustmentList'
import { closedMonthsQuery, monthsQuery, tariffQuery } from './api'
import classes from './Billing.module.css'
import { CloseMonth } from './CloseMonth'
import { hasAdjustments, type MonthLine, monthLines, monthSheet, type Tab } from './model'
import { monthName } from './periods'

type Props = {
  projectId: string
  openKey: string | undefined
  onOpen: (key: string | undefined) => void
  onShow: (tab: Tab) => void
}

export function MonthsTab({ projectId, openKey, onOpen, onShow }: Props) {
  return (
    <>
      <Months projectId={projectId} onShow={onShow} />
      <AdjustmentList projectId={projectId} openKey={openKey} onOpen={onOpen} />
    </>
  )
}

export function Months({ projectId, onShow }: Pick<Props, 'projectId' | 'onShow'>) {
  const { may } = useRole(projectId)
  const closed = useQuery(closedMonthsQuery(projectId))
  const usage = useQuery({ ...monthsQuery(projectId), enabled: may('analyst') })
  const tariff = useQuery(tariffQuery(projectId))
  const [closing, setClosing] = useState<MonthLine | null>(null)
  const lines = monthLines(closed.data ?? [], usage.data, Date.now())
  const why = !may('admin') ? 'Only owners and admins can close months' : !tariff.data ? 'Set a tariff first' : null
  const isLoading = usage.isLoading && may('analyst')

  return (
    <>
      <Card
        title="Months"
        piece="billing.months"
        help="A closed month keeps its calls and amounts. Later changes become adjustments."
        note={zoneLabel()}
        flush
        actions={<CsvButton sheet={monthSheet(lines)} />}
      >
        <Result
          what="The closed months"
          question={{ ...closed, data: isLoading ? undefined : closed.data }}
          skeleton={<RowsSkeleton rows={4} />}
        >
          {() =>
            lines.length === 0 ? (
              <Empty
                icon={IconCalendarCheck}
                title="No months yet"
                action={
                  may('admin') && (
                    <Button variant="default" onClick={() => onShow('tariff')}>
                      {tariff.data ? 'Show tariff' : 'Set tariff'}
                    </Button>
                  )
                }
              >
                Months with calls are listed here. You can close a month once it has ended.
              </Empty>
            ) : (
              <DataTable
                label="Months"
                columns={columns((line) => <State line={line} why={why} onClose={() => setClosing(line)} />)}
                rows={lines}
                rowKey={(line) => line.month}
              />
            )
          }
        </Result>
      </Card>
      {closing && <CloseMonth projectId={projectId} line={closing} onClose={() => setClosing(null)} />}
    </>
  )
}

function columns(state: (line: MonthLine) => ReactNode): Column<MonthLine>[] {
  const amount = (line: MonthLine, minor: number | null | undefined) =>
    line.currency ? money(minor ?? 0, line.currency) : '–'
  return [
    { key: 'month', header: 'Month', cell: (line) => <Name line={line} />, small: 'title' },
    { key: 'calls', header: 'Calls', align: 'right', cell: ({ figures }) => <Num value={figures.calls} /> },
    {
      key: 'inferred',
      header: 'Inferred ends',
      align: 'right',
      cell: ({ figures }) => <Num value={figures.inferred_calls} />,
      isExtra: true,
    },
    {
      key: 'time',
      header: 'Billable',
      align: 'right',
      cell: ({ figures }) => duration(figures.billable_seconds * 1000),
    },
    {
      key: 'amount',
      header: 'Amount',
      align: 'right',
      cell: (line) => <b className={classes.nowrap}>{amount(line, line.figures.amount_minor)}</b>,
      small: 'figure',
    },
    {
      key: 'late',
      header: 'Adjustments',
      align: 'right',
      cell: (line) =>
        line.adjustments && hasAdjustments(line.adjustments) && amount(line, line.adjustments.amount_minor),
      isKnown: ({ adjustments }) => adjustments !== null && hasAdjustments(adjustments),
    },
    { key: 'state', header: 'Status', align: 'right', cell: state, small: 'line' },
  ]
}

/** With its instants, where it was closed in another time zone or stands beside one that was. */
function Name({ line: { month, bounds } }: { line: MonthLine }) {
  return (
    <>
      {monthName(month)}
      {bounds !== null && <span className={classes.bounds}>{bounds}</span>}
    </>
  )
}

function State({ line, why, onClose }: { line: MonthLine; why: string | null; onClose: () => void }) {
  if (line.closedAt) return <Time at={line.closedAt} prefix="Closed " />
  if (line.state === 'running') return <span className={classes.muted}>Current month</span>
  return (
    <Button variant="default" size="compact-sm" disabled={why !== null} title={why ?? undefined} onClick={onClose}>
      Close month
    </Button>
  )
}
