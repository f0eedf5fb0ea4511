// The key figures of the overview and the state it keeps in the URL; pure.
import type { Bucket, Count, Overview, Totals } from '../../api/types'
import { completeValues, type Series, toSeries } from '../../charts/series'
import { ALL_SESSIONS, type AnalysisSearch, NO_COMPARISON, parseAnalysis, withFilters } from '../../lib/analysis'
import { parseFilters } from '../../lib/filters'
import { estimateNote } from '../../lib/words'
import { type Engagement, type EngagementMetric, readEngagementMetric } from './engagement'
import { readStreamKind, type StreamKind } from './feed'

export type KeyFigure = {
  metric: Metric
  name: string
  help: string
  good: 'up' | 'down' | 'neutral'
  format: 'number' | 'share'
  value: number
  /** Null for a share of nothing. */
  previous: number | null
  spark: number[]
}

type Definition = Pick<KeyFigure, 'name' | 'help' | 'good' | 'format'> & { of: (counts: Totals | Bucket) => number }

const count = (name: Count) => (counts: Totals | Bucket) => counts[name]
const frictionShare = (counts: Totals | Bucket) =>
  counts.sessions === 0 ? 0 : counts.friction_sessions / counts.sessions

export const METRICS = {
  visitors: {
    name: 'Visitors',
    help: 'Unique browsers in the period, recognized by an anonymous id.',
    good: 'up',
    format: 'number',
    of: count('visitors'),
  },
  sessions: {
    name: 'Sessions',
    help: 'Visits to your site. A session ends after 30 minutes without activity, or after 24 hours.',
    good: 'up',
    format: 'number',
    of: count('sessions'),
  },
  page_views: {
    name: 'Page views',
    help: 'Pages viewed, including page changes inside single-page apps.',
    good: 'up',
    format: 'number',
    of: count('page_views'),
  },
  events: {
    name: 'Events',
    help: 'All accepted events: page views, clicks, friction, measurements and your own events.',
    good: 'neutral',
    format: 'number',
    of: count('events'),
  },
  friction: {
    name: 'Friction',
    help: 'Rage, dead, slow and error clicks, JavaScript errors and form errors.',
    good: 'down',
    format: 'number',
    of: count('friction'),
  },
  friction_share: {
    name: 'Sessions with friction',
    help: 'The share of sessions with at least one friction event.',
    good: 'down',
    format: 'share',
    of: frictionShare,
  },
} satisfies Record<string, Definition>

export type Metric = keyof typeof METRICS
export const METRIC_NAMES = Object.keys(METRICS) as Metric[]

export function keyFigures({ period, totals, previous, distinct_error, series }: Overview): KeyFigure[] {
  return METRIC_NAMES.map((metric) => {
    const { of, ...definition } = METRICS[metric]
    const help = DISTINCT.has(metric) ? definition.help + estimateNote(distinct_error) : definition.help
    const spark = completeValues(toSeries(period, series, [], of))
    const before = definition.format === 'share' && previous.sessions === 0 ? null : of(previous)
    return { metric, ...definition, help, value: of(totals), previous: before, spark }
  })
}

/** Metrics that count visitors or sessions: estimates beyond some thousands. */
const DISTINCT: ReadonlySet<Metric> = new Set<Metric>(['visitors', 'sessions', 'friction_share'])

/** The series of a metric; a share is drawn as the number of sessions behind it. */
export function metricSeries({ period, series, previous_series }: Overview, metric: Metric): Series {
  const of = metric === 'friction_share' ? count('friction_sessions') : METRICS[metric].of
  return toSeries(period, series, previous_series, of)
}

/** With a segment in place of the period before: of the same period, bucket by bucket. */
export function comparedWith<Answer extends Overview | Engagement>(answer: Answer, other: Answer): Answer {
  const compared = { ...answer, previous: other.totals, previous_series: other.series }
  return 'distinct_error' in answer && 'distinct_error' in other
    ? { ...compared, distinct_error: Math.max(answer.distinct_error, other.distinct_error) }
    : compared
}

/** The search of the segment that the overview is compared with; undefined where it is compared with no segment. */
export function segmentOf({ vs, ...search }: AnalysisSearch): AnalysisSearch | undefined {
  if (vs === undefined || vs === NO_COMPARISON) return undefined
  return withFilters(search, vs === ALL_SESSIONS ? [] : parseFilters(vs))
}

/** Neither the period nor the one before has any event. */
export function hasNothing({ totals, previous }: Overview): boolean {
  return totals.events === 0 && previous.events === 0
}

/** A figure that the chart draws. */
export type OverviewMetric = Metric | EngagementMetric

export type OverviewSearch = AnalysisSearch & { metric?: OverviewMetric; stream?: StreamKind }

export function parseOverviewSearch(search: Record<string, unknown>): OverviewSearch {
  const metric = METRIC_NAMES.find((name) => name === search.metric) ?? readEngagementMetric(search.metric)
  return { ...parseAnalysis(search), ...viewOf({ metric, stream: readStreamKind(search.stream) }) }
}

/** Of what the address names: of one key figure of its own question, or of both together. */
export function isOwn(metric: OverviewMetric): metric is Metric {
  return metric in METRICS
}

/** What the address says besides period and filters: the drawn figure and the kind of the live stream, unless they are as by default. */
export function viewOf({
  metric,
  stream,
}: {
  metric?: OverviewMetric | undefined
  stream?: StreamKind | undefined
}): Pick<OverviewSearch, 'metric' | 'stream'> {
  return { ...(metric && metric !== 'visitors' ? { metric } : {}), ...(stream ? { stream } : {}) }
}
