// The part of a long table that is drawn: lines by their index, and the space of those left out.

/** More lines than this are not drawn all at once. */
export const LONG = 100
/** Of a line that nothing is known about yet, in pixels. */
const LINE_HEIGHT = 49

export type Window = {
  /** What is drawn, each with the space of the lines left out before it, in pixels. */
  parts: { index: number; gap: number }[]
  /** The space of the lines left out after the last one. */
  gap: number
  /** Takes the height of a drawn line. */
  measure?: (line: HTMLElement | null) => void
  /** Draws this line too, wherever it is; it is there when this returns. */
  keep?: (index: number) => void
}

/** The first lines, until it is known which ones are in sight. */
export function firstLines(count: number): Window {
  const drawn = Math.min(count, LONG)
  return {
    parts: Array.from({ length: drawn }, (_, index) => ({ index, gap: 0 })),
    gap: (count - drawn) * LINE_HEIGHT,
  }
}

export type Item = { index: number; start: number; end: number }

/** The window of these lines of a body that reaches from `start` to `end`. */
export function windowOf(items: readonly Item[], start: number, end: number): Pick<Window, 'parts' | 'gap'> {
  let before = start
  const parts = items.map((item) => {
    const gap = Math.max(0, item.start - before)
    before = item.end
    return { index: item.index, gap }
  })
  return { parts, gap: Math.max(0, end - before) }
}
