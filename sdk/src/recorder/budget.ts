// How much of the page's main thread a recording may take.

const WINDOW_MS = 10_000
/** What lies closer together is one entry: a page may print thousands of lines in a second. */
const STEP_MS = 100

/** Answers whether the last ten seconds were too busy. */
export const createBudget = (percent: () => number) => {
  let spent: [at: number, ms: number][] = []
  return (ms: number): boolean => {
    const now = Date.now()
    spent = spent.filter(([at]) => Math.abs(now - at) < WINDOW_MS)
    const last = spent[spent.length - 1]
    if (last && Math.abs(now - last[0]) < STEP_MS) last[1] += ms
    else spent.push([now, ms])
    const total = spent.reduce((sum, [, ms]) => sum + ms, 0)
    return total > (WINDOW_MS * percent()) / 100
  }
}
