// The colours of a map with their numbers.
import { exactNumber } from '../../lib/format'
import { Help } from '../../ui/Help'
import { bandGradient, COMPARABLE, changeGradient, scaleGradient } from './colours'
import type { Drawing } from './drawing'
import classes from './Heatmaps.module.css'
import { type Layer, unitsOf } from './model'
import { RADIUS } from './place'

type Props = { drawing: Drawing; layer: Layer; scheme: 'light' | 'dark' }
type Scale = { title: string; help: string; background: string; ticks: string[] }

export function Legend({ drawing, layer, scheme }: Props) {
  const scale = scaleOf(drawing, layer, scheme)
  if (!scale) return null
  return (
    <div className={classes.legend} role="group" aria-label={`Legend: ${scale.title}`}>
      <span className={classes.legendTitle}>
        {scale.title} <Help about="Legend" text={scale.help} />
      </span>
      <span className={classes.scale} style={{ background: scale.background }} aria-hidden />
      <span className={classes.ticks}>
        {scale.ticks.map((tick, index) => (
          <span key={index}>{tick}</span>
        ))}
      </span>
    </div>
  )
}

function scaleOf(drawing: Drawing, layer: Layer, scheme: 'light' | 'dark'): Scale | undefined {
  const units = unitsOf(layer)
  switch (drawing.kind) {
    case 'heat':
      return {
        title: `${capital(units)} within ${RADIUS} px`,
        help: `The number of ${units} around each point of the page, within about ${RADIUS} px of it. Where in an element an event happened is kept as a share of its size, so screens of all widths count together.`,
        background: scaleGradient(scheme),
        // The scale goes by the root: its middle is a quarter of the most.
        ticks: ['0', countText(drawing.density.max / 4), countText(drawing.density.max)],
      }
    case 'fills':
      return {
        title: `${capital(units)} on the element`,
        help: `It is known which element the ${units} were on, but not where in it.`,
        background: scaleGradient(scheme),
        ticks: ['0', countText(drawing.max / 4), countText(drawing.max)],
      }
    case 'change':
      return {
        title: `Change of ${units}`,
        help: `Compared with the period before. Elements with fewer than ${COMPARABLE} ${units} in both periods together stay grey.`,
        background: changeGradient(scheme),
        ticks: ['All gone', 'Halved', 'Same', 'Doubled', 'All new'],
      }
    case 'bands':
      return {
        title: 'Sessions that saw this part',
        help: 'The share of the sessions that scrolled at least to the end of each twentieth of the page.',
        background: bandGradient(scheme),
        ticks: ['0%', '50%', '100%'],
      }
    default:
      return undefined
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function countText(value: number): string {
  return value >= 10 ? exactNumber(Math.round(value)) : value.toFixed(value >= 9.95 ? 0 : 1).replace(/\.0$/, '')
}
