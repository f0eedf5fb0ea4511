// Keeps every failure of ours inside: nothing thrown here may reach the page.

/** Wraps `fn` so that it never throws; a failed call answers `undefined`. */
export const safely =
  <A extends unknown[], R>(fn: (...args: A) => R) =>
  (...args: A): R | undefined => {
    try {
      return fn(...args)
    } catch {
      // Silence is the contract: a tracker that logs into someone's console is a bug report.
      return undefined
    }
  }
