// The web vitals of the countries, devices or browsers with the most sessions: a row narrows the page to one.
import { SegmentedControl } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { type AnalysisSearch, withFilter } from '../../lib/analysis'
import { VITAL_NAMES, vital } from '../../lib/vitals'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Num } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { RowsSkeleton } from '../../ui/States'
import { groupQuery, groupValuesQuery } from './api'
import { GROUPING_LABELS, type Grouping, groupingsLeft, groupName, p75Of, samplesOf, type VitalGroup } from './groups'
import { Rated } from './Rated'

type Props = {
  projectId: string
  search: AnalysisSearch
  by: Grouping
  onBy: (by: Grouping) => void
  onNarrow: (search: AnalysisSearch) => void
}

export function VitalGroups({ projectId, search, by: chosen, onBy, onNarrow }: Props) {
  const left = groupingsLeft(search)
  const by = left.includes(chosen) ? chosen : left[0]
  if (by === undefined) return null
  return (
    <Card
      title={`By ${GROUPING_LABELS[by].toLowerCase()}`}
      piece="performance.groups"
      help="75th percentile of those with the most sessions. Choose one to see its pages."
      flush
      actions={
        left.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Compare by"
            value={by}
            onChange={(value) => onBy(value as Grouping)}
            data={left.map((value) => ({ value, label: GROUPING_LABELS[value] }))}
          />
        )
      }
    >
      <Groups projectId={projectId} search={search} by={by} onNarrow={onNarrow} />
    </Card>
  )
}

function Groups({ projectId, search, by, onNarrow }: Omit<Props, 'onBy'>) {
  const values = useQuery(groupValuesQuery(projectId, search, by))
  const named = values.data?.rows.flatMap(({ value }) => (value == null ? [] : [value])) ?? []
  const answers = useQueries({ queries: named.map((value) => groupQuery(projectId, withFilter(search, by, value))) })
  const rows = named.flatMap((value, index): VitalGroup[] => {
    const metrics = answers[index]?.data?.metrics
    return metrics && samplesOf({ metrics }) > 0 ? [{ value, metrics }] : []
  })
  const isWaiting = rows.length === 0 && answers.some(({ isPending }) => isPending)
  return (
    <Result what="The comparison" question={values} skeleton={<RowsSkeleton rows={5} />}>
      {() =>
        isWaiting ? (
          <RowsSkeleton rows={5} />
        ) : (
          <DataTable
            label={`Web vitals by ${GROUPING_LABELS[by].toLowerCase()}`}
            columns={columns(by)}
            rows={rows}
            rowKey={({ value }) => value}
            isStale={values.isPlaceholderData}
            onOpen={({ value }) => onNarrow(withFilter(search, by, value))}
          />
        )
      }
    </Result>
  )
}

function columns(by: Grouping): Column<VitalGroup>[] {
  return [
    { key: 'value', header: GROUPING_LABELS[by], cell: ({ value }) => groupName(by, value), small: 'title' },
    { key: 'samples', header: 'Measurements', align: 'right', cell: (group) => <Num value={samplesOf(group)} /> },
    ...VITAL_NAMES.map(
      (metric, index): Column<VitalGroup> => ({
        key: metric,
        header: vital(metric).short,
        align: 'right',
        cell: (group) => <Rated metric={metric} value={p75Of(group, metric)} />,
        ...(index === 0 ? { small: 'figure' as const } : {}),
        ...(index > 2 && metric !== 'time_to_first_byte' ? { isExtra: true, small: 'fact' as const } : {}),
      }),
    ),
  ]
}
