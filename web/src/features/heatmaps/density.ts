// How many events lie about each point of a page: a brush with soft edges for each spot, an even layer for each area; pure.
import { type Area, SIGMA, type Size, type Spot } from './place'

export type Density = Size & { values: Float32Array; max: number }

/** Points of a map; a large page is drawn more coarsely. */
export const MAX_POINTS = 500_000
/** The brush is much wider than four pixels, and the browser draws smoothly between the points. */
const FINEST = 0.25
/** Where a brush ends, in standard deviations: beyond it the scale shows nothing. */
const REACH = 4
/** Of an event. */
const FAINTEST = 0.001

/** Points of the map for each pixel of the page. */
export function resolutionOf({ width, height }: Size): number {
  return Math.min(FINEST, Math.sqrt(MAX_POINTS / Math.max(1, width * height)))
}

/** The values are events within the brush's radius of a point. */
export function densityOf(spots: readonly Spot[], areas: readonly Area[], page: Size): Density {
  const resolution = resolutionOf(page)
  const [width, height] = [
    Math.max(1, Math.floor(page.width * resolution)),
    Math.max(1, Math.floor(page.height * resolution)),
  ]
  const values = new Float32Array(width * height)
  for (const area of areas) addArea(values, width, height, area, resolution)
  for (const spot of spots) addSpot(values, width, height, spot, resolution)
  let max = 0
  for (const value of values) if (value > max) max = value
  return { width, height, values, max }
}

function add(values: Float32Array, at: number, value: number): void {
  values[at] = (values[at] ?? 0) + value
}

function addArea(values: Float32Array, width: number, height: number, area: Area, resolution: number): void {
  // Of a box smaller than the brush all events are within reach.
  const value = area.events * Math.min(1, (2 * Math.PI * SIGMA ** 2) / (area.width * area.height))
  const [left, right] = [
    Math.max(0, Math.round(area.x * resolution)),
    Math.min(width, Math.round((area.x + area.width) * resolution)),
  ]
  const [top, bottom] = [
    Math.max(0, Math.round(area.y * resolution)),
    Math.min(height, Math.round((area.y + area.height) * resolution)),
  ]
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) add(values, y * width + x, value)
  }
}

function addSpot(values: Float32Array, width: number, height: number, spot: Spot, resolution: number): void {
  const across = brush(spot.x * resolution, spot.sigmaX * resolution, width)
  const down = brush(spot.y * resolution, spot.sigmaY * resolution, height)
  // A wider brush spreads the same events more thinly.
  const weight = (spot.events * SIGMA ** 2) / (spot.sigmaX * spot.sigmaY)
  for (let y = 0; y < down.weights.length; y++) {
    const row = (down.first + y) * width + across.first
    const share = weight * (down.weights[y] ?? 0)
    if (share < FAINTEST) continue
    for (let x = 0; x < across.weights.length; x++) add(values, row + x, share * (across.weights[x] ?? 0))
  }
}

/** The brush in one direction: from which point on, and its weights. Points lie in the middles of their squares. */
function brush(middle: number, sigma: number, length: number): { first: number; weights: Float32Array } {
  const first = Math.max(0, Math.floor(middle - REACH * sigma))
  const last = Math.min(length - 1, Math.ceil(middle + REACH * sigma))
  const weights = new Float32Array(Math.max(0, last - first + 1))
  for (let index = 0; index < weights.length; index++)
    weights[index] = Math.exp(-((first + index + 0.5 - middle) ** 2) / (2 * sigma ** 2))
  return { first, weights }
}
