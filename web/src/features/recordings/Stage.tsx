// The replay in its frame, and what lies over it: loading, waiting, what was skipped, a failure, and the click that plays.
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Problem } from '../../api/problem'
import { duration } from '../../lib/format'
import { Failure } from '../../ui/States'
import classes from './Player.module.css'

type Props = {
  frame: RefObject<HTMLIFrameElement | null>
  size: { width: number; height: number } | undefined
  state: { isPlaying: boolean; isWaiting: boolean; skippedMs: number }
  isShown: boolean
  goesOn: boolean
  failure: Problem | undefined
  onRetry: () => void
  onToggle: () => void
}

export function Stage({ frame, size, state, isShown, goesOn, failure, onRetry, onToggle }: Props) {
  const skipped = useSkipped(state.skippedMs)
  return (
    <div className={classes.stage} style={{ aspectRatio: size ? `${size.width} / ${size.height}` : '16 / 10' }}>
      <iframe
        ref={frame}
        className={classes.frame}
        src="/replay"
        title="Replay"
        sandbox="allow-scripts allow-same-origin"
        tabIndex={-1}
        inert
      />
      {failure ? (
        <div className={classes.cover} data-opaque>
          <Failure what="A part of the recording" problem={failure} onRetry={onRetry} />
        </div>
      ) : (
        <button
          type="button"
          className={classes.cover}
          aria-label={state.isPlaying ? 'Pause' : 'Play'}
          tabIndex={-1}
          onClick={onToggle}
        >
          {!isShown && <span className={classes.wait} role="status" aria-label="Loading recording" />}
          {skipped > 0 && <span className={classes.note}>Skipped {duration(skipped)}</span>}
          {isShown && state.isWaiting && (
            <span className={classes.note}>{goesOn ? 'Waiting for more' : 'Loading'}</span>
          )}
        </button>
      )}
    </div>
  )
}

const NOTE_MS = 1_500

/** How much was skipped just now; 0 a moment later. */
function useSkipped(skippedMs: number): number {
  const [note, setNote] = useState(0)
  const before = useRef(0)
  useEffect(() => {
    const more = skippedMs - before.current
    before.current = skippedMs
    if (more <= 0) return
    setNote(more)
    const timer = setTimeout(() => setNote(0), NOTE_MS)
    return () => clearTimeout(timer)
  }, [skippedMs])
  return note
}
