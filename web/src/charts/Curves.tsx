// Curves of shares in a fixed height, their canvas loaded when it is first needed.
import { Skeleton, useComputedColorScheme } from '@mantine/core'
import { lazy, Suspense } from 'react'
import classes from './Chart.module.css'
import type { CurveDrawing } from './curves'

const Canvas = lazy(() => import('./CurvesCanvas'))

export function Curves({ height, label, drawing }: { height: number; label: string; drawing: CurveDrawing }) {
  const scheme = useComputedColorScheme('light')
  return (
    <figure className={classes.figure} style={{ height }} role="img" aria-label={label}>
      <Suspense fallback={<Skeleton height={height} />}>
        <Canvas drawing={drawing} scheme={scheme} />
      </Suspense>
    </figure>
  )
}

/** The names of all curves but those behind them, which have one together. */
export function CurvesLegend({ drawing: { curves }, faint }: { drawing: CurveDrawing; faint: string }) {
  const named = curves.filter(({ tone }) => tone !== 'faint')
  return (
    <span className={classes.legend} data-wraps>
      {named.map(({ name, tone }) => (
        <span key={tone}>
          <i data-tone={tone} /> {name}
        </span>
      ))}
      {curves.length > named.length && (
        <span>
          <i data-tone="faint" /> {faint}
        </span>
      )}
    </span>
  )
}
