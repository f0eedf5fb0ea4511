// The bar of a recording: how far it has played and loaded, what is skipped, and marks of friction, errors and failed requests.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import type { Inactivity } from '../../lib/replayMessages'
import type { BarMark } from './entryView'
import { clock } from './model'
import classes from './Player.module.css'

type Props = {
  ms: number
  length: number
  here: number
  marks: BarMark[]
  inactivity: Inactivity[]
  onSeek: (ms: number) => void
}

const STEPS: Record<string, number> = {
  ArrowRight: 5_000,
  ArrowUp: 5_000,
  ArrowLeft: -5_000,
  ArrowDown: -5_000,
  PageUp: 30_000,
  PageDown: -30_000,
}

export function SeekBar({ ms, length, here, marks, inactivity, onSeek }: Props) {
  const bar = useRef<HTMLDivElement>(null)
  const share = (at: number) => `${length === 0 ? 0 : Math.min(100, (at / length) * 100)}%`

  function seekTo(event: PointerEvent) {
    const box = bar.current?.getBoundingClientRect()
    if (box && box.width > 0) onSeek(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * length)
  }

  function onKeyDown(event: KeyboardEvent) {
    // With shift they go from mark to mark, as everywhere on the page.
    const step = event.shiftKey ? undefined : STEPS[event.key]
    const target = step !== undefined ? ms + step : { Home: 0, End: length }[event.key]
    if (target === undefined) return
    event.preventDefault()
    onSeek(Math.min(Math.max(0, target), length))
  }

  return (
    <div className={classes.bar}>
      <div
        ref={bar}
        className={classes.track}
        role="slider"
        tabIndex={0}
        aria-label="Position"
        aria-valuemin={0}
        aria-valuemax={Math.floor(length / 1_000)}
        aria-valuenow={Math.floor(ms / 1_000)}
        aria-valuetext={`${clock(ms)} of ${clock(length)}`}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          seekTo(event)
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event)
        }}
      >
        <span className={classes.loaded} style={{ width: share(here) }} />
        {inactivity.map(({ from, to }) => (
          <span
            key={from}
            className={classes.idle}
            style={{ left: share(from), width: share(to - from) }}
            title="No input"
          />
        ))}
        <span className={classes.played} style={{ width: share(ms) }} />
        <span className={classes.thumb} style={{ left: share(ms) }} />
      </div>
      <div className={classes.marks}>
        {marks.map((mark) => (
          <button
            key={mark.key}
            type="button"
            className={classes.mark}
            data-tone={mark.tone}
            data-entry={mark.isEntry || undefined}
            style={{ left: share(mark.ms) }}
            title={`${clock(mark.ms)} ${mark.label}${mark.detail ? `: ${mark.detail}` : ''}`}
            aria-label={`${mark.label} at ${clock(mark.ms)}`}
            tabIndex={-1}
            onClick={() => onSeek(Math.max(0, mark.ms - 1_000))}
          />
        ))}
      </div>
    </div>
  )
}
