// The figures of what visits are worth: shares, conversions, revenue by currency, and friction per session; pure.
import type { components } from '../../api/schema.gen'
import type { Overview } from '../../api/types'
import { completeValues, type Series, toSeries } from '../../charts/series'
import { conversionShare, engagedShare, revenueOf } from '../../lib/engagement'
import { exactNumber, percent } from '../../lib/format'
import { money } from '../../lib/locale'
import { estimateNote } from '../../lib/words'
import type { DrawnMetric } from './drawnMetric'
import type { ShownFigure } from './FigureButton'

type Schemas = components['schemas']
export type Engagement = Schemas['Engagement']
type Figures = Schemas['EngagementTotals']

const NAMES = ['engaged', 'conversions', 'conversion_rate', 'friction_rate'] as const
type Name = (typeof NAMES)[number]
export type EngagementMetric = Name | `revenue-${string}`

/** The metric of this name in the address. */
export function readEngagementMetric(name: unknown): EngagementMetric | undefined {
  const found = NAMES.find((known) => known === name)
  return found ?? (typeof name === 'string' && /^revenue-[A-Z]{3}$/.test(name) ? (name as EngagementMetric) : undefined)
}

const HELP = {
  engaged: 'The share of sessions of 10 seconds or longer, with two page views or more, or with an order or booking.',
  conversions: 'Orders and bookings in sessions, each counted once.',
  conversion_rate: 'The share of sessions with an order or booking.',
  revenue: 'The value of orders and bookings in sessions, each counted once.',
  friction_rate: 'Rage, dead, slow and error clicks, JavaScript errors and form errors for every 100 sessions.',
}

export type EngagementFigure = ShownFigure & { metric: EngagementMetric }

const currencyOf = (metric: `revenue-${string}`) => metric.slice('revenue-'.length)
const amountIn = (currency: string) => (figures: Figures) =>
  Number(figures.revenue.find((sum) => sum.currency === currency)?.amount ?? 0)
const per100 = ({ friction, sessions }: { friction: number; sessions: number }) =>
  sessions === 0 ? 0 : (friction * 100) / sessions

/** The figures in their order; revenue in one figure for each currency. */
export function engagementFigures(overview: Overview, engagement: Engagement): EngagementFigure[] {
  const { totals, previous } = engagement
  const revenue = revenueOf(totals.revenue, previous.revenue)
  const spark = (metric: EngagementMetric) => completeValues(engagementSeries(overview, engagement, metric))
  const missing = engagement.unattributed_conversions
  const note = missing === 0 ? '' : ` ${exactNumber(missing)} more name no session and are not counted.`
  return [
    {
      metric: 'engaged',
      name: 'Engaged rate',
      help: HELP.engaged,
      good: 'up',
      format: 'share',
      value: engagedShare(totals),
      previous: engagedShare(previous),
      spark: spark('engaged'),
    },
    {
      metric: 'conversions',
      name: 'Conversions',
      help: HELP.conversions + note,
      good: 'up',
      format: 'number',
      value: totals.conversions,
      previous: previous.conversions,
      spark: spark('conversions'),
    },
    {
      metric: 'conversion_rate',
      name: 'Conversion rate',
      help: HELP.conversion_rate,
      good: 'up',
      format: 'share',
      value: conversionShare(totals),
      previous: conversionShare(previous),
      spark: spark('conversion_rate'),
    },
    ...revenue.map(({ currency, amount, previous: before }): EngagementFigure => {
      const metric = `revenue-${currency}` as const
      return {
        metric,
        name: revenueName(currency, revenue.length),
        help: HELP.revenue + note,
        good: 'up',
        format: { currency },
        value: amount,
        previous: before,
        spark: spark(metric),
      }
    }),
    {
      metric: 'friction_rate',
      name: 'Friction per 100 sessions',
      help: HELP.friction_rate + estimateNote(overview.distinct_error),
      good: 'down',
      format: 'rate',
      value: overview.totals.sessions === 0 ? null : per100(overview.totals),
      previous: per100(overview.previous),
      spark: spark('friction_rate'),
    },
  ]
}

const revenueName = (currency: string, currencies: number) => (currencies === 1 ? 'Revenue' : `Revenue in ${currency}`)

/** The series of a metric; of shares in percent. */
export function engagementSeries(
  overview: Overview,
  { period, series, previous_series }: Engagement,
  metric: EngagementMetric,
): Series {
  const of = (pick: (figures: Figures) => number) => toSeries(period, series, previous_series, pick)
  const rate = (drawn: Series): Series => ({ ...drawn, isRate: true })
  switch (metric) {
    case 'engaged':
      return rate(of((figures) => 100 * (engagedShare(figures) ?? 0)))
    case 'conversions':
      return of((figures) => figures.conversions)
    case 'conversion_rate':
      return rate(of((figures) => 100 * (conversionShare(figures) ?? 0)))
    case 'friction_rate':
      return rate(toSeries(overview.period, overview.series, overview.previous_series, per100))
    default:
      return of(amountIn(currencyOf(metric)))
  }
}

/** How its series is named and written. */
export function engagementFormat(metric: EngagementMetric): Omit<DrawnMetric, 'series'> {
  switch (metric) {
    case 'engaged':
      return { name: 'Engaged rate', good: 'up', unit: '%', format: (value) => percent(value / 100) }
    case 'conversions':
      return { name: 'Conversions', good: 'up' }
    case 'conversion_rate':
      return { name: 'Conversion rate', good: 'up', unit: '%', format: (value) => percent(value / 100) }
    case 'friction_rate':
      return { name: 'Friction per 100 sessions', good: 'down', format: (value) => value.toFixed(1) }
    default: {
      const currency = currencyOf(metric)
      return { name: `Revenue in ${currency}`, good: 'up', format: (value) => money(value, currency) }
    }
  }
}
