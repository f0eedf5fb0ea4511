// The web vitals by country, device or browser: which values are asked for, and how they are named; pure.
import type { WebVitals } from '../../api/types'
import type { AnalysisSearch } from '../../lib/analysis'
import { countryName } from '../../lib/countries'
import { sentence } from '../../lib/words'

export const GROUPINGS = ['country', 'device', 'browser'] as const
export type Grouping = (typeof GROUPINGS)[number]

export const GROUPING_LABELS: Record<Grouping, string> = { country: 'Country', device: 'Device', browser: 'Browser' }

/** Values with the most sessions that are compared. */
export const COMPARED = 6

export type VitalGroup = { value: string; metrics: WebVitals['metrics'] }

export function groupName(by: Grouping, value: string): string {
  if (by === 'country') return countryName(value)
  return by === 'device' ? sentence(value) : value
}

/** Measurements of the metric that most page views have. */
export function samplesOf({ metrics }: Pick<VitalGroup, 'metrics'>): number {
  return Math.max(0, ...metrics.map(({ samples }) => samples))
}

export function p75Of({ metrics }: Pick<VitalGroup, 'metrics'>, metric: string): number | null {
  return metrics.find((one) => one.metric === metric)?.p75 ?? null
}

/** The groupings that the filters leave something to compare in. */
export function groupingsLeft(search: AnalysisSearch): Grouping[] {
  return GROUPINGS.filter((by) => search[by] === undefined)
}
