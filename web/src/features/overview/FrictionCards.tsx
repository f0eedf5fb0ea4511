// Friction at a glance: its total over time, and its kinds.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { annotationsQuery } from '../../api/annotations'
import type { Overview } from '../../api/types'
import { BarList } from '../../charts/BarList'
import { toSeries } from '../../charts/series'
import { TimeSeries } from '../../charts/TimeSeries'
import { type AnalysisSearch, withFilter } from '../../lib/analysis'
import { bucketName } from '../../lib/time'
import { kindHelp, kindLabel } from '../../lib/words'
import { zoneLabel } from '../../lib/zone'
import { Card } from '../../ui/Card'
import { ChartCard } from '../../ui/ChartCard'
import { useMissingComparison } from '../../ui/comparison'
import { ChangeBadge, Num } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { kindsQuery } from './api'
import classes from './Overview.module.css'

type Props = {
  projectId: string
  search: AnalysisSearch
  overview: Overview
  onRange: (range: { from: string; to: string }) => void
}

export function FrictionCards(props: Props) {
  return (
    <div className={classes.halves}>
      <FrictionOverTime {...props} />
      <FrictionKinds projectId={props.projectId} search={props.search} />
    </div>
  )
}

export function FrictionOverTime({ projectId, search, overview, onRange }: Props) {
  const withPrevious = useMissingComparison() === null
  const notes = useQuery(annotationsQuery(projectId, search)).data?.annotations
  const series = useMemo(
    () => toSeries(overview.period, overview.series, overview.previous_series, (bucket) => bucket.friction),
    [overview],
  )
  const sheet = {
    name: 'footfall-friction',
    header: [`Time (${zoneLabel()})`, 'Friction', 'Previous period'],
    rows: series.points.map((point) => [bucketName(point.at, series.bucketSeconds), point.value, point.previous]),
  }
  return (
    <ChartCard
      title="Friction over time"
      help="Drag across the chart to zoom in on a shorter period."
      sheet={sheet}
      piece="overview.friction-over-time"
    >
      <TimeSeries
        height={232}
        series={series}
        name="Friction"
        tone="bad"
        shape="bar"
        withPrevious={withPrevious}
        notes={notes}
        onRange={onRange}
      />
    </ChartCard>
  )
}

export function FrictionKinds({ projectId, search }: { projectId: string; search: AnalysisSearch }) {
  const navigate = useNavigate()
  const kinds = useQuery(kindsQuery(projectId, search))
  const open = (kind: string) =>
    void navigate({
      to: '/p/$projectId/friction',
      params: { projectId },
      search: withFilter(search, 'friction_kind', kind),
    })
  return (
    <Card
      title="Friction by kind"
      piece="overview.friction-kinds"
      actions={
        <Link className={classes.more} to="/p/$projectId/friction" params={{ projectId }} search={search}>
          All friction
        </Link>
      }
    >
      <Result what="Friction by kind" question={kinds} skeleton={<RowsSkeleton rows={6} />}>
        {(data) =>
          data.kinds.every((kind) => kind.count === 0) ? (
            <Empty title="No friction in this period">
              No rage clicks, dead clicks or JavaScript errors were reported.
            </Empty>
          ) : (
            <BarList
              tone="bad"
              onChoose={open}
              bars={data.kinds
                .filter(({ count }) => count > 0)
                .sort((a, b) => b.count - a.count)
                .map(({ kind, count, previous_count }) => ({
                  key: kind,
                  name: kindLabel(kind),
                  title: kindHelp(kind),
                  value: count,
                  figure: <Num value={count} />,
                  extra: <ChangeBadge current={count} previous={previous_count} good="down" />,
                }))}
            />
          )
        }
      </Result>
    </Card>
  )
}
