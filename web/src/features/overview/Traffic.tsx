// The main time series: the chosen key figure over the period, beside the period before.
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { annotationsQuery } from '../../api/annotations'
import type { Overview } from '../../api/types'
import { Legend, TimeSeries } from '../../charts/TimeSeries'
import type { AnalysisSearch } from '../../lib/analysis'
import { bucketName, periodRange } from '../../lib/time'
import { zoneLabel } from '../../lib/zone'
import { CardEnd } from '../../ui/CardEnd'
import { SheetTable } from '../../ui/ChartCard'
import { useComparedSegment, useMissingComparison } from '../../ui/comparison'
import { Help } from '../../ui/Help'
import { type ChartTable, CsvButton, ViewToggle } from '../../ui/TableActions'
import { useTile } from '../../ui/tile'
import { Annotations } from './Annotations'
import { drawnMetric, rowValue } from './drawnMetric'
import type { Engagement } from './engagement'
import classes from './KeyFigures.module.css'
import type { OverviewMetric } from './model'

type Props = {
  projectId: string
  search: AnalysisSearch
  overview: Overview
  engagement: Engagement | undefined
  metric: OverviewMetric
  onRange: (range: { from: string; to: string }) => void
}

export function Traffic({ projectId, search, overview, engagement, metric, onRange }: Props) {
  const [isTable, setTable] = useState(false)
  const isTile = useTile() !== null
  const notes = useQuery(annotationsQuery(projectId, search)).data?.annotations
  const missing = useMissingComparison()
  const withPrevious = missing === null
  const segment = useComparedSegment()
  const drawn = useMemo(() => drawnMetric(overview, engagement, metric), [overview, engagement, metric])
  const series = useMemo(
    () => drawn && { ...drawn.series, ...(segment === null ? {} : { previousName: segment }) },
    [drawn, segment],
  )
  if (drawn === null || series === null) return <ChartSkeleton />
  const { name, good, unit, format } = drawn
  const tone = good === 'down' ? 'bad' : 'accent'
  const previous =
    segment ??
    `Previous period: ${periodRange(new Date(overview.period.previous_from), new Date(overview.period.previous_to))}`
  const sheet: ChartTable = {
    name: `footfall-${metric}`,
    header: [`Time (${zoneLabel()})`, unit ? `${name} (${unit})` : name, segment ?? 'Previous period'],
    rows: series.points.map((point) => [
      bucketName(point.at, series.bucketSeconds),
      rowValue(drawn, point.value),
      rowValue(drawn, point.previous),
    ]),
  }
  return (
    <>
      <div className={classes.chartHead}>
        <Legend name={name} tone={tone} withPrevious={withPrevious} previous={previous} />
        {missing !== null && <Help text={missing} about="The comparison" />}
        <div>
          {!isTile && <CardEnd piece="overview.traffic" title={name} />}
          <ViewToggle isTable={isTable} onChange={setTable} />
          <CsvButton sheet={sheet} />
        </div>
      </div>
      {isTable ? (
        <SheetTable sheet={sheet} label={name} />
      ) : (
        <div className={classes.chart}>
          <TimeSeries
            height={264}
            series={series}
            name={name}
            tone={tone}
            shape="line"
            withPrevious={withPrevious}
            notes={notes}
            format={format}
            axis={unit && ((value) => `${value}${unit}`)}
            onRange={onRange}
          />
        </div>
      )}
      {notes && !isTile && <Annotations projectId={projectId} annotations={notes} />}
    </>
  )
}

function ChartSkeleton() {
  return (
    <div className={classes.chart} role="status" aria-label="Loading the chart">
      <Skeleton height={304} />
    </div>
  )
}
