// A small line without axes: decoration next to a figure that has the same in words.

import classes from './Chart.module.css'
import type { Tone } from './palette'

type Props = { values: number[]; tone?: Tone; height?: number; width?: number | string }

export function Sparkline({ values, tone = 'accent', height = 28, width = '100%' }: Props) {
  if (values.length < 2) return <svg width={width} height={height} aria-hidden />
  const points = sparkPoints(values, height)
  return (
    <svg
      className={classes.spark}
      data-tone={tone}
      width={width}
      height={height}
      viewBox={`0 0 100 ${height}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <polygon points={`0,${height} ${points} 100,${height}`} />
      <polyline points={points} />
    </svg>
  )
}

/** The points of the line in a box 100 wide; it shows the shape, so the bottom is not zero but a little below the least value. */
export function sparkPoints(values: number[], height: number): string {
  const top = Math.max(...values)
  const least = Math.min(...values)
  const bottom = Math.max(0, Math.min(least - (top - least) * 0.4, top * 0.8))
  const span = top - bottom || 1
  return values
    .map(
      (value, index) =>
        `${round((index / (values.length - 1)) * 100)},${round(height - 1 - ((value - bottom) / span) * (height - 3))}`,
    )
    .join(' ')
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
