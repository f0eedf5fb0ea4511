// What the time line says about an entry, and whom it hits more than others; pure.
import type { Annotation } from '../../api/annotations'
import { countryName } from '../../lib/countries'
import { sentence } from '../../lib/words'

const DAY = 86_400_000

/** The release that is likely to have brought it: the last one in the day before it was first seen. */
export function releaseBefore(firstSeen: string, notes: readonly Annotation[]): Annotation | undefined {
  return releases(notes, (at) => at <= Date.parse(firstSeen) && at > Date.parse(firstSeen) - DAY).at(-1)
}

/** The release since which it has not been seen: the first one in the day after it was last seen. */
export function releaseAfter(lastSeen: string, notes: readonly Annotation[], now: number): Annotation | undefined {
  const last = Date.parse(lastSeen)
  return releases(notes, (at) => at > last && at < Math.min(now, last + DAY))[0]
}

function releases(notes: readonly Annotation[], isNear: (at: number) => boolean): Annotation[] {
  const near = notes.filter(({ kind, at }) => kind === 'release' && isNear(Date.parse(at)))
  return near.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

export const AUDIENCES = ['browser', 'device', 'country'] as const
export type Audience = (typeof AUDIENCES)[number]

export const AUDIENCE_LABELS: Record<Audience, string> = { browser: 'Browser', device: 'Device', country: 'Country' }

type Counted = { totals: { sessions: number }; rows: readonly { value?: string | null; sessions: number }[] }

/** The most frequent value among the sessions that met it, with its share of them and of all sessions. */
export type Common = {
  value: string
  share: number
  usual: number /** Clearly more frequent among them than among all. */
  isUnusual: boolean
}

export function commonOf(met: Counted, all: Counted): Common | undefined {
  const top = met.rows.find(({ value }) => value != null)
  if (top?.value == null || met.totals.sessions === 0 || all.totals.sessions === 0) return undefined
  const everybody = all.rows.find(({ value }) => value === top.value)?.sessions ?? 0
  const [share, usual] = [top.sessions / met.totals.sessions, everybody / all.totals.sessions]
  return { value: top.value, share, usual, isUnusual: share >= 0.5 && share >= usual * 1.4 }
}

export function audienceLabel(audience: Audience, value: string): string {
  if (audience === 'country') return countryName(value)
  return audience === 'device' ? sentence(value) : value
}
