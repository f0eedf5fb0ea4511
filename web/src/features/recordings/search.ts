// What the addresses of the recordings pages hold: filters and a moment; pure, and loaded with every page.

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

/** A moment of a recording in whole seconds. */
export type MomentSearch = { t?: number }

export function parseMomentSearch(search: Record<string, unknown>): MomentSearch {
  const seconds = Number(search.t)
  return Number.isFinite(seconds) && seconds > 0 ? { t: Math.floor(seconds) } : {}
}
