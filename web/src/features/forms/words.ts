// Times in forms, in words; pure.
import { duration } from '../../lib/format'

export function secondsText(seconds: number | null | undefined): string {
  return seconds == null ? '–' : duration(seconds * 1_000)
}
