// Formats instants by the project's clock. Exact times name their offset, and so do hours that clocks show twice; the others need a place that names the zone.
import { civil, isShownTwice, startOfDay, zoneOffset } from './zone'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** "21 Nov 2026, 14:05:09 UTC" */
export function absoluteTime(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return `${dayAndYear(at)}, ${clock(at)}:${two(civil(at.getTime()).second)} ${zoneOffset(at.getTime())}`
}

/** "just now", "12 s ago", "3 min ago", "5 h ago"; older than a day: "19 Nov, 14:05". */
export function relativeTime(iso: string, now: number): string {
  const at = new Date(iso)
  const age = now - at.getTime()
  if (Number.isNaN(age)) return iso
  if (age < 2_000) return 'just now'
  if (age < MINUTE) return `${Math.floor(age / 1000)} s ago`
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`
  return civil(at.getTime()).year === civil(now).year
    ? `${dayAndMonth(at)}, ${clock(at)}`
    : `${dayAndYear(at)}, ${clock(at)}`
}

/** How long until an instant: "in 6 d", "in 3 h", "in 5 min"; "ended" when it has passed. */
export function untilText(iso: string, now: number): string {
  const left = Date.parse(iso) - now
  if (Number.isNaN(left)) return iso
  if (left <= 0) return 'ended'
  if (left >= DAY) return `in ${Math.floor(left / DAY)} d`
  return left >= HOUR ? `in ${Math.floor(left / HOUR)} h` : `in ${Math.max(1, Math.floor(left / MINUTE))} min`
}

/** Buckets of at least so many seconds are months. */
const MONTH_SECONDS = 28 * 86_400

/** The label of a bucket: the hour when buckets are shorter than a day, the month when they are as long as one, else the day. */
export function bucketLabel(iso: string, bucketSeconds: number): string {
  return labelOf(iso, bucketSeconds, dayAndMonth)
}

/** The same with the year, for tables that are read, or opened in other programs, long after. */
export function bucketName(iso: string, bucketSeconds: number): string {
  return labelOf(iso, bucketSeconds, dayAndYear)
}

function labelOf(iso: string, bucketSeconds: number, dayText: (at: Date) => string): string {
  const at = new Date(iso)
  const { month, year, weekday } = civil(at.getTime())
  if (bucketSeconds >= MONTH_SECONDS) return `${MONTHS[month]} ${year}`
  if (bucketSeconds >= 86_400) return `${WEEKDAYS[weekday]} ${dayText(at)}`
  return `${dayText(at)}, ${clock(at)}${isShownTwice(at.getTime()) ? ` ${zoneOffset(at.getTime())}` : ''}`
}

/** The short label of a bucket on an axis. */
export function axisLabel(iso: string, bucketSeconds: number): string {
  const at = new Date(iso)
  if (bucketSeconds >= MONTH_SECONDS) return bucketLabel(iso, bucketSeconds)
  return bucketSeconds < 86_400 ? clock(at) : dayAndMonth(at)
}

/** "15 – 21 Nov 2026", or with both months or years where they differ. */
export function dateRange(from: Date, to: Date): string {
  const [first, last] = [civil(from.getTime()), civil(to.getTime())]
  if (first.year !== last.year) return `${dayAndYear(from)} – ${dayAndYear(to)}`
  if (first.month !== last.month) return `${dayAndMonth(from)} – ${dayAndYear(to)}`
  if (first.day !== last.day) return `${first.day} – ${dayAndYear(to)}`
  return dayAndYear(to)
}

/** A half-open period: its days where it is made of whole ones, else with the hours: "21 Nov 2026, 14:00 – 15:00". */
export function periodRange(from: Date, to: Date): string {
  const last = new Date(to.getTime() - 1)
  const isMidnight = (at: Date) => startOfDay(at.getTime()) === at.getTime()
  if (isMidnight(from) && isMidnight(to)) return dateRange(from, last)
  if (dayAndYear(from) === dayAndYear(last))
    return `${dayAndYear(from)}, ${clock(from)} – ${isMidnight(to) ? '24:00' : clock(to)}`
  const isOneYear = civil(from.getTime()).year === civil(to.getTime()).year
  return `${isOneYear ? dayAndMonth(from) : dayAndYear(from)}, ${clock(from)} – ${dayAndYear(to)}, ${clock(to)}`
}

function dayAndMonth(at: Date): string {
  const { day, month } = civil(at.getTime())
  return `${day} ${MONTHS[month]}`
}

function dayAndYear(at: Date): string {
  return `${dayAndMonth(at)} ${civil(at.getTime()).year}`
}

function clock(at: Date): string {
  const { hour, minute } = civil(at.getTime())
  return `${two(hour)}:${two(minute)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
