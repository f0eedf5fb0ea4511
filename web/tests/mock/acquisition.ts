// The mock's acquisition: sessions by any value, with engagement, friction and sales that differ by it.
import type { Acquisition, AcquisitionFigures, AcquisitionRow } from '../../src/features/acquisition/api'
import type { Breakdown } from '../../src/lib/breakdowns'
import { parseFilters } from '../../src/lib/filters'
import { overviewOf } from './overview'
import { seeded } from './random'
import type { MockState } from './state'

const SESSIONS = 18_240

/** Values with their share of all sessions. */
const VALUES: Record<Breakdown, [value: string | null, share: number][]> = {
  channel: [
    ['search', 0.38],
    ['direct', 0.27],
    ['social', 0.12],
    ['email', 0.09],
    ['paid', 0.08],
    ['referral', 0.05],
    ['campaign', 0.01],
  ],
  referrer: [
    ['www.google.com', 0.34],
    ['l.instagram.com', 0.08],
    ['www.bing.com', 0.03],
    ['www.tripadvisor.com', 0.03],
    ['zanzibar-guide.example', 0.02],
    ['t.co', 0.015],
    ['news.a-site-with-a-very-long-name-that-does-not-fit.example', 0.01],
    ['duckduckgo.com', 0.01],
    ['m.facebook.com', 0.008],
    [null, 0.4],
  ],
  utm_source: [
    ['newsletter', 0.09],
    ['google', 0.08],
    ['instagram', 0.05],
    [null, 0.78],
  ],
  utm_medium: [
    ['email', 0.09],
    ['cpc', 0.08],
    ['social', 0.05],
    [null, 0.78],
  ],
  utm_campaign: [
    ['easter_2026', 0.09],
    ['kids-travel-free', 0.08],
    ['island_weekend', 0.04],
    [null, 0.79],
  ],
  entry_path: [
    ['/', 0.44],
    ['/routes', 0.16],
    ['/offers/easter-weekend-return-tickets', 0.12],
    ['/timetable', 0.1],
    ['/help', 0.05],
    ['/routes/zanzibar-pemba', 0.04],
    ['/blog/what-to-pack-for-the-crossing', 0.03],
    ['/contact', 0.02],
    ...Array.from({ length: 70 }, (_, index): [string, number] => [`/blog/${index + 1}`, 0.0005]),
  ],
  exit_path: [
    ['/checkout', 0.22],
    ['/', 0.2],
    ['/book/seats', 0.17],
    ['/routes', 0.13],
    ['/checkout/confirmed', 0.12],
    ['/help/payment', 0.05],
    ['/timetable', 0.05],
    ['/help', 0.03],
    ['/contact', 0.01],
  ],
  country: [
    ['TZ', 0.61],
    ['KE', 0.17],
    ['DE', 0.07],
    ['GB', 0.05],
    ['US', 0.03],
    ['ZA', 0.02],
    ['IT', 0.01],
    ['NL', 0.01],
    ['FR', 0.005],
    [null, 0.02],
  ],
  city: [
    ['Dar es Salaam', 0.36],
    ['Zanzibar', 0.16],
    ['Nairobi', 0.1],
    ['Mombasa', 0.06],
    ['Arusha', 0.05],
    ['Berlin', 0.03],
    ['London', 0.03],
    ['Dodoma', 0.02],
    [null, 0.12],
  ],
  device: [
    ['mobile', 0.66],
    ['desktop', 0.29],
    ['tablet', 0.05],
  ],
  browser: [
    ['Chrome', 0.58],
    ['Safari', 0.22],
    ['Samsung Internet', 0.09],
    ['Firefox', 0.06],
    ['Edge', 0.04],
    ['Opera', 0.01],
  ],
  os: [
    ['Android', 0.52],
    ['iOS', 0.2],
    ['Windows', 0.18],
    ['macOS', 0.07],
    ['Linux', 0.03],
  ],
  viewport: [
    ['0-479', 0.63],
    ['1024-1439', 0.16],
    ['1440+', 0.13],
    ['768-1023', 0.05],
    ['480-767', 0.03],
  ],
}

const FILTERS = [
  'entry_path',
  'exit_path',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'city',
  'country',
  'device',
  'browser',
  'os',
] as const

/** The share of sessions that the filters leave. */
function kept(query: URLSearchParams): number {
  const own = FILTERS.flatMap((name) => (query.has(name) ? [{ name, value: query.get(name) }] : []))
  const others = parseFilters(query.get('filters') ?? '').flatMap(({ dimension, values: [value] }) =>
    isBreakdown(dimension) ? [{ name: dimension, value: value || null }] : [],
  )
  return [...own, ...others].reduce(
    (share, { name, value }) => share * (VALUES[name].find(([known]) => known === value)?.[1] ?? 0),
    1,
  )
}

function isBreakdown(name: string): name is Breakdown {
  return name in VALUES
}

export const sum = (currency: string, amount: number) => ({
  currency,
  amount: amount.toFixed(2),
  minor: Math.round(amount * 100),
  text: `${currency} ${amount}`,
})

function figuresOf(sessions: number, seed: number): AcquisitionFigures & { previous_sessions: number } {
  const random = seeded(seed)
  const part = (least: number, most: number) => Math.round(sessions * (least + random() * (most - least)))
  const conversions = part(0.005, 0.06)
  return {
    sessions,
    previous_sessions: part(0.8, 1.15),
    visitors: part(0.78, 0.95),
    page_views: Math.round(sessions * 4.2),
    engaged_sessions: part(0.5, 0.85),
    friction_sessions: part(0.04, 0.18),
    conversions,
    converting_sessions: Math.round(conversions * 0.97),
    revenue:
      conversions === 0
        ? []
        : [
            sum('TZS', conversions * 84_500),
            ...(conversions > 60 ? [sum('USD', Math.round(conversions / 9) * 42.5)] : []),
          ],
    median_seconds: sessions === 0 ? null : Math.round(30 + random() * 150),
  }
}

/** Whom the payment button fails: phones, most of them with one browser. */
const STUCK: Partial<Record<Breakdown, [value: string, share: number][]>> = {
  browser: [
    ['Samsung Internet', 0.94],
    ['Chrome', 0.06],
  ],
  device: [['mobile', 1]],
}

export function acquisitionOf(state: MockState, query: URLSearchParams, from: number, to: number): Acquisition {
  const by = (query.get('by') ?? 'channel') as Breakdown
  const sessions = state.isEmpty ? 0 : Math.round(SESSIONS * kept(query))
  const filtered = (FILTERS as readonly string[]).includes(by) ? query.get(by) : null
  const known = query.get('selector')?.startsWith('#checkout') ? STUCK[by] : undefined
  const values = (known ?? VALUES[by]).filter(([value]) => filtered === null || value === filtered)
  const sum = values.reduce((all, [, share]) => all + share, 0)
  const rows = values
    .map(
      ([value, share], index): AcquisitionRow => ({
        value,
        ...figuresOf(Math.round((sessions * share) / sum), index * 31 + by.length),
      }),
    )
    .filter((row) => row.sessions > 0)
  const start = Number(query.get('cursor') ?? 0)
  const end = start + Number(query.get('limit') ?? 50)
  const { previous_sessions: previous, ...totals } = figuresOf(sessions, 7)
  const { previous_sessions: _before, ...previousTotals } = figuresOf(previous, 8)
  return {
    period: overviewOf(from, to).period,
    by,
    totals,
    previous_totals: previousTotals,
    unattributed_conversions: state.isEmpty ? 0 : 12,
    rows: rows.slice(start, end),
    total: rows.length,
    next_cursor: end < rows.length ? String(end) : null,
  }
}
