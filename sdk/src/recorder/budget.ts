// How much of the page's main thread a recording may take.

const WINDOW_MS = 10_000

/** Answers whether the last ten seconds were too busy. */
export const createBudget = (percent: () => number) => {
  let spent: [at: number, ms: number][] = []
  return (ms: number): boolean => {
    const now = Date.now()
    spent = spent.filter(([at]) => Math.abs(now - at) < WINDOW_MS)
    spent.push([now, ms])
    const total = spent.reduce((sum, [, ms]) => sum + ms, 0)
    return total > (WINDOW_MS * percent()) / 100
  }
}
