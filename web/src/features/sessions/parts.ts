// What the session's page shows of other features: features do not import each other, so the app hands them in.
import type { ComponentType } from 'react'
import type { SessionEvent } from './api'

export type PlayerProps = {
  projectId: string
  recordingId: string
  /** Where to begin; a change seeks. */
  startAtMs?: number
  /** Called while it plays, with the milliseconds since the recording's start. */
  onTime?: (ms: number) => void
}

export type SessionParts = {
  EventPanel: ComponentType<{ event: SessionEvent; onClose: () => void }>
  RecordingPlayer: ComponentType<PlayerProps> | null
}
