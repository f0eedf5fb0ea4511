// The project's time zone, by which every page counts days and writes times; and the clock that a zone shows, pure.

let projectZone = 'UTC'
let unknown: string | null = null

/** Pages are drawn again when it changes: the frame of the project sets it before they are. Of a zone that the browser does not know, the times of UTC are shown. */
export function setProjectZone(zone: string): void {
  unknown = isKnown(zone) ? null : zone
  projectZone = unknown === null ? zone : 'UTC'
}

/** The project's zone, when the browser has no rules for it. */
export function unknownZone(): string | null {
  return unknown
}

function isKnown(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

/** The IANA name of the zone that times are shown in. */
export function zoneName(): string {
  return projectZone
}

/** The zone of the browser: what a new project begins with. */
export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

/** "UTC", "Dar es Salaam": the zone as a label. */
export function zoneLabel(zone = projectZone): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
}

/** "UTC", "GMT+3": what is ahead of UTC at an instant. */
export function zoneOffset(at: number, zone = projectZone): string {
  if (zone === 'UTC') return 'UTC'
  return (
    offsetFormat(zone)
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? zone
  )
}

/** Whether clocks show it twice, on the day they are put back: then its offset distinguishes it from the other one. */
export function isShownTwice(at: number, zone = projectZone): boolean {
  const shown = clockOf(at, zone)
  return [shown - 24 * HOUR, shown + 24 * HOUR].some((near) => {
    const other = shown - aheadOf(near, zone)
    return other !== at && clockOf(other, zone) === shown
  })
}

/** "2026-11-21T17:05:09+03:00": an instant for programs, by the project's clock. */
export function rfc3339(at: number, zone = projectZone): string {
  const shown = clockOf(at, zone)
  const minutes = Math.round((shown - at) / 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${new Date(shown).toISOString().slice(0, 19)}${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
}

/** What a clock shows. Months count from 0, Sundays are 0. */
export type Civil = {
  year: number
  month: number
  day: number
  weekday: number
  hour: number
  minute: number
  second: number
}

export function civil(at: number, zone = projectZone): Civil {
  const shown = new Date(clockOf(at, zone))
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth(),
    day: shown.getUTCDate(),
    weekday: shown.getUTCDay(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
  }
}

/** The first instant of the day `shift` days from the one `at` lies in. */
export function startOfDay(at: number, shift = 0, zone = projectZone): number {
  const { year, month, day } = civil(at, zone)
  return firstInstant(Date.UTC(year, month, day + shift), zone)
}

/** The first instant of the month `shift` months from the one `at` lies in. */
export function startOfMonth(at: number, shift = 0, zone = projectZone): number {
  const { year, month } = civil(at, zone)
  return firstInstant(Date.UTC(year, month + shift, 1), zone)
}

/** The instant at which the hour began that a clock shows: a whole one, or the change of clocks within it. */
export function startOfHour(at: number, zone = projectZone): number {
  const shown = clockOf(at, zone)
  const whole = at - (shown - Math.floor(shown / HOUR) * HOUR)
  return aheadOf(whole, zone) === aheadOf(at, zone) ? whole : changeBetween(whole, at, zone)
}

/** The first instant after the hour that a clock shows: the next whole one, or the change of clocks before it. */
export function endOfHour(at: number, zone = projectZone): number {
  return startOfHour(startOfHour(at, zone) + HOUR, zone)
}

/** "2026-11-21": the day an instant lies in. */
export function dayText(at: number, zone = projectZone): string {
  return new Date(clockOf(at, zone)).toISOString().slice(0, 10)
}

/** The first instant of a day written as "2026-11-21". */
export function startOfDayText(day: string, shift = 0, zone = projectZone): number {
  return firstInstant(Date.parse(`${day}T00:00:00Z`) + shift * 24 * HOUR, zone)
}

/** The instant at which clocks show "2026-11-21" and "09:30": of two the first; null for what is no day or time. */
export function instantOf(day: string, time: string, zone = projectZone): number | null {
  const clock = Date.parse(`${day}T${time}Z`)
  return Number.isNaN(clock) ? null : firstInstant(clock, zone)
}

/** The instant at which clocks showed the same time so many days earlier: of two the first; where clocks were put forward over it, as long after the change. */
export function daysEarlier(at: number, days: number, zone = projectZone): number {
  return startOfDay(at, 0, zone) === at
    ? startOfDay(at, -days, zone)
    : firstInstant(clockOf(at, zone) - days * 24 * HOUR, zone)
}

/** The same day and time so many months earlier; the end of that month where it has no such day. */
export function monthsEarlier(at: number, months: number, zone = projectZone): number {
  const { year, month, day } = civil(at, zone)
  const [date, earlier] = [Date.UTC(year, month, day), Date.UTC(year, month - months, day)]
  return new Date(earlier).getUTCDate() === day
    ? daysEarlier(at, (date - earlier) / (24 * HOUR), zone)
    : startOfMonth(at, 1 - months, zone)
}

const HOUR = 3_600_000

/** What a clock shows, as if it were a clock in UTC, in milliseconds. */
function clockOf(at: number, zone: string): number {
  if (zone === 'UTC') return at
  const parts = new Map<string, number>(
    clockFormat(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: string) => parts.get(name) ?? 0
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return shown + (((at % 1000) + 1000) % 1000)
}

/** The first instant at which a clock shows this or later, on that day. */
function firstInstant(shown: number, zone: string): number {
  if (zone === 'UTC') return shown
  // The offsets of the day before and after: a clock that is changed shows one of them.
  const candidates = [shown - aheadOf(shown - 24 * HOUR, zone), shown - aheadOf(shown + 24 * HOUR, zone)]
  const found = candidates.filter((at) => clockOf(at, zone) >= shown)
  return Math.min(...(found.length > 0 ? found : candidates))
}

/** How far clocks are ahead of UTC. */
function aheadOf(at: number, zone: string): number {
  return clockOf(at, zone) - at
}

/** When clocks were changed to what they show at `after`; it was not so yet at `before`. */
function changeBetween(before: number, after: number, zone: string): number {
  const ahead = aheadOf(after, zone)
  let [low, high] = [before, after]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (aheadOf(middle, zone) === ahead) high = middle
    else low = middle
  }
  return high
}

const clockFormats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs a hundred times what using it does. */
function clockFormat(zone: string): Intl.DateTimeFormat {
  return cached(clockFormats, zone, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  })
}

const offsetFormats = new Map<string, Intl.DateTimeFormat>()

function offsetFormat(zone: string): Intl.DateTimeFormat {
  return cached(offsetFormats, zone, { timeZoneName: 'shortOffset' })
}

function cached(
  formats: Map<string, Intl.DateTimeFormat>,
  zone: string,
  shape: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', { ...shape, timeZone: zone })
  formats.set(zone, made)
  return made
}
