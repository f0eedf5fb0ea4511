// Groups side by side: visitors by a value of their first visit, how many of them come back, and whether chance explains how they differ.
import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { DifferenceMark } from '../../charts/DifferenceMark'
import { BREAKDOWN_LABELS, type Breakdown } from '../../lib/breakdowns'
import { valueHelp } from '../../lib/breakdownValues'
import { plural, signedPoints } from '../../lib/format'
import { isClear, type Proportion, wilson } from '../../lib/proportions'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Num } from '../../ui/Figures'
import { CsvButton } from '../../ui/TableActions'
import type { VisitorRetention } from './api'
import type { Show } from './Controls'
import { CurveFrame } from './CurveCard'
import { rangeText, shareText } from './comparison'
import { cellText, intervalText, offsetName } from './figures'
import {
  comparedOffset,
  type GroupRow,
  groupCurveSheet,
  groupCurves,
  groupKey,
  groupRows,
  groupSheet,
  shownOffsets,
  valueOf,
  verdictOnGroup,
} from './groups'
import { type RetentionSearch, type Unit, withValue } from './model'
import classes from './Retention.module.css'

const METHOD =
  'Each visitor is in one group, by the visit in which they came, ordered or booked first; what it is, Acquisition defines. The difference is the group’s share minus that of all other visitors, in percentage points, with Newcombe’s 95% interval. Where the interval leaves out 0, chance alone rarely makes such a difference; of twenty groups without any, one does so on average. Choose a row to see only its visitors.'

type Props = { answer: VisitorRetention; by: Breakdown; unit: Unit; search: RetentionSearch; onShow: Show }

export function GroupTable({ answer, by, unit, search, onShow }: Props) {
  const offsets = shownOffsets(answer, unit)
  const compared = comparedOffset(offsets, search)
  const rows = groupRows(answer, by, offsets, compared)
  return (
    <Card
      title={`${BREAKDOWN_LABELS[by]} ${answer.first === 'conversion' ? 'at the first order or booking' : 'of the first visit'}`}
      help={METHOD}
      note={plural(rows.length, 'group')}
      piece="retention.groups"
      actions={<CsvButton sheet={groupSheet(rows, by, offsets, compared, unit)} />}
      flush
    >
      {compared !== undefined && offsets.length > 1 && (
        <div className={classes.compared}>
          <span>Compare at</span>
          <Select
            size="xs"
            aria-label="Compare groups at"
            allowDeselect={false}
            data={offsets.map((offset) => ({ value: String(offset), label: offsetName(offset, unit) }))}
            value={String(compared)}
            onChange={(chosen) => chosen !== null && onShow((latest) => ({ ...latest, at: Number(chosen) }))}
          />
        </div>
      )}
      <DataTable
        label="Groups"
        columns={columnsOf(rows, answer, by, unit, offsets, compared)}
        rows={rows}
        rowKey={({ group }) => groupKey(group)}
        opens={({ group }) => valueOf(group) !== undefined}
        onOpen={({ group }) => onShow((latest) => withValue(latest, valueOf(group)))}
      />
    </Card>
  )
}

function columnsOf(
  rows: readonly GroupRow[],
  answer: VisitorRetention,
  by: Breakdown,
  unit: Unit,
  offsets: readonly number[],
  compared: number | undefined,
): Column<GroupRow>[] {
  const most = Math.max(
    ...rows.flatMap(({ difference }) => (difference ? [Math.abs(difference.low), Math.abs(difference.high)] : [])),
  )
  return [
    {
      key: 'value',
      header: BREAKDOWN_LABELS[by],
      cell: ({ group, label }) => <span title={valueHelp(by, group.value) ?? label}>{label}</span>,
      small: 'title',
    },
    {
      key: 'visitors',
      header: 'Visitors',
      align: 'right',
      cell: ({ group }) => <Num value={group.visitors} />,
    },
    ...offsets.map(
      (offset, index): Column<GroupRow> => ({
        key: String(offset),
        header: offsetName(offset, unit),
        align: 'right',
        cell: ({ shares }) => (
          <Share share={shares[index]} offset={offset} answer={answer} isCompared={offset === compared} />
        ),
        small: offset === compared ? 'figure' : 'none',
      }),
    ),
    {
      key: 'difference',
      header: 'Against others',
      align: 'right',
      cell: ({ difference }) => (difference ? <b>{signedPoints(difference.difference)}</b> : '–'),
    },
    {
      key: 'interval',
      header: '95% interval',
      align: 'right',
      cell: ({ difference }) => <span className={classes.range}>{difference ? rangeText(difference) : '–'}</span>,
    },
    {
      key: 'mark',
      header: '',
      cell: ({ difference }) =>
        difference && <DifferenceMark {...difference} most={most} isClear={isClear(difference)} />,
      isExtra: true,
    },
    {
      key: 'verdict',
      header: 'In words',
      cell: ({ difference }) => (
        <span className={classes.verdict} data-clear={(difference && isClear(difference)) || undefined}>
          {verdictOnGroup(difference)}
        </span>
      ),
      small: 'line',
    },
  ]
}

type ShareProps = { share: Proportion | undefined; offset: number; answer: VisitorRetention; isCompared: boolean }

function Share({ share = { count: 0, total: 0 }, offset, answer, isCompared }: ShareProps) {
  const text = cellText({ returned: share.count, isPartial: false }, share.total, offset, answer)
  return (
    <span
      className={isCompared ? classes.share : undefined}
      title={share.total > 0 ? `${text}. 95% confidence: ${intervalText(wilson(share))}` : undefined}
    >
      {shareText(share)}
    </span>
  )
}

const CURVES_HELP =
  'The share of visitors who are back so long after their first, of the six largest groups; the table has them all, with how far each share can be off by chance.'

export function GroupCurves({ answer, by, unit }: Pick<Props, 'answer' | 'by' | 'unit'>) {
  const groups = useMemo(() => groupCurves(answer, by), [answer, by])
  const drawing = useMemo(
    () => ({ labels: groups.offsets.map((offset) => offsetName(offset, unit)), curves: groups.curves }),
    [groups, unit],
  )
  return (
    <CurveFrame
      drawing={drawing}
      unit={unit}
      help={CURVES_HELP}
      sheet={groupCurveSheet(groups, unit)}
      piece="retention.group-curves"
    />
  )
}
