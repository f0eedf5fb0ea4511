// The recording beside the timeline; of several, the one that the chosen moment is in. It is loaded when it is to be played.
import { Select } from '@mantine/core'
import { IconExternalLink, IconPlayerPlayFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Suspense, useCallback } from 'react'
import { timeOfDay } from '../../lib/locale'
import { BlockSkeleton } from '../../ui/States'
import type { SessionRecording } from './api'
import { lengthText } from './model'
import type { SessionParts } from './parts'
import classes from './Session.module.css'

/** A moment of a recording that is to be played; `nth` counts how often one was chosen. */
export type Seek = { id: string; startAtMs: number; nth: number }

type Props = {
  projectId: string
  recordings: SessionRecording[]
  /** Null until something is to be played. */
  seek: Seek | null
  Player: SessionParts['RecordingPlayer']
  onPlay: (id: string) => void
  /** Called with the instant that is shown. */
  onTime: (atMs: number) => void
}

export function Recording({ projectId, recordings, seek, Player, onPlay, onTime }: Props) {
  const shown = recordings.find(({ id }) => id === seek?.id) ?? recordings[0]
  const startedMs = Date.parse(shown?.started_at ?? '')
  const onPlayerTime = useCallback((ms: number) => onTime(startedMs + ms), [onTime, startedMs])
  if (!shown) return null
  return (
    <section className={classes.replay} aria-label="Recording">
      <header>
        <h2>Recording</h2>
        <span className={classes.muted}>{lengthText(shown.duration_seconds)}</span>
        {recordings.length > 1 && (
          <Select
            size="xs"
            aria-label="Recording"
            allowDeselect={false}
            value={shown.id}
            onChange={(id) => id && onPlay(id)}
            data={recordings.map(({ id, started_at, duration_seconds }) => ({
              value: id,
              label: `${timeOfDay(started_at)}, ${lengthText(duration_seconds)}`,
            }))}
          />
        )}
        <Link
          to="/p/$projectId/recordings/$recordingId"
          params={{ projectId, recordingId: shown.id }}
          className={classes.action}
        >
          <IconExternalLink size={14} aria-hidden /> Large player
        </Link>
      </header>
      {seek?.id === shown.id ? (
        <Suspense fallback={<BlockSkeleton height={300} />}>
          {/* The same moment chosen again has to be another value to be sought again. */}
          <Player
            key={shown.id}
            projectId={projectId}
            recordingId={shown.id}
            startAtMs={seek.startAtMs + (seek.nth % 2) / 1000}
            onTime={onPlayerTime}
          />
        </Suspense>
      ) : (
        <button type="button" className={classes.poster} onClick={() => onPlay(shown.id)}>
          <span>
            <IconPlayerPlayFilled size={22} aria-hidden />
          </span>
          Watch the recording
        </button>
      )}
    </section>
  )
}
