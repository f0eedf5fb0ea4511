// What the addresses of the recordings pages hold: filters, a moment, and a friction that is followed; pure, and loaded with every page.
import { textOf } from '../../lib/analysis'
import { type FrictionKind, KIND_NAMES } from '../../lib/words'

export const FILTERS = ['session_id', 'visitor_id', 'user_id'] as const
export type RecordingFilter = { session_id?: string; visitor_id?: string; user_id?: string }

export function parseRecordingsSearch(search: Record<string, unknown>): RecordingFilter {
  const parsed: RecordingFilter = {}
  for (const name of FILTERS) {
    const text = String(search[name] ?? '').trim()
    if (text) parsed[name] = text
  }
  return parsed
}

/** A moment of a recording in whole seconds, and the friction that is followed from visit to visit. */
export type MomentSearch = { t?: number } & Partial<Friction>

export function parseMomentSearch(search: Record<string, unknown>): MomentSearch {
  const seconds = Number(search.t)
  return { ...(Number.isFinite(seconds) && seconds > 0 ? { t: Math.floor(seconds) } : {}), ...parseFriction(search) }
}

/** A kind of friction on one element; of script errors, in one group; without either, on one page. Named as the API's filters. */
export type Friction = { friction_kind: FrictionKind; selector?: string; error_group?: string; path?: string }

const GROUPED = new Set<FrictionKind>(['javascript_error', 'unhandled_rejection'])

/** Undefined where the parameters name no kind, or nothing that it happened on. */
export function parseFriction(search: Record<string, unknown>): Friction | undefined {
  const kind = KIND_NAMES.find((name) => name === search.friction_kind)
  if (!kind) return undefined
  for (const name of [GROUPED.has(kind) ? 'error_group' : 'selector', 'path'] as const) {
    const value = textOf(search[name])
    if (value) return { friction_kind: kind, [name]: value }
  }
  return undefined
}
