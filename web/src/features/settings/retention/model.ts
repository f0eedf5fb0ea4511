// How long a project keeps each kind of data, and what a change of that removes; pure.
import type { components } from '../../../api/schema.gen'
import { exactNumber } from '../../../lib/format'

type Schemas = components['schemas']
export type Days = Schemas['Retention']
export type Status = Schemas['RetentionStatus']
export type Preview = Schemas['RetentionPreview']
export type Setting = keyof Days
type Kind = Schemas['RetentionKind']

export const FIELDS: { setting: Setting; kind: Kind; label: string; help: string }[] = [
  {
    setting: 'event_days',
    kind: 'events',
    label: 'Events',
    help: 'With the figures based on them. Older events that arrive late are rejected.',
  },
  {
    setting: 'session_days',
    kind: 'sessions',
    label: 'Sessions',
    help: 'Of customers, from their last activity. Totals still include removed sessions.',
  },
  {
    setting: 'recording_days',
    kind: 'recordings',
    label: 'Recordings and screenshots',
    help: 'From the end of the recording.',
  },
  {
    setting: 'activity_days',
    kind: 'activities',
    label: 'Activities of contacts',
    help: 'Timelines start later. Status, totals and tasks are kept.',
  },
]

const ROWS: Record<Kind, [one: string, many: string]> = {
  events: ['event', 'events'],
  signals: ['lead score signal', 'lead score signals'],
  sessions: ['session', 'sessions'],
  recordings: ['recording or screenshot', 'recordings and screenshots'],
  activities: ['contact activity', 'contact activities'],
}

export const NOTHING_SET: Required<Days> = {
  event_days: null,
  session_days: null,
  recording_days: null,
  activity_days: null,
}

/** "12,345 events" */
export function rowsText(kind: Kind, rows: number): string {
  return `${exactNumber(rows)} ${ROWS[kind][rows === 1 ? 0 : 1]}`
}

/** The days in force: those set, else the server's. */
export function daysOf(days: Days, setting: Setting, status: Status): number {
  const stated = status.kinds.find((kind) => kind.setting === setting)
  return days[setting] ?? stated?.default_days ?? status.max_days
}

/** Why days cannot be set; undefined when they can. */
export function dayError(days: number | null | undefined, maxDays: number): string | undefined {
  if (days === null || days === undefined) return undefined
  return Number.isInteger(days) && days >= 1 && days <= maxDays ? undefined : `Enter 1 to ${exactNumber(maxDays)} days.`
}

export function isValid(days: Days, status: Status): boolean {
  return FIELDS.every(({ setting }) => dayError(days[setting], status.max_days) === undefined)
}

/** The settings whose days become fewer. */
export function shortened(saved: Days, draft: Days, status: Status): Setting[] {
  return FIELDS.map(({ setting }) => setting).filter(
    (setting) => daysOf(draft, setting, status) < daysOf(saved, setting, status),
  )
}

/** What the next run removes of the kinds whose days become fewer. */
export function removalsOf(preview: Preview, settings: Setting[]): Preview['kinds'] {
  return preview.kinds.filter((kind) => kind.rows > 0 && (settings as string[]).includes(kind.setting))
}

/** "Nov 22, 2026 (UTC)": what is older is removed, by whole days of UTC, which need not be the project's. */
export function utcDay(iso: string, locale?: string): string {
  return `${new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso))} (UTC)`
}
