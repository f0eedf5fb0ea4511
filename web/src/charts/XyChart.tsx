// Several series over names in a fixed height, with a legend; the canvas is loaded when it is first needed.
import { Skeleton, useComputedColorScheme } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { exactNumber } from '../lib/format'
import classes from './Chart.module.css'
import { PALETTES } from './palette'
import type { XyDrawing } from './xy'

const Canvas = lazy(() => import('./XyCanvas'))

type Props = { drawing: XyDrawing; label: string; height: number; format?: (value: number) => string }

export function XyChart({ drawing, label, height, format = exactNumber }: Props) {
  const scheme = useComputedColorScheme('light')
  const { categories, previous } = PALETTES[scheme]
  return (
    <>
      <ul className={classes.names} aria-label="Series">
        {drawing.series.map(({ name }, index) => (
          <li key={index}>
            <i style={{ background: categories[index] ?? previous }} /> {name}
          </li>
        ))}
      </ul>
      <figure className={classes.figure} style={{ height }} role="img" aria-label={label}>
        <Suspense fallback={<Skeleton height={height} />}>
          <Canvas drawing={drawing} scheme={scheme} format={format} />
        </Suspense>
      </figure>
    </>
  )
}
