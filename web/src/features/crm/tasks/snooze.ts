// When a task can be put off until, by the project's clock; pure.
import { civil, instantOf, startOfDay } from '../../../lib/zone'

export type SnoozeChoice = { key: string; label: string; until: number }

const HOUR = 3_600_000
/** Work begins at this hour. */
const MORNING = 9

/** An hour, tomorrow morning, the next Monday morning, and in a week; each once, and all of them later than now. */
export function snoozeChoices(now: number, zone?: string): SnoozeChoice[] {
  const morning = (days: number) => startOfDay(now, days, zone) + MORNING * HOUR
  const { weekday } = civil(now, zone)
  const toMonday = (8 - weekday) % 7 || 7
  const choices: SnoozeChoice[] = [
    { key: 'hour', label: 'In 1 hour', until: now + HOUR },
    { key: 'tomorrow', label: 'Tomorrow morning', until: morning(1) },
    ...(toMonday === 1 ? [] : [{ key: 'monday', label: 'Next Monday', until: morning(toMonday) }]),
    ...(toMonday === 7 ? [] : [{ key: 'week', label: 'In a week', until: morning(7) }]),
  ]
  return choices
}

/** The instant of a day and time as forms hold them, if it lies ahead; else null. */
export function dueOf(day: string, time: string, now: number, zone?: string): number | null {
  if (day === '') return null
  const at = instantOf(day, time || '09:00', zone)
  return at !== null && at > now ? at : null
}
