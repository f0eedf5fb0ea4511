// The page of a session, with the parts of other features that it shows.
import { lazy } from 'react'
import { EventPanel } from '../features/events/EventPanel'
import type { SessionParts } from '../features/sessions/parts'
import { SessionPage } from '../features/sessions/SessionPage'

const RecordingPlayer = lazy(async () => ({
  default: (await import('../features/recordings/RecordingPlayer')).RecordingPlayer,
}))

const PARTS: SessionParts = { EventPanel, RecordingPlayer }

export function SessionView() {
  return <SessionPage parts={PARTS} />
}
