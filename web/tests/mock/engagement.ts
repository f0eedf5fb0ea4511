// The mock's engagement: of the sessions of the overview most are engaged, and a few buy, on the bad day fewer.
import type { components } from '../../src/api/schema.gen'
import { sum } from './acquisition'
import { overviewOf } from './overview'
import { seeded } from './random'
import type { MockState } from './state'

type Schemas = components['schemas']
type Engagement = Schemas['Engagement']
type Bucket = Schemas['EngagementBucket']

export function engagementOf(state: MockState, from: number, to: number): Engagement {
  const overview = overviewOf(from, to, state.isEmpty ? 0 : 1, state.firstEventAt)
  const series = overview.series.map((bucket) => bucketOf(bucket.at, bucket.sessions, bucket.friction))
  const previous = overview.previous_series.map(
    (bucket) => bucket && bucketOf(bucket.at, bucket.sessions, bucket.friction),
  )
  return {
    period: overview.period,
    totals: sumOf(series),
    previous: sumOf(previous.filter((bucket) => bucket !== null)),
    series,
    previous_series: previous,
    unattributed_conversions: state.isEmpty ? 0 : 12,
  }
}

function bucketOf(at: string, sessions: number, friction: number): Bucket {
  const random = seeded(Date.parse(at) / 3_600_000 + 5)
  const converting = Math.round(sessions * (0.05 - (friction / (sessions || 1)) * 0.09) * (0.85 + random() * 0.3))
  const conversions = Math.round(converting * 1.03)
  return {
    at,
    sessions,
    engaged_sessions: Math.round(sessions * (0.6 + random() * 0.12)),
    converting_sessions: converting,
    conversions,
    revenue: conversions === 0 ? [] : [sum('TZS', conversions * 84_500)],
  }
}

function sumOf(buckets: Bucket[]): Schemas['EngagementTotals'] {
  const add = (count: (bucket: Bucket) => number) => buckets.reduce((total, bucket) => total + count(bucket), 0)
  const amount = add(({ revenue }) => Number(revenue[0]?.amount ?? 0))
  return {
    sessions: add(({ sessions }) => sessions),
    engaged_sessions: add((bucket) => bucket.engaged_sessions),
    converting_sessions: add((bucket) => bucket.converting_sessions),
    conversions: add(({ conversions }) => conversions),
    revenue: amount === 0 ? [] : [sum('TZS', amount)],
  }
}
