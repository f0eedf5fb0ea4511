// The parts of other features on the page of a session: features do not import each other, so the app hands them in.
import type { ComponentType } from 'react'
import type { SessionEvent } from './api'

export type PlayerProps = {
  projectId: string
  recordingId: string
  /** Where it begins, in milliseconds since the recording's start; another value seeks. */
  startAtMs?: number
  /** Called as it plays, with milliseconds since the recording's start. */
  onTime?: (ms: number) => void
}

export type SessionParts = {
  EventPanel: ComponentType<{ event: SessionEvent; onClose: () => void }>
  RecordingPlayer: ComponentType<PlayerProps>
}
