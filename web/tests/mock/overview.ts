// Answers of the overview for any period: a daily and weekly rhythm, growing, with one bad day.
import type { Bucket, Overview, Totals } from '../../src/api/types'
import { instant } from '../../src/lib/period'
import { seeded } from './random'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEK = 7 * DAY

/** `share` scales the counts, as a filter would; before `firstEventAt` nothing happened. */
export function overviewOf(from: number, to: number, share = 1, firstEventAt = 0): Overview {
  const width = to - from <= 3 * DAY ? HOUR : DAY
  const length = to - from
  const series = bucketsOf(from, to, width, share, firstEventAt)
  // Whole weeks earlier, so that weekdays stand beside weekdays.
  const earlier = Math.ceil(length / WEEK) * WEEK
  const previous = bucketsOf(from - earlier, to - earlier, width, share, firstEventAt)
  return {
    period: {
      from: instant(from),
      to: instant(to),
      bucket_seconds: width / 1000,
      time_zone: 'UTC',
      previous_from: instant(from - earlier),
      previous_to: instant(to - earlier),
    },
    totals: sumOf(series),
    previous: sumOf(previous),
    series,
    distinct_error: 0,
    previous_series: previous,
  }
}

function bucketsOf(from: number, to: number, width: number, share: number, firstEventAt: number): Bucket[] {
  const buckets: Bucket[] = []
  for (let at = Math.floor(from / width) * width; at < to; at += width) {
    const covered = Math.max(0, Math.min(to, at + width) - Math.max(from, at, firstEventAt)) / width
    buckets.push(bucketAt(at, width, covered * share))
  }
  return buckets
}

function bucketAt(at: number, width: number, part: number): Bucket {
  const random = seeded(Math.floor(at / HOUR))
  const day = Math.floor(at / DAY)
  const weekday = new Date(at).getUTCDay()
  const season = 1 + (day % 90) / 260
  const week = weekday === 0 || weekday === 6 ? 1.28 : 1
  const hour = width < DAY ? Math.max(0.08, Math.sin(((new Date(at).getUTCHours() - 4) / 20) * Math.PI)) / 24 : 0.62
  const visitors = Math.round(2900 * season * week * hour * (0.84 + random() * 0.32) * part * (width < DAY ? 1.6 : 1))
  const sessions = Math.round(visitors * (1.18 + random() * 0.05))
  const badDay = day % 7 === 0 ? 1.7 : 1
  const friction = Math.round(sessions * 0.16 * (0.75 + random() * 0.5) * badDay)
  const pageViews = Math.round(sessions * (4.1 + random() * 0.5))
  return {
    at: instant(at),
    visitors,
    sessions,
    page_views: pageViews,
    friction,
    friction_sessions: Math.round(friction * 0.58),
    events: pageViews + friction + Math.round(sessions * 6.4),
  }
}

function sumOf(buckets: Bucket[]): Totals {
  const total: Totals = { events: 0, page_views: 0, visitors: 0, sessions: 0, friction: 0, friction_sessions: 0 }
  for (const bucket of buckets) {
    for (const name of Object.keys(total) as (keyof Totals)[]) total[name] += bucket[name]
  }
  return { ...total, visitors: Math.round(total.visitors * 0.71) }
}
