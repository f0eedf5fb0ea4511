// What the chart draws for a metric; pure.
import type { Overview } from '../../api/types'
import type { Series } from '../../charts/series'
import { type Engagement, engagementFormat, engagementSeries } from './engagement'
import { isOwn, METRICS, metricSeries, type OverviewMetric } from './model'

export type DrawnMetric = {
  series: Series
  name: string
  good: 'up' | 'down' | 'neutral'
  unit?: '%'
  format?: (value: number) => string
}

/** None while its question is not answered. */
export function drawnMetric(
  overview: Overview,
  engagement: Engagement | undefined,
  metric: OverviewMetric,
): DrawnMetric | null {
  if (isOwn(metric)) {
    const { name, good } = METRICS[metric]
    return { series: metricSeries(overview, metric), name, good }
  }
  return engagement ? { series: engagementSeries(overview, engagement, metric), ...engagementFormat(metric) } : null
}

/** Its buckets as rows of a table: shares with one decimal, as they are shown. */
export function rowValue({ series }: DrawnMetric, value: number | null): number | null {
  return value === null || !series.isRate ? value : Math.round(value * 10) / 10
}
