// A timer that is set anew rather than twice: the call without arguments clears it.
import { later } from './later'
import type { Stop } from './listen'

export const createTimer = () => {
  let cancel: Stop | undefined
  return (fn?: () => void, delayMs?: number): void => {
    if (cancel) cancel()
    cancel = fn && later(fn, delayMs)
  }
}
