// When an error occurred: the period beside the one before, with the releases of the site.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { annotationsQuery } from '../../api/annotations'
import { toSeries } from '../../charts/series'
import { TimeSeries } from '../../charts/TimeSeries'
import type { AnalysisSearch } from '../../lib/analysis'
import { bucketName } from '../../lib/time'
import { zoneLabel } from '../../lib/zone'
import { ChartCard } from '../../ui/ChartCard'
import { useMissingComparison } from '../../ui/comparison'
import type { ErrorDetail } from './api'

type Props = {
  projectId: string
  search: AnalysisSearch
  error: ErrorDetail
  onRange: (range: { from: string; to: string }) => void
}

export function Occurrences({ projectId, search, error, onRange }: Props) {
  const withPrevious = useMissingComparison() === null
  const notes = useQuery(annotationsQuery(projectId, search)).data?.annotations
  const releases = useMemo(() => notes?.filter(({ kind }) => kind === 'release'), [notes])
  const series = useMemo(
    () => toSeries(error.period, error.series, error.previous_series, (bucket) => bucket.count),
    [error],
  )
  const sheet = {
    name: 'footfall-error',
    header: [`Time (${zoneLabel()})`, 'Occurrences', 'Previous period'],
    rows: series.points.map((point) => [bucketName(point.at, series.bucketSeconds), point.value, point.previous]),
  }
  return (
    <ChartCard
      title="Occurrences over time"
      piece="error.occurrences"
      help="Dashed: the period before. Marked: releases. Drag across the chart to zoom in on a shorter period."
      sheet={sheet}
    >
      <TimeSeries
        height={200}
        series={series}
        name="Occurrences"
        tone="bad"
        shape="bar"
        withPrevious={withPrevious}
        notes={releases}
        onRange={onRange}
      />
    </ChartCard>
  )
}
