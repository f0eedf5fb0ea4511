// Draws the tooltip of one name with all its series, as elements: markup with style attributes would break the CSP.

import classes from './Chart.module.css'
import type { Palette } from './palette'
import { element } from './tooltip'
import type { XyDrawing } from './xy'

export function xyTooltip(
  { labels, series }: XyDrawing,
  index: number,
  palette: Palette,
  format: (value: number) => string,
): HTMLElement {
  const box = element('div', classes.tooltip)
  box.append(element('div', classes.tooltipTitle, labels[index] ?? ''))
  series.forEach(({ name, values }, position) => {
    const value = values[index] ?? null
    if (value === null) return
    const line = element('div', classes.tooltipRow)
    const mark = element('span', classes.tooltipMark)
    mark.style.background = palette.categories[position] ?? palette.previous
    line.append(mark, element('span', undefined, name), element('b', undefined, format(value)))
    box.append(line)
  })
  return box
}
