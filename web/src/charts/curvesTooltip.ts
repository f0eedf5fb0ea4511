// Draws the tooltip of curves as elements with classes: markup with style attributes would break the CSP.
import { percent } from '../lib/format'
import classes from './Chart.module.css'
import type { CurveDrawing } from './curves'
import { element } from './tooltip'

/** All curves, each with its interval; of the faint ones only how far they reach. */
export function curvesTooltip({ labels, curves }: CurveDrawing, index: number): HTMLElement {
  const box = element('div', classes.tooltip)
  const label = labels[index]
  if (label === undefined) return box
  box.append(element('div', classes.tooltipTitle, label))
  for (const { name, tone, points } of curves) {
    const point = points[index]
    if (tone !== 'faint' && point)
      box.append(
        row(
          name,
          tone,
          percent(point.value),
          point.low === undefined || point.high === undefined
            ? undefined
            : `${percent(point.low)} – ${percent(point.high)}`,
        ),
      )
  }
  const faint = curves.flatMap(({ tone, points }) => (tone === 'faint' && points[index] ? [points[index].value] : []))
  if (faint.length > 1)
    box.append(row('Lowest to highest', 'faint', `${percent(Math.min(...faint))} – ${percent(Math.max(...faint))}`))
  return box
}

function row(name: string, tone: string, value: string, interval?: string): HTMLElement {
  const line = element('div', classes.tooltipRow)
  const mark = element('span', classes.tooltipMark)
  mark.dataset.tone = tone
  line.append(mark, element('span', classes.tooltipName, name), element('b', undefined, value))
  if (interval) line.append(element('span', classes.tooltipInterval, interval))
  return line
}
