// Formats instants: relative within a day, absolute otherwise; always UTC, and the zone is named where it is absolute.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** "21 Nov 2026, 14:05:09 UTC" */
export function absoluteTime(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return `${dayAndYear(at)}, ${clock(at)}:${two(at.getUTCSeconds())} UTC`
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
  const year = at.getUTCFullYear() === new Date(now).getUTCFullYear() ? '' : ` ${at.getUTCFullYear()}`
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}${year}, ${clock(at)}`
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
  const at = new Date(iso)
  if (bucketSeconds >= MONTH_SECONDS) return `${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`
  const day = `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`
  return bucketSeconds < 86_400 ? `${day}, ${clock(at)}` : `${WEEKDAYS[at.getUTCDay()]} ${day}`
}

/** The short label of a bucket on an axis. */
export function axisLabel(iso: string, bucketSeconds: number): string {
  const at = new Date(iso)
  if (bucketSeconds >= MONTH_SECONDS) return bucketLabel(iso, bucketSeconds)
  return bucketSeconds < 86_400 ? clock(at) : `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`
}

/** "15 – 21 Nov 2026", or with both months or years where they differ. */
export function dateRange(from: Date, to: Date): string {
  const last = `${to.getUTCDate()} ${MONTHS[to.getUTCMonth()]} ${to.getUTCFullYear()}`
  if (from.getUTCFullYear() !== to.getUTCFullYear()) return `${dayAndYear(from)} – ${last}`
  if (from.getUTCMonth() !== to.getUTCMonth()) return `${from.getUTCDate()} ${MONTHS[from.getUTCMonth()]} – ${last}`
  if (from.getUTCDate() !== to.getUTCDate()) return `${from.getUTCDate()} – ${last}`
  return last
}

function dayAndYear(at: Date): string {
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`
}

function clock(at: Date): string {
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
