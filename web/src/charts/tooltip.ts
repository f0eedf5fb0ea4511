// Draws the tooltip of a bucket as elements with classes: markup with style attributes would break the CSP.
import { exactNumber, shortNumber } from '../lib/format'
import { bucketLabel } from '../lib/time'
import { isShownTwice, zoneOffset } from '../lib/zone'
import classes from './Chart.module.css'
import type { Drawing } from './timeSeriesOption'

export function bucketTooltip(
  { series, name, withPrevious, tone, format = exactNumber, marks }: Drawing,
  index: number,
): HTMLElement {
  const box = element('div', classes.tooltip)
  const point = series.points[index]
  if (!point) return box
  box.append(
    element(
      'div',
      classes.tooltipTitle,
      `${bucketLabel(point.at, series.bucketSeconds)}${zone(point.at, series.bucketSeconds)}${point.isPartial ? ' (incomplete)' : ''}`,
    ),
  )
  box.append(row(name, format(point.value), tone))
  if (withPrevious && point.previous !== null)
    box.append(
      row(
        series.previousName ??
          (point.previousAt === null ? 'Previous period' : bucketLabel(point.previousAt, series.bucketSeconds)),
        series.isRate ? format(point.previous) : shortNumber(point.previous),
        'previous',
      ),
    )
  for (const text of marks?.find((mark) => mark.index === index)?.texts ?? [])
    box.append(element('div', classes.tooltipNote, text))
  return box
}

/** Hours need their zone, where their label has none. */
function zone(at: string, bucketSeconds: number): string {
  return bucketSeconds < 86_400 && !isShownTwice(Date.parse(at)) ? ` ${zoneOffset(Date.parse(at))}` : ''
}

function row(name: string, value: string, tone: string): HTMLElement {
  const line = element('div', classes.tooltipRow)
  const mark = element('span', classes.tooltipMark)
  mark.dataset.tone = tone
  line.append(mark, element('span', classes.tooltipName, name), element('b', undefined, value))
  return line
}

export function element(tag: string, className: string | undefined, text?: string): HTMLElement {
  const node = document.createElement(tag)
  if (className) node.className = className
  if (text !== undefined) node.textContent = text
  return node
}
