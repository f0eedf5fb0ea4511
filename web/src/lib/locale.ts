// Money, days and exact instants as the reader's own language writes them, by the project's clock; an exact instant names its zone.

import { shortNumber } from './format'
import { relativeTime } from './time'
import { dayText, startOfDay, zoneName } from './zone'

/** The reader; by default the browser's language and the project's zone. */
export type Reader = { locale?: string; zone?: string }

const DAY = 86_400_000

/** "TZS 150,000": decimals only where there are any, and never a symbol that several currencies share. */
export function money(amount: number, currency: string, { locale }: Reader = {}): string {
  try {
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'code',
      trailingZeroDisplay: 'stripIfInteger',
    }).format(amount)
  } catch {
    // A code that is none, from data older than its check.
    return `${currency} ${amount}`
  }
}

/** "TZS 223 M" */
export function shortMoney(amount: number, currency: string): string {
  return `${currency}\u00a0${shortNumber(amount)}`
}

/** "Sat, Nov 21, 2026, 5:05 PM GMT+3" */
export function exactTime(iso: string, { locale, zone }: Reader = {}): string {
  return written(
    iso,
    locale,
    {
      weekday: 'short',
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZoneName: 'short',
    },
    zone,
  )
}

/** "5:05 PM" */
export function timeOfDay(iso: string, { locale, zone }: Reader = {}): string {
  return written(iso, locale, { hour: 'numeric', minute: '2-digit' }, zone)
}

/** "Nov 21", with the year where it is another one than now's. */
export function shortDate(iso: string, now: number, { locale, zone }: Reader = {}): string {
  const yearOf = (at: string | number) => written(new Date(at).toISOString(), 'en', { year: 'numeric' }, zone)
  const isThisYear = !Number.isNaN(Date.parse(iso)) && yearOf(iso) === yearOf(now)
  return written(iso, locale, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) }, zone)
}

/** The day an instant falls on, as "2026-11-21". */
export function dayOf(at: number, { zone }: Reader = {}): string {
  return formatOf('en-CA', { timeZone: zone ?? zoneName() }).format(at)
}

/** "Today", "Yesterday", or the date. */
export function dayName(iso: string, now: number, reader: Reader = {}): string {
  const day = dayOf(Date.parse(iso), reader)
  if (day === dayOf(now, reader)) return 'Today'
  if (day === dayText(startOfDay(now, -1, reader.zone), reader.zone)) return 'Yesterday'
  return shortDate(iso, now, reader)
}

/** "12 s ago" within a day, else the date. */
export function sinceText(iso: string, now: number, reader: Reader = {}): string {
  return now - Date.parse(iso) < DAY ? relativeTime(iso, now) : shortDate(iso, now, reader)
}

function written(
  iso: string,
  locale: string | undefined,
  shape: Intl.DateTimeFormatOptions,
  zone: string | undefined,
): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? iso : formatOf(locale, { ...shape, timeZone: zone ?? zoneName() }).format(at)
}

/** Making a format costs a hundred times what using it does, and a table uses a few for hundreds of cells. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(locale: string | undefined, shape: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, shape])
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, shape)
  formats.set(key, made)
  return made
}
