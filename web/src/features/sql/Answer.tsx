// The answer of a statement: as a table or a chart, with its counts and its CSV.
import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core'
import { IconDownload, IconTableOff } from '@tabler/icons-react'
import { downloadText } from '../../lib/csv'
import { duration, exactNumber } from '../../lib/format'
import { zoneLabel } from '../../lib/zone'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { toastFailed } from '../../ui/toast'
import { AnswerChart } from './AnswerChart'
import { AnswerTable } from './AnswerTable'
import { type Request, useCsv } from './api'
import { type ChartChoice, settingsOf } from './chart'
import { type ChartSettings, CSV_ROWS, type SqlAnswer, type SqlColumn } from './model'
import classes from './Sql.module.css'

type Props = {
  projectId: string
  done: { answer: SqlAnswer; request: Request }
  isStale: boolean
  /** How it is drawn; none: as a table. */
  chart: ChartChoice | undefined
  onChart: (settings: ChartSettings | undefined) => void
}

const VIEWS = [
  { value: 'table', label: 'Table' },
  { value: 'line', label: 'Lines' },
  { value: 'bar', label: 'Bars' },
]

export function Answer({ projectId, done: { answer, request }, isStale, chart, onChart }: Props) {
  const columns = answer.columns as SqlColumn[]
  const settings = chart && settingsOf(columns, chart)
  const choose = (view: string) => {
    if (view !== 'line' && view !== 'bar') return onChart(undefined)
    const { shape: _shape, ...chosen } = chart ?? { shape: view }
    onChart(settingsOf(columns, { ...chosen, shape: view }) ?? { shape: view, x: '', y: [] })
  }
  const actions = (
    <>
      <SegmentedControl size="xs" aria-label="Show as" data={VIEWS} value={chart?.shape ?? 'table'} onChange={choose} />
      <CsvDownload projectId={projectId} request={request} isEmpty={answer.row_count === 0} />
    </>
  )
  return (
    <Card
      title="Answer"
      note={<span role="status">{countText(answer, request.limit)}</span>}
      actions={actions}
      flush={!chart}
    >
      <div className={classes.answer} data-stale={isStale || undefined}>
        {answer.row_count === 0 ? (
          <Empty icon={IconTableOff} title="No rows">
            The statement ran, and nothing matches it.
          </Empty>
        ) : chart ? (
          <AnswerChart answer={answer} settings={settings} onChange={onChart} />
        ) : (
          <AnswerTable answer={answer} />
        )}
      </div>
      {!chart && columns.some(({ type }) => type === 'timestamptz') && zoneLabel() !== 'UTC' && (
        <p className={classes.footnote}>Times are shown by the clock of {zoneLabel()}; the statement counts in UTC.</p>
      )}
    </Card>
  )
}

/** "1,000 rows in 84 ms, limited to 1,000" */
function countText(
  { row_count: count, truncated, elapsed_ms: elapsed }: SqlAnswer,
  limit: number | null | undefined,
): string {
  const rows = `${exactNumber(count)} ${count === 1 ? 'row' : 'rows'} in ${duration(elapsed)}`
  return truncated ? `${rows}, limited to ${exactNumber(limit ?? count)}: there are more` : rows
}

function CsvDownload({ projectId, request, isEmpty }: { projectId: string; request: Request; isEmpty: boolean }) {
  const csv = useCsv(projectId)
  const download = () =>
    csv.mutate(request, {
      onSuccess: (text) => downloadText('answer.csv', text),
      onError: (error) => toastFailed('The file could not be made', error),
    })
  return (
    <Tooltip label={`Download as CSV, up to ${exactNumber(CSV_ROWS)} rows`}>
      <ActionIcon aria-label="Download as CSV" disabled={isEmpty} loading={csv.isPending} onClick={download}>
        <IconDownload size={15} />
      </ActionIcon>
    </Tooltip>
  )
}
