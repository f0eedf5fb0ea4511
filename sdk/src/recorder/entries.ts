// What a recording holds beside the page: lines it printed, and requests of it that failed or were slow.
//
// Both are custom events of rrweb, named by these tags. Whoever reads them must take every field for anything.

export const CONSOLE_TAG = 'footfall.console'
export const REQUEST_TAG = 'footfall.request'

export type Level = 'error' | 'warn' | 'info' | 'log' | 'debug'

export interface ConsoleEntry {
  level: Level
  text: string
  /** Of an error among what was printed. */
  stack?: string
  /** How often the line came once more since the entry before this one; absent for once. */
  count?: number
  /** More was printed than is kept. */
  dropped?: true
}

export interface RequestEntry {
  method: string
  url: string
  /** 0 when no answer came. */
  status: number
  duration_ms: number
  via: 'fetch' | 'xhr' | 'beacon' | 'resource'
  error?: 'failed' | 'aborted' | 'timeout'
  /** Of the answer's body. */
  size_bytes?: number
}

export interface Room {
  /** Whether one more may be kept; if so it is counted. */
  take(): boolean
  isFull(): boolean
  /** What came before the last snapshot but one is thrown away: it counts no more. */
  renew(): void
}

/** The most that one page may have. */
export const createRoom = (most: number): Room => {
  let before = 0
  let now = 0
  const isFull = (): boolean => before + now >= most
  return {
    isFull,
    take() {
      if (isFull()) return false
      now++
      return true
    },
    renew() {
      before = now
      now = 0
    },
  }
}
