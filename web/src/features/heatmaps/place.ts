// Where on the drawn page the counted events lie: cells within their elements' boxes, points by share of the width; pure.
import type { components } from '../../api/schema.gen'

type Schemas = components['schemas']

export type Box = { x: number; y: number; width: number; height: number }
export type Size = { width: number; height: number }
export type Cell = Schemas['HeatmapCell']
export type Point = Schemas['HeatmapPoint']

/** Events about a point, as far as the two standard deviations say, in pixels of the page. */
export type Spot = { x: number; y: number; sigmaX: number; sigmaY: number; events: number }
/** Events somewhere in a box. */
export type Area = Box & { events: number }

/** Cells of an element's box by width and by height. */
const CELLS = 32
/** Events are drawn as wide as the tip of a finger: as many lie under one point as within 20 px of it. */
export const RADIUS = 20
export const SIGMA = RADIUS / Math.SQRT2
/** Of a cell as large as a hand, where it lies is not known any better. */
const MAX_SIGMA = 3 * SIGMA

/** The deviation of events that lie anywhere in a span, drawn with a brush of `SIGMA`. */
function sigmaOf(span: number): number {
  return Math.min(MAX_SIGMA, Math.sqrt(SIGMA ** 2 + span ** 2 / 12))
}

/** The cells of elements that are on the page, about their middles. */
export function spotsOf(cells: readonly Cell[], boxes: readonly (Box | null)[]): Spot[] {
  return cells.flatMap(({ element, x, y, events }) => {
    const box = boxes[element]
    if (!box) return []
    const [width, height] = [box.width / CELLS, box.height / CELLS]
    return [
      {
        x: box.x + (x + 0.5) * width,
        y: box.y + (y + 0.5) * height,
        sigmaX: sigmaOf(width),
        sigmaY: sigmaOf(height),
        events,
      },
    ]
  })
}

/** The events of elements beyond their cells: somewhere in the box. */
export function areasOf(
  elements: readonly { events: number }[],
  cells: readonly Cell[],
  boxes: readonly (Box | null)[],
): Area[] {
  const placed = new Map<number, number>()
  for (const { element, events } of cells) placed.set(element, (placed.get(element) ?? 0) + events)
  return elements.flatMap(({ events }, index) => {
    const box = boxes[index]
    const rest = events - (placed.get(index) ?? 0)
    return box && rest > 0 ? [{ x: box.x, y: box.y, width: box.width, height: box.height, events: rest }] : []
  })
}

/** Events without an element; those below the end of the page have no place on it. */
export function pointsOn(points: readonly Point[], { width, height }: Size): Spot[] {
  return points
    .filter(({ y }) => y <= height)
    .map(({ x, y, events }) => ({ x: x * width, y, sigmaX: SIGMA, sigmaY: SIGMA, events }))
}

/** The height of a page that nobody has seen: down to its lowest event, and a screen at least. */
export function guessedHeight(points: readonly Point[], width: number): number {
  const lowest = Math.max(0, ...points.map(({ y }) => y))
  return Math.min(30_000, Math.max(Math.round(width * (width < 768 ? 1.8 : 0.7)), lowest + 120))
}
