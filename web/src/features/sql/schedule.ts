// When a scheduled question runs: its schedule in words, the runs to come, and the form that changes it; pure.
import { bucketLabel, bucketName, untilText } from '../../lib/time'
import { civil, dayText, endOfHour, instantOf, startOfDay, zoneName } from '../../lib/zone'
import type { SavedParameter } from './parameters'
import type { QuestionSchedule } from './runsApi'

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]
export const WEEKDAY_LABELS: Record<Weekday, string> = {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
  saturday: 'Saturday',
  sunday: 'Sunday',
}

/** The last day that every month has. */
export const MAX_DAY = 28
/** Days that are looked ahead for the next run: more than a month. */
const DAYS_AHEAD = 62

/** What the form holds: each field keeps its value while another interval is chosen. */
export type ScheduleForm = { every: QuestionSchedule['every']; at: string; weekday: Weekday; day: number }

export function formOf(schedule: QuestionSchedule | null | undefined): ScheduleForm {
  return {
    every: schedule?.every ?? 'day',
    at: schedule?.at ?? '07:00',
    weekday: schedule?.weekday ?? 'monday',
    day: schedule?.day ?? 1,
  }
}

export function scheduleOf({ every, at, weekday, day }: ScheduleForm): QuestionSchedule {
  if (every === 'hour') return { every }
  if (every === 'day') return { every, at }
  return every === 'week' ? { every, weekday, at } : { every, day, at }
}

/** "every Monday at 07:00" */
export function scheduleText(schedule: QuestionSchedule): string {
  const { every, at, weekday, day } = formOf(schedule)
  if (every === 'hour') return 'every hour'
  if (every === 'day') return `every day at ${at}`
  return every === 'week' ? `every ${WEEKDAY_LABELS[weekday]} at ${at}` : `on day ${day} of every month at ${at}`
}

/** "Runs every day at 07:00 (Africa/Dar_es_Salaam)"; hours are the same in most zones and name none. */
export function runsText(schedule: QuestionSchedule, zone = zoneName()): string {
  return `Runs ${scheduleText(schedule)}${schedule.every === 'hour' ? '' : ` (${zone})`}`
}

/** What the server has set as the next run; once that has passed, what follows from the schedule. */
export function nextRunAt(schedule: QuestionSchedule, set: string | null | undefined, now: number): number | undefined {
  const at = Date.parse(set ?? '')
  return at > now ? at : nextRuns(schedule, now, 1)[0]
}

/** "Next in 3 h" */
export function nextText(at: number, now: number): string {
  return `Next ${untilText(new Date(at).toISOString(), now)}`
}

/** The next runs after an instant, as the server finds them: a time that clocks skip comes as long after the change, and one that they show twice comes the first time only. None where the time is not one. */
export function nextRuns(schedule: QuestionSchedule, after: number, count: number, zone = zoneName()): number[] {
  const runs: number[] = []
  while (runs.length < count) {
    const next = nextRun(schedule, runs.at(-1) ?? after, zone)
    if (next === undefined) break
    runs.push(next)
  }
  return runs
}

function nextRun(schedule: QuestionSchedule, after: number, zone: string): number | undefined {
  const form = formOf(schedule)
  if (form.every === 'hour') return endOfHour(after, zone)
  for (let days = 0; days <= DAYS_AHEAD; days++) {
    const start = startOfDay(after, days, zone)
    if (!isDayOf(form, start, zone)) continue
    const at = instantOf(dayText(start, zone), form.at, zone)
    if (at === null) return undefined
    if (at > after) return at
  }
  return undefined
}

function isDayOf(form: ScheduleForm, start: number, zone: string): boolean {
  const { weekday, day } = civil(start, zone)
  if (form.every === 'week') return weekdayOf(weekday) === form.weekday
  return form.every !== 'month' || day === form.day
}

/** Clocks count weekdays from Sunday, schedules from Monday. */
function weekdayOf(sundayFirst: number): Weekday {
  return WEEKDAYS[(sundayFirst + 6) % 7] as Weekday
}

/** "Monday 23 Nov, 07:00", with the year where it is another one than now's, and the offset of a time that clocks show twice. */
export function runName(at: number, now: number): string {
  const label = civil(at).year === civil(now).year ? bucketLabel : bucketName
  return `${WEEKDAY_LABELS[weekdayOf(civil(at).weekday)]} ${label(new Date(at).toISOString(), 3_600)}`
}

/** Why a question with these parameters cannot run by itself; nothing where it can. */
export function missingDefaultText(parameters: readonly SavedParameter[]): string | null {
  const names = parameters
    .filter(({ default: value }) => value === undefined || value === null)
    .map(({ name }) => `$${name}`)
  if (names.length === 0) return null
  const listed = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return `Runs use the saved values of the parameters, and ${listed} ${names.length === 1 ? 'has' : 'have'} none.`
}
