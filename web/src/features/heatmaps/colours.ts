// The colours of maps: one scale from few to many whose lightness alone says how many, and one from less to more; pure.

type Scheme = 'light' | 'dark'
type Rgb = readonly [number, number, number]

/** On a light page many are dark, on a dark one light. */
const FEW_TO_MANY: Record<Scheme, readonly Rgb[]> = {
  light: [
    [255, 228, 148],
    [253, 174, 75],
    [236, 105, 45],
    [190, 39, 62],
    [122, 16, 78],
    [58, 8, 64],
  ],
  dark: [
    [66, 30, 120],
    [123, 37, 132],
    [196, 62, 112],
    [243, 118, 80],
    [253, 187, 77],
    [252, 245, 166],
  ],
}
/** Blue and orange, which all readers can distinguish. */
const LESS: Record<Scheme, Rgb> = { light: [29, 92, 170], dark: [104, 170, 240] }
const MORE: Record<Scheme, Rgb> = { light: [205, 84, 0], dark: [250, 150, 60] }
const SAME: Rgb = [128, 128, 136]

const STEPS = 256
/** Below this share of the scale a colour fades out. */
const FADES = 0.3
const OPAQUE = 0.82

/** Where a value stands on the scale, 0 to 1: by its root, since few events are many next to none. */
export function positionOf(value: number, max: number): number {
  return max <= 0 ? 0 : Math.sqrt(Math.min(1, Math.max(0, value / max)))
}

export function colourAt(position: number, scheme: Scheme): Rgb {
  const stops = FEW_TO_MANY[scheme]
  const at = Math.min(1, Math.max(0, position)) * (stops.length - 1)
  const [low, high] = [stops[Math.floor(at)] ?? SAME, stops[Math.ceil(at)] ?? SAME]
  const mix = (index: 0 | 1 | 2) => Math.round(low[index] + (high[index] - low[index]) * (at % 1))
  return [mix(0), mix(1), mix(2)]
}

export function alphaAt(position: number): number {
  return OPAQUE * Math.min(1, position / FADES)
}

/** The pixels of a map, four bytes each. */
export function pixelsOf(values: Float32Array, max: number, scheme: Scheme): Uint8ClampedArray<ArrayBuffer> {
  const colours = new Uint32Array(STEPS + 1)
  const bytes = new Uint8ClampedArray(colours.buffer)
  for (let step = 0; step <= STEPS; step++)
    bytes.set([...colourAt(step / STEPS, scheme), Math.round(255 * alphaAt(step / STEPS))], step * 4)
  const pixels = new Uint32Array(values.length)
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0
    if (value > 0) pixels[index] = colours[Math.round(positionOf(value, max) * STEPS)] ?? 0
  }
  return new Uint8ClampedArray(pixels.buffer)
}

const css = ([red, green, blue]: Rgb, alpha: number) => `rgb(${red} ${green} ${blue} / ${alpha.toFixed(2)})`

/** The fill of an element's box by its events. */
export function fillOf(events: number, max: number, scheme: Scheme): string {
  const position = positionOf(events, max)
  return css(colourAt(position, scheme), 0.3 + 0.35 * position)
}

/** A band of the page by the share of sessions that saw it. */
export function bandFill(share: number, scheme: Scheme): string {
  return css(colourAt(share, scheme), 0.45)
}

/** Elements with fewer events in both periods together say nothing about a change. */
export const COMPARABLE = 10

/** From -1 (all gone) by 0 (the same) to 1 (all new), the same for half as for twice as many; undefined for too few. */
export function changeOf(events: number, previous: number): number | undefined {
  return events + previous < COMPARABLE ? undefined : (events - previous) / Math.max(events, previous)
}

export function changeFill(events: number, previous: number, scheme: Scheme): string {
  const change = changeOf(events, previous)
  if (change === undefined) return css(SAME, 0.15)
  return css((change < 0 ? LESS : MORE)[scheme], 0.12 + 0.6 * Math.abs(change))
}

/** Legends as backgrounds. */
export function scaleGradient(scheme: Scheme): string {
  return `linear-gradient(90deg, ${[0, 0.1, 0.2, 0.4, 0.6, 0.8, 1].map((at) => `${css(colourAt(at, scheme), alphaAt(at))} ${at * 100}%`).join(', ')})`
}

/** Solid from end to end. */
export function bandGradient(scheme: Scheme): string {
  return `linear-gradient(90deg, ${[0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => bandFill(at, scheme)).join(', ')})`
}

export function changeGradient(scheme: Scheme): string {
  return `linear-gradient(90deg, ${css(LESS[scheme], 0.72)}, ${css(LESS[scheme], 0.12)} 49%, ${css(MORE[scheme], 0.12)} 51%, ${css(MORE[scheme], 0.72)})`
}
