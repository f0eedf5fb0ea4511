// Joins what the live feed brought with what the question answered, newest first, each event once; pure.
import type { EventRow } from '../../api/types'
import { activeFilters, type AnalysisSearch } from '../../lib/analysis'

const SHOWN = 14

/** Whether the live feed, which the server does not filter and which has no bots, is all that is asked for. */
export function isFeedWhole(search: AnalysisSearch): boolean {
  return isFeedUsed(search) && search.bots !== true
}

/** With filters the question's answer alone is shown. */
export function isFeedUsed(search: AnalysisSearch): boolean {
  return activeFilters(search).length === 0 && search.from === undefined
}

export function feedRows(arrived: EventRow[], answered: EventRow[], withBots: boolean): EventRow[] {
  const rows = new Map<string, EventRow>()
  for (const event of [...arrived, ...answered]) {
    if (!rows.has(event.id) && (withBots || !event.bot)) rows.set(event.id, event)
  }
  return [...rows.values()].sort((a, b) => b.received_at.localeCompare(a.received_at)).slice(0, SHOWN)
}
