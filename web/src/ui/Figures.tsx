// Figures in text: numbers with their exact value on hover, changes with their sign, times that keep up with the clock.
import { useEffect, useState } from 'react'
import { changeBetween, exactNumber, percent, shortNumber, signedPercent, signedPoints } from '../lib/format'
import { absoluteTime, relativeTime } from '../lib/time'
import { useComparedSegment, useMissingComparison } from './comparison'
import classes from './Figures.module.css'

export function Num({ value }: { value: number }) {
  const short = shortNumber(value)
  const exact = exactNumber(value)
  return short === exact ? <span>{short}</span> : <span title={exact}>{short}</span>
}

export type Direction = 'up' | 'down' | 'neutral'

type ChangeProps = {
  current: number
  previous: number
  /** Which direction is good. */
  good: Direction
}

export function ChangeBadge({ current, previous, good }: ChangeProps) {
  const missing = useMissingComparison()
  const segment = useComparedSegment()
  const change = changeBetween(current, previous)
  if (missing !== null || change.kind === 'none')
    return (
      <span className={classes.change} title={missing ?? undefined}>
        –
      </span>
    )
  const title = `${exactNumber(previous)} in ${segment ?? 'the previous period'}`
  if (change.kind === 'new')
    return (
      <span className={classes.change} data-tone={tone(1, good)} title={title}>
        New
      </span>
    )
  return (
    <span className={classes.change} data-tone={tone(change.share, good)} title={title}>
      {signedPercent(change.share)}
    </span>
  )
}

type PointsProps = {
  /** Shares between 0 and 1; null where there was nothing to take a share of. */
  current: number
  previous: number | null
  good: Direction
}

/** How a percentage changed: by points, for a percentage of a percentage says little. */
export function PointsBadge({ current, previous, good }: PointsProps) {
  const missing = useMissingComparison()
  const segment = useComparedSegment()
  if (missing !== null || previous === null)
    return (
      <span className={classes.change} title={missing ?? undefined}>
        –
      </span>
    )
  return (
    <span
      className={classes.change}
      data-tone={tone(current - previous, good)}
      title={`${percent(previous)} in ${segment ?? 'the previous period'}`}
    >
      {signedPoints(current - previous)}
    </span>
  )
}

function tone(share: number, good: Direction): 'good' | 'bad' | undefined {
  if (good === 'neutral' || Math.abs(share) < 0.0005) return undefined
  return share > 0 === (good === 'up') ? 'good' : 'bad'
}

/** A time relative to now within a day, absolute on hover. */
export function Time({ at, prefix = '' }: { at: string; prefix?: string }) {
  const now = useNow(Date.now() - Date.parse(at) < 60_000 ? 1_000 : 30_000)
  return (
    <time dateTime={at} title={absoluteTime(at)} className={classes.time}>
      {prefix}
      {relativeTime(at, now)}
    </time>
  )
}

/** The current time, read again every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  // A render between two ticks (new data) must not show a time in the past of the data.
  return Math.max(now, Date.now() - everyMs)
}
