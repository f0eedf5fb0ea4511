// Decides how a layer is drawn, and computes all that is drawn of it; pure.
import type { Heatmap } from './api'
import { type Band, bandsOf } from './bands'
import { type Density, densityOf } from './density'
import type { Layer } from './model'
import { areasOf, type Box, pointsOn, type Size, spotsOf } from './place'

export type Drawing =
  /** Heat of single places. */
  | { kind: 'heat'; density: Density }
  /** Boxes by their events: where in them is not known. */
  | { kind: 'fills'; max: number }
  /** Boxes by the change of their events. */
  | { kind: 'change' }
  | { kind: 'bands'; bands: Band[] }
  | { kind: 'nothing' }

/** Boxes are undefined until they are known. */
type Options = { layer: Layer; isChange: boolean; boxes: readonly (Box | null)[] | undefined; size: Size }

export function drawingOf(
  { elements, cells, points, scroll }: Heatmap,
  { layer, isChange, boxes, size }: Options,
): Drawing {
  if (layer === 'scroll')
    return scroll ? { kind: 'bands', bands: bandsOf(scroll.reached, size.height) } : { kind: 'nothing' }
  if (!boxes || (elements.length === 0 && points.length === 0)) return { kind: 'nothing' }
  if (isChange) return { kind: 'change' }
  if (cells.length === 0 && points.length === 0)
    return {
      kind: 'fills',
      max: Math.max(0, ...elements.filter((_, index) => boxes[index]).map(({ events }) => events)),
    }
  return {
    kind: 'heat',
    density: densityOf([...spotsOf(cells, boxes), ...pointsOn(points, size)], areasOf(elements, cells, boxes), size),
  }
}

/** The share of the events that lie on the page that is shown; null without any. */
export function placedShare(
  { elements, points, events }: Pick<Heatmap, 'elements' | 'points' | 'events'>,
  boxes: readonly (Box | null)[],
  size: Size,
): number | null {
  if (events === 0) return null
  const ofElements = elements.reduce((sum, element, index) => sum + (boxes[index] ? element.events : 0), 0)
  const ofPoints = points.reduce((sum, point) => sum + (point.y <= size.height ? point.events : 0), 0)
  return Math.min(1, (ofElements + ofPoints) / events)
}

/** Indexes of elements with a box, larger boxes first: smaller ones lie on them. */
export function stacked(boxes: readonly (Box | null)[]): { index: number; box: Box }[] {
  const found = boxes.flatMap((box, index) => (box ? [{ index, box }] : []))
  return found.sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
}
