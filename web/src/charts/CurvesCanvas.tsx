// Draws curves.
import { useEffect } from 'react'
import classes from './Chart.module.css'
import { type CurveDrawing, curvesOption } from './curves'
import { curvesTooltip } from './curvesTooltip'
import { PALETTES, type Scheme } from './palette'
import { useChart } from './useChart'

export default function CurvesCanvas({ drawing, scheme }: { drawing: CurveDrawing; scheme: Scheme }) {
  const { host, chart } = useChart()
  useEffect(() => {
    const option = curvesOption(drawing, PALETTES[scheme], (index) => curvesTooltip(drawing, index))
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    chart.current?.setOption({ ...option, animation: !isStill }, { replaceMerge: ['series'] })
  }, [chart, drawing, scheme])
  return <div ref={host} className={classes.host} />
}
