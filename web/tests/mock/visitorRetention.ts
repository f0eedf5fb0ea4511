// The mock's retention: cohorts of a growing site, of which fewer and fewer come back; phones less than desktops.
import type { components } from '../../src/api/schema.gen'
import { seeded } from './random'
import { averageOf, parted } from './retentionGroups'
import { problem } from './server'
import type { MockState } from './state'

type VisitorRetention = components['schemas']['VisitorRetention']

const DAY = 86_400_000

/** Of the first, so many are back after it: in parts of the ones before. */
const BACK = { visit: 0.34, conversion: 0.06 }
/** How much more or less a segment is back, and how large it is. */
const SEGMENTS: Record<string, readonly [back: number, size: number]> = {
  mobile: [0.82, 0.58],
  desktop: [1.28, 0.36],
  tablet: [1, 0.06],
  Chrome: [1, 0.6],
  Safari: [0.9, 0.25],
  Android: [0.85, 0.5],
  iOS: [0.95, 0.2],
  TZ: [1.1, 0.7],
  KE: [0.8, 0.12],
  Nowhere: [1, 0],
}

export function answerRetention(state: MockState, query: URLSearchParams, now: number) {
  const [from, to] = [Date.parse(query.get('from') ?? ''), Date.parse(query.get('to') ?? '')]
  if (startsOf(query.get('unit') ?? 'day', from, to).length > 200)
    return problem(422, 'Unprocessable Entity', 'unit: the period has more than 200 of them', 'unit')
  return { status: 200, json: retentionOf(state, query, from, to, now) }
}

function retentionOf(
  state: MockState,
  query: URLSearchParams,
  from: number,
  to: number,
  now: number,
): VisitorRetention {
  const unit = query.get('unit') ?? 'day'
  const [first, returning] = [query.get('first') ?? 'visit', query.get('return') ?? 'visit']
  const segments = ['device', 'browser', 'os', 'country'].flatMap((name) => SEGMENTS[query.get(name) ?? ''] ?? [])
  const [back, size] = [segments[0] ?? 1, segments[1] ?? 1]
  const begun = startsOf(unit, from, to).filter((at) => at <= now)
  const isLastPartial = begun.length > 0 && endOf(unit, begun.at(-1) as number) > now
  const days = unit === 'day' ? 1 : unit === 'week' ? 7 : 30
  const cohorts = begun.map((at, index) => {
    const random = seeded(Math.floor(at / DAY))
    const visitors = state.isEmpty
      ? 0
      : Math.round((first === 'visit' ? 210 : 14) * days ** 0.9 * size * (0.8 + index * 0.02 + random() * 0.3))
    const returned = begun.slice(index).map((_, offset) => {
      if (offset === 0)
        return first === returning || returning === 'visit' ? visitors : Math.round(visitors * 0.11 * back)
      const isGoingOn = isLastPartial && index + offset === begun.length - 1
      return Math.round(
        visitors *
          Math.min(
            0.9,
            BACK[returning === 'visit' ? 'visit' : 'conversion'] * back * offset ** -0.62 * (0.85 + random() * 0.3),
          ) *
          (isGoingOn ? 0.4 : 1),
      )
    })
    return { from: iso(at), to: iso(endOf(unit, at)), visitors, returned, is_last_partial: isLastPartial }
  })
  const asked = parted(cohorts, query)
  return {
    unit,
    time_zone: 'UTC',
    first,
    returning,
    ...asked,
    average: averageOf(asked.cohorts),
    unattributed_conversions: !state.isEmpty && [first, returning].includes('conversion') ? 3 : 0,
  }
}

function iso(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z')
}

function startsOf(unit: string, from: number, to: number): number[] {
  const starts: number[] = []
  for (let at = startOf(unit, from); at < to; at = endOf(unit, at)) starts.push(at)
  return starts
}

/** Of a day, an ISO week, or a month, in UTC. */
function startOf(unit: string, at: number): number {
  const day = Math.floor(at / DAY) * DAY
  if (unit === 'week') return day - ((new Date(day).getUTCDay() + 6) % 7) * DAY
  return unit === 'month' ? Date.UTC(new Date(day).getUTCFullYear(), new Date(day).getUTCMonth(), 1) : day
}

function endOf(unit: string, at: number): number {
  if (unit === 'month') return Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth() + 1, 1)
  return at + (unit === 'week' ? 7 : 1) * DAY
}
