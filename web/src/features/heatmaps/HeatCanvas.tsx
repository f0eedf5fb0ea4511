// Heat as a picture over the page, in the map's own resolution; the browser smooths it.
import { useEffect, useRef } from 'react'
import { pixelsOf } from './colours'
import type { Density } from './density'
import classes from './Heatmaps.module.css'

export function HeatCanvas({ density, scheme }: { density: Density; scheme: 'light' | 'dark' }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const { values, width, height, max } = density
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixelsOf(values, max, scheme), width, height), 0, 0)
  }, [density, scheme])
  return <canvas ref={canvas} className={classes.heat} width={density.width} height={density.height} aria-hidden />
}
