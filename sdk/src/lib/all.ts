// One stop for many.
import type { Stop } from './listen'

export const all =
  (...stops: (Stop | undefined)[]): Stop =>
  () => {
    for (const stop of stops) if (stop) stop()
  }
