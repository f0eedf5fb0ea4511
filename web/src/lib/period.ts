// The period of a question: presets relative to now, or a custom range; pure, resolved to instants only when asked.

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

const DAY = 86_400_000
const LENGTH: Record<Exclude<Preset, 'today'>, number> = { '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY, '90d': 90 * DAY }

/** How far past now a preset reaches: what has just happened counts, also by a visitor's clock that is a little ahead. */
const AHEAD = 60_000

/** The instants a preset means at `now`; "today" starts at midnight UTC. */
export function resolvePreset(preset: Preset, now: number): Range {
  const from = preset === 'today' ? Math.floor(now / DAY) * DAY : now - LENGTH[preset]
  return { from: instant(from), to: instant(now + AHEAD) }
}

/** An instant without milliseconds, as the API writes it. */
export function instant(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

/** A range of whole days, both included ("2026-11-01" to "2026-11-07"). */
export function wholeDays(first: string, last: string): Range {
  return { from: `${first}T00:00:00Z`, to: instant(Date.parse(`${last}T00:00:00Z`) + DAY) }
}

export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value))
}
