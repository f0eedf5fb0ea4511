// A time series in a fixed height, its canvas loaded when it is first needed.
import { Skeleton, useComputedColorScheme } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import { exactNumber } from '../lib/format'
import classes from './Chart.module.css'
import { marksOf, type Note } from './marks'
import { rangeOf, withoutPartialStart } from './series'
import type { Drawing } from './timeSeriesOption'

const Canvas = lazy(() => import('./TimeSeriesCanvas'))

type Props = Omit<Drawing, 'marks'> & {
  /** Shown where they happened. */
  notes?: readonly Note[] | undefined
  height: number
  /** Narrows the period to the dragged or clicked buckets. */
  onRange?: (range: { from: string; to: string }) => void
}

export function TimeSeries({
  height,
  onRange,
  series: whole,
  name,
  tone,
  shape,
  withPrevious,
  format,
  axis,
  notes,
}: Props) {
  const scheme = useComputedColorScheme('light')
  const series = useMemo(() => withoutPartialStart(whole), [whole])
  const marks = useMemo(() => notes && marksOf(series, notes), [series, notes])
  const drawing = useMemo(
    () => ({ series, name, tone, shape, withPrevious, format, axis, marks }),
    [series, name, tone, shape, withPrevious, format, axis, marks],
  )
  const total = series.points.reduce((sum, point) => sum + point.value, 0)
  const select =
    onRange &&
    ((first: number, last: number) => {
      const range = rangeOf(series, first, last)
      if (range) onRange(range)
    })
  return (
    <figure
      className={classes.figure}
      style={{ height }}
      role="img"
      aria-label={`${name} over time, ${series.isRate ? '' : `${exactNumber(total)} `}in ${series.points.length} intervals`}
    >
      <Suspense fallback={<Skeleton height={height} />}>
        <Canvas drawing={drawing} scheme={scheme} onSelect={select} />
      </Suspense>
    </figure>
  )
}

/** The legend of a time series' marks. */
export function Legend({
  name,
  tone,
  withPrevious,
  previous,
}: Pick<Drawing, 'name' | 'tone' | 'withPrevious'> & { previous: string }) {
  return (
    <span className={classes.legend}>
      <i data-tone={tone} /> {name}
      {withPrevious && (
        <>
          <i data-tone="previous" /> {previous}
        </>
      )}
    </span>
  )
}
