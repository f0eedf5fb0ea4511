// Joins what the live feed brought with what the question answered, newest first, each event once; pure.
import type { EventRow } from '../../api/types'

const SHOWN = 14

export function feedRows(arrived: EventRow[], answered: EventRow[], withBots: boolean): EventRow[] {
  const rows = new Map<string, EventRow>()
  for (const event of [...arrived, ...answered]) {
    if (!rows.has(event.id) && (withBots || !event.bot)) rows.set(event.id, event)
  }
  return [...rows.values()].sort((a, b) => b.received_at.localeCompare(a.received_at)).slice(0, SHOWN)
}
