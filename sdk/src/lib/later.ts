// Runs something once after a delay, safely, and gives back its cancellation.
import type { Stop } from './listen'
import { safely } from './safe'

export const later = (fn: () => void, delayMs?: number): Stop => {
  const timer = setTimeout(safely(fn), delayMs)
  return () => clearTimeout(timer)
}
