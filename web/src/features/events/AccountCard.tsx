// The outcomes: everything received is accepted, a duplicate, or rejected for a named reason.
import { useQuery } from '@tanstack/react-query'
import type { Outcomes } from '../../api/types'
import { BarList } from '../../charts/BarList'
import type { AnalysisSearch } from '../../lib/analysis'
import { exactNumber, percent } from '../../lib/format'
import { reasonLabel } from '../../lib/words'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Num } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { BlockSkeleton, Empty } from '../../ui/States'
import { CsvButton } from '../../ui/TableActions'
import { outcomesQuery } from './api'
import classes from './Events.module.css'
import { accountHelp, accountOf, dayHeader, outcomeSheet } from './model'

export function AccountCard({ projectId, search }: { projectId: string; search: AnalysisSearch }) {
  const outcomes = useQuery(outcomesQuery(projectId, search))
  return (
    <Result isFramed what="The outcomes" question={outcomes} skeleton={<BlockSkeleton height={320} />}>
      {(data) => (
        <div className={classes.account}>
          <Received outcomes={data} />
          <Reasons outcomes={data} />
          <Days outcomes={data} />
        </div>
      )}
    </Result>
  )
}

export function Received({ outcomes }: { outcomes: Outcomes }) {
  const { received, accepted, duplicate, refused, missing } = accountOf(outcomes)
  const part = (count: number) => (received === 0 ? '–' : percent(count / received))
  return (
    <Card title="Received in this period" piece="events.received" help={accountHelp()}>
      <div className={classes.sum}>
        <Term name="Received" value={received} />
        <i>=</i>
        <Term name="Accepted" value={accepted} note={part(accepted)} />
        <i>+</i>
        <Term name="Duplicates" value={duplicate} note={part(duplicate)} />
        <i>+</i>
        <Term name="Rejected" value={refused} note={part(refused)} />
      </div>
      {missing !== 0 && (
        <p className={classes.missing} role="alert">
          {exactNumber(missing)} events have no outcome. This is an error in the server; please report it.
        </p>
      )}
    </Card>
  )
}

function Term({ name, value, note }: { name: string; value: number; note?: string }) {
  return (
    <div>
      <span className={classes.muted}>{name}</span>
      <b>
        <Num value={value} />
      </b>
      <span className={classes.muted}>{note ?? '\u00a0'}</span>
    </div>
  )
}

export function Reasons({ outcomes }: { outcomes: Outcomes }) {
  const { reasons } = accountOf(outcomes)
  return (
    <Card
      title="Rejected, by reason"
      piece="events.rejected"
      help="Why events were not stored. What can be fixed is kept among the failed events and can be resent."
    >
      {reasons.length === 0 ? (
        <Empty title="No rejected events">Every event in this period was accepted or a duplicate.</Empty>
      ) : (
        <BarList
          bars={reasons.map(({ reason, count }) => ({
            key: reason,
            name: reasonLabel(reason),
            value: count,
            figure: <Num value={count} />,
            title: reason,
          }))}
        />
      )}
    </Card>
  )
}

type Day = Outcomes['days'][number]

const dayColumns = (): Column<Day>[] => [
  { key: 'day', header: dayHeader(), cell: (day) => day.day },
  { key: 'accepted', header: 'Accepted', align: 'right', cell: (day) => <Num value={day.accepted} /> },
  { key: 'duplicate', header: 'Duplicates', align: 'right', cell: (day) => <Num value={day.duplicate} /> },
  { key: 'refused', header: 'Rejected', align: 'right', cell: (day) => <Num value={day.refused} /> },
]

export function Days({ outcomes }: { outcomes: Outcomes }) {
  const days = [...outcomes.days].sort((a, b) => b.day.localeCompare(a.day))
  return (
    <Card
      title="By day"
      piece="events.days"
      help="Accepted: stored. Duplicate: sent before under the same id, and stored once. Rejected: not stored, for a named reason."
      flush
      actions={<CsvButton sheet={outcomeSheet(days)} />}
    >
      <DataTable
        label="Outcomes by day"
        columns={dayColumns()}
        rows={days}
        rowKey={(day) => day.day}
        isCompact
        isScrolled
      />
    </Card>
  )
}
