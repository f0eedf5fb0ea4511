// Web vitals as rows of the performance page, and the page's state in the URL; pure.
import type { VitalPage } from '../../api/types'
import { type AnalysisSearch, parseAnalysis } from '../../lib/analysis'
import { rateVital, VITAL_NAMES } from '../../lib/vitals'
import { GROUPINGS, type Grouping } from './groups'

export type PageVital = { metric: string; value: number | null; rating: ReturnType<typeof rateVital> }

/** The measurements of a page in the usual order, rated. */
export function pageVitals(page: VitalPage): PageVital[] {
  return VITAL_NAMES.map((metric) => {
    const value = valueOf(page, metric)
    return { metric, value, rating: rateVital(metric, value) }
  })
}

export function valueOf(page: VitalPage, metric: string): number | null {
  const value = (page as Record<string, unknown>)[metric]
  return typeof value === 'number' ? value : null
}

/** What the card of a measurement is called on boards. */
export const pieceOf = (metric: string) => `performance.${metric.replaceAll('_', '-')}`

export type PerformanceSearch = AnalysisSearch & { by?: Exclude<Grouping, 'country'> }

export function parsePerformanceSearch(search: Record<string, unknown>): PerformanceSearch {
  const by = GROUPINGS.find((name) => name === search.by)
  return { ...parseAnalysis(search), ...(by && by !== 'country' ? { by } : {}) }
}

/** Below this a change is not worth a remark. */
const REMARKABLE = 0.2

/** The value of the period before, where the figure has clearly changed since and is rated otherwise. */
export function valueBefore(metric: string, value: number | null, before: number | null | undefined): number | null {
  if (value == null || before == null || before === 0) return null
  const isClear = Math.abs(value - before) / before >= REMARKABLE
  return isClear && rateVital(metric, value) !== rateVital(metric, before) ? before : null
}
