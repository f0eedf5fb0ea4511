// Two groups side by side: their shares, the difference, and whether chance explains it.

import { IconArrowsDiff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { DifferenceMark } from '../../charts/DifferenceMark'
import { exactNumber, signedPoints } from '../../lib/format'
import { isClear } from '../../lib/proportions'
import { Card } from '../../ui/Card'
import { ChartCard } from '../../ui/ChartCard'
import { type Column, DataTable } from '../../ui/DataTable'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import { retentionQuery, type VisitorRetention } from './api'
import {
  cohortGroup,
  comparedCohorts,
  comparisonSheet,
  type Group,
  type Row,
  rangeText,
  rowsOf,
  segmentGroup,
  shareText,
  verdictOf,
} from './comparison'
import { offsetName, offsetsOf } from './figures'
import { type RetentionSearch, type SegmentDimension, segmentOf, type Unit } from './model'
import classes from './Retention.module.css'

const METHOD =
  'The difference is the first share minus the second, in percentage points, with Newcombe’s 95% interval for two independent groups, made of Wilson’s. Where the interval leaves out 0, chance alone rarely makes such a difference; of twenty rows without any difference, one does so on average.'

type SegmentsProps = {
  projectId: string
  search: RetentionSearch
  dimension: SegmentDimension
  a: string
  b: string
  onGroups: (groups: [Group, Group]) => ReactNode
}

/** Asks for both segments; what is made of them comes from the page. */
export function Segments({ projectId, search, dimension, a, b, onGroups }: SegmentsProps) {
  const first = useQuery(segmentQuery(projectId, segmentOf(search, dimension, a)))
  const second = useQuery(segmentQuery(projectId, segmentOf(search, dimension, b)))
  const both = {
    data: first.data && second.data && ([segmentGroup(a, first.data), segmentGroup(b, second.data)] as [Group, Group]),
    error: first.error ?? second.error,
    refetch: () => Promise.all([first.refetch(), second.refetch()]),
  }
  return (
    <Result what="The comparison" question={both} skeleton={<CardSkeleton height={220} />} isFramed>
      {onGroups}
    </Result>
  )
}

/** Figures of another segment would stand under the name of this one: there is no old answer while a new one arrives. */
function segmentQuery(projectId: string, search: RetentionSearch) {
  const { placeholderData: _old, ...query } = retentionQuery(projectId, search)
  return query
}

export function ComparisonCard({
  groups: [a, b],
  answer,
  unit,
  isSegments,
}: {
  groups: [Group, Group]
  answer: VisitorRetention
  unit: Unit
  isSegments: boolean
}) {
  const rows = useMemo(() => rowsOf(a, b, offsetsOf(answer)), [a, b, answer])
  const help = isSegments ? `${METHOD} A visitor who meets both filters counts in both groups.` : METHOD
  if (rows.length === 0) {
    return (
      <Card title="Comparison" help={help}>
        <Empty icon={IconArrowsDiff} title="Nothing to compare">
          {a.visitors === 0 || b.visitors === 0
            ? `There is no visitor in “${a.visitors === 0 ? a.name : b.name}”.`
            : `No ${unit} is over for both groups.`}
        </Empty>
      </Card>
    )
  }
  return (
    <ChartCard
      title="Comparison"
      piece="retention.comparison"
      help={help}
      note={`${a.name}: ${exactNumber(a.visitors)} visitors. ${b.name}: ${exactNumber(b.visitors)}.`}
      sheet={comparisonSheet(a, b, rows, unit)}
    >
      <div className={classes.bleed}>
        <DataTable
          label="Comparison"
          columns={columnsOf(a, b, rows, unit)}
          rows={rows}
          rowKey={(row) => String(row.offset)}
        />
      </div>
    </ChartCard>
  )
}

function columnsOf(a: Group, b: Group, rows: Row[], unit: Unit): Column<Row>[] {
  const most = Math.max(...rows.flatMap(({ difference: { low, high } }) => [Math.abs(low), Math.abs(high)]))
  const share = (key: 'a' | 'b', { name }: Group): Column<Row> => ({
    key,
    header: name,
    align: 'right',
    cell: (row) => (
      <span title={`${exactNumber(row[key].count)} of ${exactNumber(row[key].total)}`}>{shareText(row[key])}</span>
    ),
  })
  return [
    { key: 'offset', header: 'Since the first', cell: ({ offset }) => offsetName(offset, unit), small: 'title' },
    share('a', a),
    share('b', b),
    {
      key: 'difference',
      header: 'Difference',
      align: 'right',
      cell: ({ difference }) => <b>{signedPoints(difference.difference)}</b>,
      small: 'figure',
    },
    { key: 'interval', header: '95% interval', align: 'right', cell: ({ difference }) => rangeText(difference) },
    {
      key: 'mark',
      header: '',
      cell: ({ difference }) => <DifferenceMark {...difference} most={most} isClear={isClear(difference)} />,
      isExtra: true,
    },
    {
      key: 'verdict',
      header: 'In words',
      cell: (row) => (
        <span className={classes.verdict} data-clear={isClear(row.difference) || undefined}>
          {verdictOf(a, b, row)}
        </span>
      ),
      small: 'line',
    },
  ]
}

/** The two cohorts that are compared, where there are two. */
export function cohortGroups(answer: VisitorRetention, search: RetentionSearch, unit: Unit): [Group, Group] | null {
  const cohorts = comparedCohorts(answer, search)
  return cohorts && [cohortGroup(cohorts[0], unit), cohortGroup(cohorts[1], unit)]
}
