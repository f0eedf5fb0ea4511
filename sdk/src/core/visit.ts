// The visit that a page's events belong to; the script of the same key shares it, and alone numbers its events.
import type { Storage } from '../lib/storage'
import { createSession } from '../session'

export interface Visit {
  session_id: string
  /** Only of visitors who allow that they are known again. */
  visitor_id?: string
}

export const createVisits = (storage: Storage, prefix: string, mayKeep: () => boolean): (() => Visit) => {
  const who = createSession(storage, prefix, 0)
  return () => {
    const { session_id, visitor_id } = who()
    return mayKeep() ? { session_id, visitor_id } : { session_id }
  }
}
