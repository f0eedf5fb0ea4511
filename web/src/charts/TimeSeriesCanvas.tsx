// Draws a time series, narrows the period by dragging, opens a bucket by clicking.
import { type PointerEvent, useEffect, useState } from 'react'
import classes from './Chart.module.css'
import { PALETTES, type Scheme } from './palette'
import { type Drawing, timeSeriesOption } from './timeSeriesOption'
import { bucketTooltip } from './tooltip'
import { type Chart, useChart } from './useChart'

export type CanvasProps = {
  drawing: Drawing
  scheme: Scheme
  /** Called with the indexes of the first and last bucket of a drag, or twice the same of a click. */
  onSelect: ((first: number, last: number) => void) | undefined
}

type Drag = { from: number; to: number }

const CLICK_PX = 5

export default function TimeSeriesCanvas({ drawing, scheme, onSelect }: CanvasProps) {
  const { host, chart } = useChart()
  const [drag, setDrag] = useState<Drag | null>(null)

  useEffect(() => {
    const palette = PALETTES[scheme]
    const option = timeSeriesOption(drawing, palette, hatch(palette.previous), (index) => bucketTooltip(drawing, index))
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    // Merged, for a tooltip that is shown outlives new figures; series that are gone are removed.
    chart.current?.setOption({ ...option, animation: !isStill }, { replaceMerge: ['series'] })
  }, [chart, drawing, scheme])

  function offset(event: PointerEvent): number {
    return event.clientX - event.currentTarget.getBoundingClientRect().left
  }

  function finish(event: PointerEvent) {
    if (!drag || !onSelect) return
    setDrag(null)
    const to = offset(event)
    const isClick = Math.abs(to - drag.from) < CLICK_PX
    const [first, last] = [bucketAt(chart.current, isClick ? to : drag.from), bucketAt(chart.current, to)]
    if (first !== null && last !== null) onSelect(first, last)
  }

  return (
    <div
      className={classes.canvas}
      data-selectable={onSelect ? true : undefined}
      onPointerDown={(event) =>
        onSelect &&
        event.button === 0 &&
        event.pointerType === 'mouse' &&
        setDrag({ from: offset(event), to: offset(event) })
      }
      onPointerMove={(event) => drag && setDrag({ ...drag, to: offset(event) })}
      onPointerUp={finish}
      onPointerLeave={() => setDrag(null)}
    >
      <div ref={host} className={classes.host} />
      {drag && Math.abs(drag.to - drag.from) >= CLICK_PX && (
        <div
          className={classes.brush}
          style={{ left: Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from) }}
        />
      )}
    </div>
  )
}

function bucketAt(chart: Chart | null, x: number): number | null {
  const value: unknown = chart?.convertFromPixel({ xAxisIndex: 0 }, x)
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(0, Math.round(value)) : null
}

/** A pattern of thin diagonals. */
function hatch(color: string): unknown {
  const tile = document.createElement('canvas')
  tile.width = tile.height = 8
  const context = tile.getContext('2d')
  if (!context) return 'transparent'
  context.strokeStyle = color
  context.globalAlpha = 0.35
  context.lineWidth = 1
  for (const shift of [-8, 0, 8]) {
    context.moveTo(shift, 8)
    context.lineTo(shift + 8, 0)
  }
  context.stroke()
  return { image: tile, repeat: 'repeat' }
}
