// A lead score taken apart: points by group against what the group can give, and the events that count most; pure.
import type { LeadScoreExplained } from '../../../api/types'

const LABELS: Record<string, [label: string, help: string]> = {
  views: ['Views', 'Items and pages viewed.'],
  searches: ['Searches', 'Searches and filters applied.'],
  contact_clicks: ['Contact', 'Calls, messages and submitted forms.'],
  bookings: ['Bookings', 'Bookings started, continued and completed.'],
  recency: ['Recency', 'How recent the last activity is.'],
}

export type Part = {
  key: string
  label: string
  help: string
  points: number
  cap: number | null
  events: number | null
  isCapped: boolean
}

/** The parts of the sum. `weights` is free-form: a cap it does not name is unknown. */
export function partsOf(score: LeadScoreExplained, weights: unknown): Part[] {
  const groups = score.groups.map(({ group, points, sum, events }): Part => {
    const [label, help] = LABELS[group] ?? [group, '']
    return {
      key: group,
      label,
      help,
      points,
      events,
      cap: numberAt(weights, group, 'cap'),
      isCapped: sum > points + 0.05,
    }
  })
  const fit: Part = {
    key: 'fit',
    label: 'Fit',
    help: 'Known e-mail, known phone number, and repeat visits.',
    points: score.fit,
    cap: fitCap(weights),
    events: null,
    isCapped: false,
  }
  return [...groups, fit]
}

/** How far a part is filled, 0 to 1; of a part without a known cap, its share of 100. */
export function filled({ points, cap }: Part): number {
  return Math.min(1, Math.max(0, points / (cap || 100)))
}

function fitCap(weights: unknown): number | null {
  const parts = ['known_email', 'known_phone', 'returning'].map((name) => numberAt(weights, 'fit', name))
  return parts.includes(null) ? null : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
}

function numberAt(value: unknown, ...path: string[]): number | null {
  const found = path.reduce(
    (at: unknown, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    value,
  )
  return typeof found === 'number' ? found : null
}

/** "today", "yesterday", "12 days ago" */
export function ageText(days: number): string {
  const whole = Math.floor(days)
  if (whole <= 0) return 'today'
  return whole === 1 ? 'yesterday' : `${whole} days ago`
}
