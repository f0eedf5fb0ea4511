// The next visit with the same friction: through the list of recorded visits that had it, until a recording shows it.
import type { Recording, SessionEvent } from './api'
import { firstShown, type Place, visitsAfter } from './friction'
import type { Friction } from './search'

export type VisitQuestions = {
  /** Recorded visits with the friction, the latest first, page by page. */
  visits: (cursor: string | undefined) => Promise<{ sessions: Place[]; next_cursor?: string | null }>
  recordings: (sessionId: string) => Promise<Recording[]>
  events: (sessionId: string) => Promise<SessionEvent[]>
}

/** Visits that had it, but while nothing was recorded, and the last of them. */
export type Looked = { count: number; last: Place }

export type NextVisit =
  | { is: 'found'; recordingId: string; seconds: number }
  /** No other visit of the searched days had it. */
  | { is: 'none' }
  /** Others had it, but no recording shows it. */
  | { is: 'unseen'; looked: Looked; hasMore: boolean }

/** Visits that are looked into before the search pauses: each takes two requests. */
const MOST_VISITS = 20

/** Searches the visits after `place`, or after those looked into before; stops between two of them when the signal says so. */
export async function nextVisit(
  ask: VisitQuestions,
  friction: Friction,
  place: Place,
  signal: AbortSignal,
  before?: Looked,
): Promise<NextVisit> {
  const most = (before?.count ?? 0) + MOST_VISITS
  let looked = before
  let cursor: string | undefined
  do {
    const page = await ask.visits(cursor)
    for (const visit of visitsAfter(page.sessions, looked?.last ?? place)) {
      if (looked?.count === most) return { is: 'unseen', looked, hasMore: true }
      signal.throwIfAborted()
      const [recordings, events] = await Promise.all([ask.recordings(visit.session_id), ask.events(visit.session_id)])
      const shown = firstShown(recordings, events, friction)
      if (shown) return { is: 'found', ...shown }
      looked = { count: (looked?.count ?? 0) + 1, last: visit }
    }
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
  return looked ? { is: 'unseen', looked, hasMore: false } : { is: 'none' }
}
