// The recording beside the timeline; of several, the one that the chosen moment is in.
import { Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconPlayerPlayFilled } from '@tabler/icons-react'
import { Suspense, useCallback } from 'react'
import { duration } from '../../lib/format'
import { timeOfDay } from '../../lib/locale'
import { Card } from '../../ui/Card'
import { BlockSkeleton } from '../../ui/States'
import type { SessionRecording } from './api'
import type { SessionParts } from './parts'
import classes from './Session.module.css'

/** A moment of a recording that was asked for; asked for again, it counts on. */
export type Seek = { id: string; startAtMs: number; nth: number }

type Props = {
  projectId: string
  recordings: SessionRecording[]
  chosenId: string | undefined
  seek: Seek | null
  Player: SessionParts['RecordingPlayer']
  onChoose: (id: string) => void
  /** Called with the instant that is shown. */
  onTime: (atMs: number) => void
}

export function Recording({ projectId, recordings, chosenId, seek, Player, onChoose, onTime }: Props) {
  const shown = recordings.find(({ id }) => id === (seek?.id ?? chosenId)) ?? recordings[0]
  const startedMs = Date.parse(shown?.started_at ?? '')
  const onPlayerTime = useCallback((ms: number) => onTime(startedMs + ms), [onTime, startedMs])
  if (!shown) return null
  const choice = recordings.length > 1 && (
    <Select
      size="xs"
      aria-label="Recording"
      allowDeselect={false}
      value={shown.id}
      onChange={(id) => id && onChoose(id)}
      data={recordings.map(({ id, started_at, duration_seconds }) => ({ value: id, label: `${timeOfDay(started_at)}, ${duration(duration_seconds * 1000)}` }))}
    />
  )
  return (
    <Card title="Recording" note={choice ? undefined : duration(shown.duration_seconds * 1000)} actions={choice || undefined} flush>
      {Player ? (
        <Suspense fallback={<BlockSkeleton height={300} />}>
          <Player key={shown.id} projectId={projectId} recordingId={shown.id} {...(seek?.id === shown.id ? { startAtMs: seek.startAtMs } : {})} onTime={onPlayerTime} />
        </Suspense>
      ) : (
        <div className={classes.watch}>
          <Link to={'/p/$projectId/recordings/$recordingId' as string} params={{ projectId, recordingId: shown.id } as never} className={classes.action}>
            <IconPlayerPlayFilled size={13} aria-hidden /> Watch the recording
          </Link>
        </div>
      )}
    </Card>
  )
}
