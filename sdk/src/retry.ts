// How long to wait before the next attempt.

const BASE_MS = 1000
const MAX_BACKOFF_MS = 5 * 60 * 1000
/** A mistaken header must not silence a browser for good. */
export const MAX_RETRY_AFTER_MS = 3600 * 1000

/** Doubles with every failure; the random half keeps browsers from returning all at once. */
export const backoffMs = (failures: number, random = Math.random()): number =>
  Math.min(MAX_BACKOFF_MS, BASE_MS * 2 ** (failures - 1)) * (0.5 + random / 2)

/** `Retry-After` in seconds or as a date; 0 when absent or unreadable. */
export const parseRetryAfter = (header: string | null): number => {
  const ms = Number(header) * 1000 || Date.parse(header || '') - Date.now()
  return ms > 0 ? Math.min(MAX_RETRY_AFTER_MS, ms) : 0
}
