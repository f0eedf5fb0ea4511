// The web vitals: their names, units and limits as people know them.
import { duration } from './format'

type Vital = { short: string; name: string; help: string; isRatio: boolean }

const VITALS: Record<string, Vital> = {
  largest_contentful_paint: {
    short: 'LCP',
    name: 'Largest contentful paint',
    help: 'Time until the largest element of the page is visible.',
    isRatio: false,
  },
  interaction_to_next_paint: {
    short: 'INP',
    name: 'Interaction to next paint',
    help: 'Time the page takes to react to a click, tap or key press.',
    isRatio: false,
  },
  cumulative_layout_shift: {
    short: 'CLS',
    name: 'Cumulative layout shift',
    help: 'How much the content shifts while the page loads.',
    isRatio: true,
  },
  first_contentful_paint: {
    short: 'FCP',
    name: 'First contentful paint',
    help: 'Time until the first text or image is visible.',
    isRatio: false,
  },
  time_to_first_byte: {
    short: 'TTFB',
    name: 'Time to first byte',
    help: 'Time until the server starts to respond.',
    isRatio: false,
  },
  time_to_interactive: {
    short: 'TTI',
    name: 'Time to interactive',
    help: 'Time until the page is visible and responds without delay for five seconds. Measured only in browsers that report long tasks.',
    isRatio: false,
  },
  load_time: {
    short: 'Load',
    name: 'Load time',
    help: 'Time until everything on the page has loaded. There are no published limits for a rating.',
    isRatio: false,
  },
}

export const VITAL_NAMES = Object.keys(VITALS)

/** Those that say how a page feels; the others say how it loads. */
export function isWebVital(metric: string): boolean {
  return metric !== 'time_to_interactive' && metric !== 'load_time'
}

export function vital(metric: string): Vital {
  return VITALS[metric] ?? { short: metric, name: metric, help: '', isRatio: false }
}

const LIMITS: Record<string, [good: number, poor: number]> = {
  largest_contentful_paint: [2500, 4000],
  interaction_to_next_paint: [200, 500],
  cumulative_layout_shift: [0.1, 0.25],
  first_contentful_paint: [1800, 3000],
  time_to_first_byte: [800, 1800],
  time_to_interactive: [3800, 7300],
}

/** How a value is rated by the published limits; the limits themselves are good and not poor. */
export function rateVital(
  metric: string,
  value: number | null | undefined,
): 'good' | 'needs_improvement' | 'poor' | null {
  const limits = LIMITS[metric]
  if (!limits || value === null || value === undefined) return null
  if (value <= limits[0]) return 'good'
  return value <= limits[1] ? 'needs_improvement' : 'poor'
}

/** Milliseconds as a duration; ratios with two decimals. Near a limit with as many more as it takes for the figure to be rated as the value is. */
export function vitalValue(metric: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  const more =
    [0, 1, 2].find((digits) => rateVital(metric, shown(metric, value, digits)) === rateVital(metric, value)) ?? 3
  return vital(metric).isRatio ? value.toFixed(2 + more) : duration(value, more)
}

/** A value rounded as it is displayed, so that its rating fits the number shown. */
function shown(metric: string, value: number, more: number): number {
  if (vital(metric).isRatio) return Number(value.toFixed(2 + more))
  return value < 1000 ? Number(value.toFixed(more)) : Number((value / 1000).toFixed(1 + more)) * 1000
}
