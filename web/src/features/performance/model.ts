// Web vitals as rows of the performance page; pure.
import type { VitalPage } from '../../api/types'
import { rateVital, VITAL_NAMES } from '../../lib/vitals'

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
