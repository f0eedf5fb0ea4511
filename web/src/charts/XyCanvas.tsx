// Draws several series over names on a canvas.
import { useEffect } from 'react'
import classes from './Chart.module.css'
import { PALETTES, type Scheme } from './palette'
import { useChart } from './useChart'
import type { XyDrawing } from './xy'
import { xyOption } from './xyOption'
import { xyTooltip } from './xyTooltip'

type Props = { drawing: XyDrawing; scheme: Scheme; format: (value: number) => string }

export default function XyCanvas({ drawing, scheme, format }: Props) {
  const { host, chart } = useChart()
  useEffect(() => {
    const palette = PALETTES[scheme]
    const option = xyOption(drawing, palette, (index) => xyTooltip(drawing, index, palette, format))
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    chart.current?.setOption({ ...option, animation: !isStill }, { replaceMerge: ['series'] })
  }, [chart, drawing, scheme, format])
  return (
    <div className={classes.canvas}>
      <div ref={host} className={classes.host} />
    </div>
  )
}
