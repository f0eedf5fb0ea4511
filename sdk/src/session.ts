// The visit and the visitor: who is here, in which session, and which event of it comes next.
//
// Both live in localStorage, so that all tabs of a browser share them. Another tab may have moved on
// since we looked: every event reads the record anew.
import { safely } from './lib/safe'
import type { Storage } from './lib/storage'
import { uuid } from './lib/uuid'

export const IDLE_MS = 30 * 60 * 1000
export const MAX_AGE_MS = 24 * 3600 * 1000

export interface EventIds {
  session_id: string
  visitor_id: string
  seq: number
}

interface Visit {
  id: string
  started_at: number
  active_at: number
  seq: number
}

/** Whether a session is in the sample: each of its events and pages comes to the same answer. */
export const isIn = (session_id: string, share: number): boolean => parseInt(session_id.slice(-6), 16) < share * 2 ** 24

/**
 * The next place in the current session, or the first place in a new one. With a `step` of 0 only who is here: the
 * server takes a place that no event fills for a lost event.
 */
export const createSession =
  (storage: Storage, prefix: string, step = 1) =>
  (): EventIds => {
    const now = Date.now()
    let visit = safely(() => JSON.parse(storage.get(`${prefix}session`) || '') as Visit | null)()
    // Absolute: a clock that was set back must not keep a session alive until it catches up.
    if (!(visit && Math.abs(now - visit.active_at) <= IDLE_MS && now - visit.started_at <= MAX_AGE_MS)) {
      visit = { id: uuid(), started_at: now, active_at: now, seq: 0 }
    }
    visit.active_at = now
    visit.seq += step
    storage.set(`${prefix}session`, JSON.stringify(visit))

    const visitor_id = storage.get(`${prefix}visitor`) || uuid()
    storage.set(`${prefix}visitor`, visitor_id)
    return { session_id: visit.id, visitor_id, seq: visit.seq }
  }
