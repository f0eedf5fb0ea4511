// An answer: as a table or a chart, with its counts and its CSV.
import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core'
import { IconDownload, IconTableOff } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { downloadText } from '../../lib/csv'
import { zoneLabel } from '../../lib/zone'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { useTile } from '../../ui/tile'
import { toastFailed } from '../../ui/toast'
import { AnswerChart } from './AnswerChart'
import { AnswerTable } from './AnswerTable'
import { type ChartChoice, settingsOf } from './chart'
import type { ComparedRow } from './difference'
import type { ChartSettings, SqlAnswer, SqlColumn } from './model'
import classes from './Sql.module.css'

export type Csv = { label: string; fileName: string; load: () => Promise<string> }

type Props = {
  answer: SqlAnswer
  /** How many rows there are, in words. */
  count: string
  csv: Csv
  isStale?: boolean
  /** How it is drawn; none: as a table. */
  chart: ChartChoice | undefined
  onChart: (settings: ChartSettings | undefined) => void
  /** Which answer it is, where it is not the one to the statement above. */
  head?: ReactNode
  /** The rows with what changed in them, in place of those of the answer. */
  compared?: readonly ComparedRow[] | undefined
  /** Of a saved question, which boards can show. */
  title?: string | undefined
}

const VIEWS = [
  { value: 'table', label: 'Table' },
  { value: 'line', label: 'Lines' },
  { value: 'bar', label: 'Bars' },
]

export function Answer({ answer, count, csv, isStale, chart, onChart, head, compared, title }: Props) {
  const isTile = useTile() !== null
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
      <CsvDownload csv={csv} isEmpty={answer.row_count === 0} />
    </>
  )
  return (
    <Card
      title={(isTile && title) || 'Answer'}
      piece={title === undefined ? undefined : 'sql.question'}
      note={<span role="status">{count}</span>}
      actions={actions}
      flush={!chart}
    >
      {head && <div className={chart ? undefined : classes.head}>{head}</div>}
      <div className={classes.answer} data-stale={isStale || undefined}>
        {(compared ?? answer.rows).length === 0 ? (
          <Empty icon={IconTableOff} title="No rows">
            The statement ran, and nothing matches it.
          </Empty>
        ) : chart ? (
          <AnswerChart answer={answer} settings={settings} onChange={onChart} />
        ) : (
          <AnswerTable answer={answer} compared={compared} />
        )}
      </div>
      {!chart && columns.some(({ type }) => type === 'timestamptz') && zoneLabel() !== 'UTC' && (
        <p className={classes.footnote}>Times are shown by the clock of {zoneLabel()}; the statement counts in UTC.</p>
      )}
    </Card>
  )
}

function CsvDownload({ csv: { label, fileName, load }, isEmpty }: { csv: Csv; isEmpty: boolean }) {
  const csv = useMutation({ mutationFn: load })
  const download = () =>
    csv.mutate(undefined, {
      onSuccess: (text) => downloadText(fileName, text),
      onError: (error) => toastFailed('The file could not be made', error),
    })
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label="Download as CSV" disabled={isEmpty} loading={csv.isPending} onClick={download}>
        <IconDownload size={15} />
      </ActionIcon>
    </Tooltip>
  )
}
