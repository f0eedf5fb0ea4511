// Keeps every failure of ours inside, and knows how long we kept the page busy: all of our work begins here.

/** Of the page's main thread, since it was last asked for. */
export interface Busy {
  ms: number
  /** Calls within calls: only the outermost is timed. */
  depth: number
}

let busy: Busy = { ms: 0, depth: 0 }

export const getBusy = (): Busy => busy

/** Two scripts that work together count together. */
export const shareBusy = (shared: Busy): void => {
  busy = shared
}

const now = (): number => (performance.now ? performance.now() : 0)

/** Wraps `fn` so that it never throws; a failed call answers `undefined`. */
export const safely =
  <A extends unknown[], R>(fn: (...args: A) => R) =>
  (...args: A): R | undefined => {
    const startedAt = now()
    busy.depth++
    try {
      return fn(...args)
    } catch {
      // Silence is the contract: a tracker that logs into someone's console is a bug report.
      return undefined
    } finally {
      if (!--busy.depth) busy.ms += now() - startedAt
    }
  }
