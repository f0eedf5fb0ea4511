// The figures and cards of the overview as pieces of boards.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Overview } from '../../api/types'
import { analysisOf, withFilter, withRange } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { ComparisonProvider } from '../../ui/comparison'
import { Result } from '../../ui/Result'
import { BlockSkeleton } from '../../ui/States'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { engagementQuery, overviewQuery } from './api'
import { type EngagementMetric, engagementFigures } from './engagement'
import { FigureBody, type ShownFigure } from './FigureButton'
import { FrictionKinds, FrictionOverTime } from './FrictionCards'
import { FrictionCost } from './FrictionCost'
import { Goals } from './Goals'
import classes from './KeyFigures.module.css'
import { LiveCounts } from './LiveCounts'
import { LiveStream } from './LiveStream'
import { isOwn, keyFigures, METRIC_NAMES, METRICS, type Metric, parseOverviewSearch } from './model'
import { TopPages } from './TopPages'
import { Traffic } from './Traffic'
import { useCompared } from './useCompared'
import { VitalsSummary } from './VitalsSummary'

/** The figures that have a question of their own. */
type EngagementName = { title: string; isOne: (metric: EngagementMetric) => boolean }
const ENGAGEMENT: Record<string, EngagementName> = {
  engaged: { title: 'Engaged rate', isOne: (metric) => metric === 'engaged' },
  conversions: { title: 'Conversions', isOne: (metric) => metric === 'conversions' },
  'conversion-rate': { title: 'Conversion rate', isOne: (metric) => metric === 'conversion_rate' },
  revenue: { title: 'Revenue', isOne: (metric) => metric.startsWith('revenue-') },
  'friction-rate': { title: 'Friction per 100 sessions', isOne: (metric) => metric === 'friction_rate' },
}

const nameOf = (metric: string) => metric.replaceAll('_', '-')

function OwnFigure({ projectId, search, metric }: PieceProps & { metric: Metric }) {
  return (
    <Compared projectId={projectId} search={search} title={METRICS[metric].name}>
      {(overview) => <Figure figure={keyFigures(overview).find((figure) => figure.metric === metric)} />}
    </Compared>
  )
}

/** Of several currencies the one that the search names, else the first. */
function EngagementFigure({ projectId, search: raw, title, isOne }: PieceProps & EngagementName) {
  const { metric: named, ...search } = parseOverviewSearch(raw)
  const engagement = useQuery(engagementQuery(projectId, analysisOf(search)))
  const { engaged } = useCompared(projectId, analysisOf(search), engagement)
  return (
    <Compared projectId={projectId} search={raw} title={title}>
      {(overview) => (
        <TileResult title={title} what="Conversions and revenue" question={engaged} height={66}>
          {(data) => {
            const own = engagementFigures(overview, data).filter(({ metric }) => isOne(metric))
            return <Figure title={title} figure={own.find(({ metric }) => metric === named) ?? own[0]} />
          }}
        </TileResult>
      )}
    </Compared>
  )
}

/** The overview that the search asks for, with what it is compared with. */
function Compared({
  projectId,
  search: raw,
  title,
  children,
}: Omit<PieceProps, 'onShow'> & { title: string; children: (overview: Overview) => ReactNode }) {
  const search = analysisOf(raw)
  const overview = useQuery(overviewQuery(projectId, search))
  const engagement = useQuery({ ...engagementQuery(projectId, search), enabled: false })
  const { compared, comparison } = useCompared(projectId, search, engagement)
  return (
    <ComparisonProvider value={comparison}>
      <TileResult title={title} what="The key figures" question={overview} height={66}>
        {(data) => children(compared(data))}
      </TileResult>
    </ComparisonProvider>
  )
}

function Figure({ figure, title = '' }: { figure: ShownFigure | undefined; title?: string | undefined }) {
  return (
    <Card title={figure?.name ?? title} {...(figure ? { help: figure.help } : {})}>
      <div className={classes.tile}>
        {figure ? <FigureBody figure={figure} /> : <span className={classes.value}>–</span>}
      </div>
    </Card>
  )
}

function TrafficPiece({ projectId, search: raw, onShow }: PieceProps) {
  const { metric = 'visitors' } = parseOverviewSearch(raw)
  const search = analysisOf(raw)
  const overview = useQuery(overviewQuery(projectId, search))
  const engagement = useQuery({ ...engagementQuery(projectId, search), enabled: !isOwn(metric) })
  const { compared, engaged, comparison } = useCompared(projectId, search, engagement)
  return (
    <ComparisonProvider value={comparison}>
      <Card title={`${titleOf(metric)} over time`} flush>
        <Result what="The key figures" question={overview} skeleton={<BlockSkeleton height={304} />}>
          {(data) => (
            <Traffic
              projectId={projectId}
              search={search}
              overview={compared(data)}
              engagement={engaged.data}
              metric={metric}
              onRange={(range) => onShow({ ...raw, ...withRange(search, range) })}
            />
          )}
        </Result>
      </Card>
    </ComparisonProvider>
  )
}

function titleOf(metric: string): string {
  const own = METRIC_NAMES.find((name) => name === metric)
  if (own) return METRICS[own].name
  return Object.values(ENGAGEMENT).find(({ isOne }) => isOne(metric as EngagementMetric))?.title ?? metric
}

function FrictionOverTimePiece({ projectId, search: raw, onShow }: PieceProps) {
  const search = analysisOf(raw)
  const overview = useQuery(overviewQuery(projectId, search))
  return (
    <TileResult title="Friction over time" what="Friction over time" question={overview} height={232}>
      {(data) => (
        <FrictionOverTime
          projectId={projectId}
          search={search}
          overview={data}
          onRange={(range) => onShow(withRange(search, range))}
        />
      )}
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  ...METRIC_NAMES.map(
    (metric): Piece => ({
      id: `overview.${nameOf(metric)}`,
      title: METRICS[metric].name,
      kind: 'figure',
      width: 1,
      component: (props) => <OwnFigure {...props} metric={metric} />,
    }),
  ),
  ...Object.entries(ENGAGEMENT).map(
    ([name, figure]): Piece => ({
      id: `overview.${name}`,
      title: figure.title,
      kind: 'figure',
      width: 1,
      component: (props) => <EngagementFigure {...props} {...figure} />,
    }),
  ),
  { id: 'overview.traffic', title: 'Traffic over time', kind: 'chart', width: 4, component: TrafficPiece },
  {
    id: 'overview.friction-over-time',
    title: 'Friction over time',
    kind: 'chart',
    width: 2,
    component: FrictionOverTimePiece,
  },
  {
    id: 'overview.friction-kinds',
    title: 'Friction by kind',
    kind: 'chart',
    width: 2,
    component: ({ projectId, search }) => <FrictionKinds projectId={projectId} search={analysisOf(search)} />,
  },
  {
    id: 'overview.friction-cost',
    title: 'What friction costs',
    kind: 'figure',
    width: 4,
    component: ({ projectId, search }) => <FrictionCost projectId={projectId} search={analysisOf(search)} />,
  },
  {
    id: 'overview.goals',
    title: 'Goals',
    kind: 'table',
    width: 2,
    component: ({ projectId, search }) => <Goals projectId={projectId} search={analysisOf(search)} />,
  },
  {
    id: 'overview.pages',
    title: 'Top pages',
    kind: 'table',
    width: 2,
    component: ({ projectId, search: raw, onShow }) => {
      const search = analysisOf(raw)
      return (
        <TopPages projectId={projectId} search={search} onChoose={(path) => onShow(withFilter(search, 'path', path))} />
      )
    },
  },
  {
    id: 'overview.vitals',
    title: 'Web vitals',
    kind: 'figure',
    width: 1,
    component: ({ projectId, search }) => <VitalsSummary projectId={projectId} search={analysisOf(search)} />,
  },
  {
    id: 'overview.live-counts',
    title: 'Live counters',
    kind: 'figure',
    width: 2,
    isForMembers: true,
    component: LiveCounts,
  },
  {
    id: 'overview.live',
    title: 'Live',
    kind: 'table',
    width: 4,
    isForMembers: true,
    component: ({ projectId, search: raw, onShow }) => {
      const { stream } = parseOverviewSearch(raw)
      return (
        <LiveStream
          projectId={projectId}
          search={analysisOf(raw)}
          kind={stream}
          onKind={(next) => onShow({ ...raw, stream: next })}
        />
      )
    },
  },
]
