// Scroll depth as bands of the page: which share of the sessions saw each down to its end; pure.

export type Band = { top: number; height: number; share: number }

/** `reached` holds the shares that saw at least each twentieth of the height, from 0 % to 100 %. */
export function bandsOf(reached: readonly number[], pageHeight: number): Band[] {
  const count = reached.length - 1
  return reached
    .slice(1)
    .map((share, index) => ({ top: (index / count) * pageHeight, height: pageHeight / count, share }))
}

/** The marks at each quarter. */
export function quartersOf(reached: readonly number[]): { depth: number; share: number }[] {
  const count = reached.length - 1
  return [0.25, 0.5, 0.75, 1].map((depth) => ({ depth, share: reached[Math.round(depth * count)] ?? 0 }))
}

/** How far half of the sessions saw the page, 0 to 1. */
export function medianDepth(reached: readonly number[]): number {
  const count = reached.length - 1
  const below = reached.findIndex((share) => share < 0.5)
  if (below < 0) return 1
  if (below === 0) return 0
  const [above, under] = [reached[below - 1] ?? 1, reached[below] ?? 0]
  return (below - 1 + (above - 0.5) / (above - under)) / count
}

/** Where the first screen ended, on average. */
export function averageFold(heights: readonly (number | null | undefined)[]): number | undefined {
  const known = heights.filter((height) => height != null && height > 0) as number[]
  return known.length === 0 ? undefined : Math.round(known.reduce((sum, height) => sum + height, 0) / known.length)
}
