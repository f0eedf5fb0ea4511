// A person as the page shows them: names, the page's state in the URL, moments as lines of the timeline, friction by element; pure.
import { countryName } from '../../../lib/countries'
import { duration } from '../../../lib/format'
import { eventLabel, kindLabel, sentence } from '../../../lib/words'
import { contactName } from '../contacts/model'
import { momentOf, type TimelineItem } from '../contacts/timeline'
import type { Person, PersonMoment } from './api'

export const MOMENT_KINDS = [
  'purchase',
  'activity',
  'session',
  'recording',
  'behavior',
  'friction',
  'call',
  'task',
  'note',
  'change',
] as const
export type MomentKind = (typeof MOMENT_KINDS)[number]

export const KIND_NAMES: Record<MomentKind, string> = {
  purchase: 'Orders and bookings',
  activity: 'Customer events',
  session: 'Sessions',
  recording: 'Recordings',
  behavior: 'Behavior',
  friction: 'Friction',
  call: 'Calls',
  task: 'Tasks',
  note: 'Notes',
  change: 'Changes by members',
}

export const TABS = ['timeline', 'sessions', 'purchases', 'friction', 'calls'] as const
export type Tab = (typeof TABS)[number]
export const TAB_NAMES: Record<Tab, string> = {
  timeline: 'Timeline',
  sessions: 'Sessions',
  purchases: 'Orders and bookings',
  friction: 'Friction',
  calls: 'Calls',
}

export type PersonSearch = { tab?: Exclude<Tab, 'timeline'>; kinds?: MomentKind[] }

export function parsePersonSearch(search: Record<string, unknown>): PersonSearch {
  const parsed: PersonSearch = {}
  const tab = TABS.find((name) => name === search.tab)
  if (tab && tab !== 'timeline') parsed.tab = tab
  const words = Array.isArray(search.kinds) ? search.kinds : String(search.kinds ?? '').split(',')
  const kinds = MOMENT_KINDS.filter((kind) => words.includes(kind))
  if (kinds.length > 0) parsed.kinds = kinds
  return parsed
}

export function personName({ contact, customers, id }: Pick<Person, 'contact' | 'customers' | 'id'>): string {
  const customer = customers[0]
  if (contact) {
    const name = contactName(contact)
    if (name !== contact.user_id && name !== contact.id) return name
  }
  return customer?.name?.trim() || contact?.email || customer?.email || contact?.user_id || id
}

/** The user id that sessions and scores are looked up by: the contact's, else the one active last. */
export function mainUserId({
  contact,
  customers,
  user_ids,
}: Pick<Person, 'contact' | 'customers' | 'user_ids'>): string | null {
  const active = customers[0]?.id
  const own = contact?.user_id
  if (own && customers.some(({ id }) => id === own)) return own
  return active ?? own ?? user_ids[0] ?? null
}

/** "Chrome on Android, mobile" */
export function deviceName({
  device,
  browser,
  os,
}: {
  device?: string | null | undefined
  browser?: string | null | undefined
  os?: string | null | undefined
}): string {
  return [[browser, os].filter(Boolean).join(' on '), device].filter(Boolean).join(', ')
}

/** "Dar es Salaam, Tanzania" */
export function placeName({
  city,
  country,
}: {
  city?: string | null | undefined
  country?: string | null | undefined
}): string {
  return [city, country && countryName(country)].filter(Boolean).join(', ')
}

/** A line of a person's timeline. */
export type PersonLine = TimelineItem & { source: MomentKind; recordingId: string | null }

export function lineOf(moment: PersonMoment, memberName: (id: string) => string): PersonLine {
  const {
    id,
    name,
    at,
    amount = null,
    member_id: memberId = null,
    session_id: sessionId = null,
    path = null,
    seconds = null,
  } = moment
  const details = moment.details as Record<string, unknown>
  const source = MOMENT_KINDS.find((kind) => kind === moment.kind) ?? 'activity'
  const activity = momentOf(
    { id, name, occurred_at: at, amount, member_id: memberId, session_id: sessionId, details: moment.details },
    memberName,
  )
  const line = { ...activity, id: `${source} ${id}`, source, recordingId: moment.recording_id ?? null }
  const text = (key: string) => (typeof details[key] === 'string' ? (details[key] as string) : null)
  const length = seconds === null ? null : duration(seconds * 1_000)
  switch (source) {
    case 'session': {
      const where = path && `from ${pathOf(path)}`
      const device = deviceName({ device: text('device'), browser: text('browser'), os: text('os') })
      return {
        ...line,
        kind: 'session',
        title: 'Session',
        detail: joined([
          length ?? 'Active now',
          where,
          device,
          placeName({ city: text('city'), country: text('country') }),
        ]),
      }
    }
    case 'recording':
      return { ...line, kind: 'recording', title: 'Recording', detail: joined([length, path && pathOf(path)]) }
    case 'call': {
      const ended =
        text('ended_by') === 'call_error'
          ? 'ended with an error'
          : text('ended_by') === 'inferred'
            ? 'end inferred'
            : null
      return {
        ...line,
        kind: 'call',
        tone: text('ended_by') === 'call_error' ? 'bad' : 'plain',
        title: 'Call',
        detail: joined([length ?? 'Not ended', ended]),
      }
    }
    case 'note':
      return { ...line, kind: 'note', title: 'Note', detail: text('text') ?? '' }
    case 'friction':
      return {
        ...line,
        kind: 'friction',
        tone: 'bad',
        title: kindLabel(name),
        detail: joined([
          text('error_message') ?? text('element_text') ?? text('element_selector'),
          path && `on ${pathOf(path)}`,
        ]),
      }
    case 'behavior':
      return {
        ...line,
        kind: name.includes('search') ? 'search' : 'view',
        title: eventLabel(name),
        detail: joined([text('search_query'), activity.detail, path && pathOf(path)]),
      }
    default:
      return line
  }
}

function joined(parts: (string | null | undefined | false)[]): string {
  return [...new Set(parts.filter((part): part is string => Boolean(part)))].join(' · ')
}

/** The path of an address: it alone distinguishes the pages of one site. */
export function pathOf(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname : address
}

/** What a person met at one element, or one error. */
export type FrictionMet = {
  key: string
  kind: string
  what: string
  path: string | null
  count: number
  lastAt: string
  sessionId: string | null
}

/** Friction by kind, element and page, most often met first, then latest. */
export function frictionMet(moments: PersonMoment[]): FrictionMet[] {
  const met = new Map<string, FrictionMet>()
  for (const moment of moments) {
    if (moment.kind !== 'friction') continue
    const details = moment.details as Record<string, unknown>
    const what = [details.error_message, details.element_text, details.element_selector].find(
      (text) => typeof text === 'string' && text !== '',
    )
    const path = moment.path ? pathOf(moment.path) : null
    const key = [moment.name, details.error_message ?? details.element_selector ?? what, path].join('\n')
    const known = met.get(key)
    if (known) known.count += 1
    else
      met.set(key, {
        key,
        kind: moment.name,
        what: String(what ?? 'Unknown element'),
        path,
        count: 1,
        lastAt: moment.at,
        sessionId: moment.session_id ?? null,
      })
  }
  return [...met.values()].sort((a, b) => b.count - a.count || b.lastAt.localeCompare(a.lastAt))
}

/** "Completed", "Cancelled" */
export function statusText(status: string): string {
  return sentence(status)
}

/** What an erasure or export of this person is asked for: their user id, else their address. */
export function subjectOf(person: Pick<Person, 'contact' | 'customers' | 'user_ids' | 'emails'>): string | null {
  return mainUserId(person) ?? person.contact?.email ?? person.emails[0] ?? null
}

/** What the tracker is set to do; consent itself is not reported person by person. */
const CONSENTS: Record<string, string> = {
  granted: 'Tracked until they decline',
  denied: 'Nothing is sent until they consent',
  none: 'Nothing is stored on the device until they consent',
}

export function consentText(consent: string): string {
  return CONSENTS[consent] ?? 'Unknown'
}
