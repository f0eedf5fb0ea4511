// How the kinds of friction of one entry changed over the period.
import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Annotation, annotationsQuery } from '../../api/annotations'
import type { FrictionItem, Overview } from '../../api/types'
import { Sparkline } from '../../charts/Sparkline'
import { completeValues, toSeries } from '../../charts/series'
import { TimeSeries } from '../../charts/TimeSeries'
import { type AnalysisSearch, withFilter } from '../../lib/analysis'
import { kindLabel } from '../../lib/words'
import { useMissingComparison } from '../../ui/comparison'
import { Num } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { PanelSection } from '../../ui/SidePanel'
import { BlockSkeleton } from '../../ui/States'
import { overviewQuery } from './api'
import classes from './Friction.module.css'
import { isNarrow, topKinds } from './model'

type Props = { projectId: string; search: AnalysisSearch; item: FrictionItem }

export function ItemTrend({ projectId, search, item }: Props) {
  if (!isNarrow(item)) {
    return (
      <PanelSection title="Trend">
        <Sparkline values={item.trend} tone="bad" height={72} />
      </PanelSection>
    )
  }
  return <NarrowTrend projectId={projectId} search={search} item={item} />
}

function NarrowTrend({ projectId, search, item }: Props) {
  const overview = useQuery(overviewQuery(projectId, search))
  const notes = useQuery(annotationsQuery(projectId, search)).data?.annotations
  const { kinds } = topKinds(item, 6)
  const byKind = useQueries({
    queries: kinds.map(({ kind }) => overviewQuery(projectId, withFilter(search, 'friction_kind', kind))),
  })
  return (
    <PanelSection title="Trend">
      <Result what="The trend" question={overview} skeleton={<BlockSkeleton height={150} />}>
        {(data) => <Total overview={data} notes={notes} />}
      </Result>
      <ul className={classes.kindTrends}>
        {kinds.map(({ kind, count }, index) => {
          const data = byKind[index]?.data
          return (
            <li key={kind}>
              <span>{kindLabel(kind)}</span>
              <Sparkline
                values={data ? completeValues(toSeries(data.period, data.series, [], (bucket) => bucket.friction)) : []}
                tone="bad"
                height={20}
              />
              <b>
                <Num value={count} />
              </b>
            </li>
          )
        })}
      </ul>
    </PanelSection>
  )
}

function Total({ overview, notes }: { overview: Overview; notes: Annotation[] | undefined }) {
  const withPrevious = useMissingComparison() === null
  const series = useMemo(
    () => toSeries(overview.period, overview.series, overview.previous_series, (bucket) => bucket.friction),
    [overview],
  )
  return (
    <TimeSeries
      height={150}
      series={series}
      name="Friction"
      tone="bad"
      shape="bar"
      withPrevious={withPrevious}
      notes={notes}
    />
  )
}
