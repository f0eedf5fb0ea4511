// The period of a question: presets relative to now, or a custom range; pure, resolved to instants only when asked.

import { endOfHour, startOfDay, startOfDayText, startOfHour } from './zone'

export const PRESETS = ['24h', 'today', '7d', '30d', '90d'] as const
export type Preset = (typeof PRESETS)[number]
export type Range = { from: string; to: string }

export const PRESET_LABELS: Record<Preset, string> = {
  '24h': 'Last 24 hours',
  today: 'Today',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
}

/** Days of a preset, today included. */
const DAYS: Record<Exclude<Preset, '24h'>, number> = { today: 1, '7d': 7, '30d': 30, '90d': 90 }
const HOUR = 3_600_000

/** How far past now a preset reaches: what has just happened counts, also by a visitor's clock that is a little ahead. */
const AHEAD = 60_000

/** The instants a preset means at `now`: whole days and hours of the project's clock, the present one as far as it goes. */
export function resolvePreset(preset: Preset, now: number): Range {
  const isHours = preset === '24h'
  const end = isHours ? endOfHour(now) : startOfDay(now, 1)
  const from = isHours ? startOfHour(end - 24 * HOUR) : startOfDay(now, 1 - DAYS[preset])
  return { from: instant(from), to: instant(Math.min(now + AHEAD, end)) }
}

/** An instant without milliseconds, as the API writes it. */
export function instant(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

/** A range of whole days, both included ("2026-11-01" to "2026-11-07"). */
export function wholeDays(first: string, last: string): Range {
  return { from: instant(startOfDayText(first)), to: instant(startOfDayText(last, 1)) }
}

export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value))
}
