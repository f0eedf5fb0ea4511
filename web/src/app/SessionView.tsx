// The page of a session, with the parts of other features that it shows.
import { EventPanel } from '../features/events/EventPanel'
import { SessionPage } from '../features/sessions/SessionPage'
import type { SessionParts } from '../features/sessions/parts'

const PARTS: SessionParts = { EventPanel, RecordingPlayer: null }

export function SessionView() {
  return <SessionPage parts={PARTS} />
}
