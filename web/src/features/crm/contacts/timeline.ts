// A contact's timeline as it is read: a sentence and its facts for each entry, repetitions together, by day; pure.
import type { Activity } from '../../../api/types'
import { dayOf, exactTime, type Reader } from '../../../lib/locale'
import { eventLabel, sentence } from '../../../lib/words'
import { FIELD_LABELS, type Tone } from './model'

export type Kind =
  | 'booking'
  | 'payment'
  | 'view'
  | 'search'
  | 'visit'
  | 'message'
  | 'edit'
  | 'merge'
  | 'task'
  | 'session'
  | 'recording'
  | 'call'
  | 'note'
  | 'friction'
  | 'other'

/** One line of the timeline; `count` entries in a row that say the same. */
export type TimelineItem = {
  id: string
  at: string
  kind: Kind
  tone: Tone /** The event’s own name. */
  name: string
  title: string
  detail: string
  amount: Activity['amount']
  memberId: string | null /** The visit it happened in. */
  sessionId: string | null
  count: number
}

const TONES: Record<string, Tone> = {
  'booking.completed': 'good',
  'payment.successful': 'good',
  'booking.abandoned': 'bad',
  'payment.failed': 'bad',
}

const KINDS: Record<string, Kind> = {
  booking: 'booking',
  payment: 'payment',
  order: 'payment',
  search: 'search',
  customer: 'visit',
  form: 'message',
  chat: 'message',
  task: 'task',
}

/** The members of an event's data that say what it was about; the first two found are shown. */
const DETAIL_KEYS = [
  'title',
  'vehicle_name',
  'item_name',
  'service',
  'name',
  'form',
  'message',
  'query',
  'step',
  'method',
  'reason',
  'search_location',
  'pickup_location',
  'location',
  'city',
]

/** `memberName` maps a member's id to a name. */
export function momentOf(activity: Activity, memberName: (id: string) => string): TimelineItem {
  const { id, name, occurred_at: at, amount, member_id: memberId } = activity
  const details = activity.details as Record<string, unknown>
  const common = {
    id,
    name,
    at,
    amount,
    memberId: memberId ?? null,
    sessionId: activity.session_id ?? null,
    count: 1,
    kind: kindOf(name),
    tone: TONES[name] ?? 'plain',
  } as const
  if (name.endsWith('.viewed')) {
    const [item] = detailsOf(details)
    return { ...common, title: item ? `Viewed ${item}` : eventLabel(name), detail: '' }
  }
  const title = eventLabel(name)
  if (name === 'contact.edited') return { ...common, title, detail: editedText(details) }
  if (name === 'contact.merged') return { ...common, title, detail: String(details.contact_id ?? '') }
  if (name === 'task.assigned') {
    const to = typeof details.assigned_to === 'string' ? memberName(details.assigned_to) : 'no one'
    return { ...common, title: `Task assigned to ${to}`, detail: String(details.title ?? '') }
  }
  if (name === 'task.commented')
    return { ...common, title: `Comment on ${String(details.title ?? 'a task')}`, detail: String(details.text ?? '') }
  if (name === 'task.snoozed' && typeof details.until === 'string')
    return { ...common, title: `Task snoozed until ${exactTime(details.until)}`, detail: String(details.title ?? '') }
  return { ...common, title, detail: detailsOf(details).slice(0, 2).join(' · ') }
}

function kindOf(name: string): Kind {
  if (name === 'contact.edited') return 'edit'
  if (name === 'contact.merged') return 'merge'
  if (name.endsWith('.viewed')) return 'view'
  return KINDS[name.split('.')[0] ?? ''] ?? 'other'
}

function detailsOf(details: Record<string, unknown>): string[] {
  const texts = DETAIL_KEYS.map((key) => details[key]).filter(
    (value): value is string => typeof value === 'string' && value !== '',
  )
  return [...new Set(texts)]
}

/** "Status: Customer - Active · Phone removed" */
function editedText(details: Record<string, unknown>): string {
  const labels: Record<string, string> = FIELD_LABELS
  return Object.entries(details)
    .map(([field, value]) => {
      const label = labels[field] ?? sentence(field)
      if (field === 'deal_value') return value === 'clear' ? `${label} removed` : label
      return value === '' ? `${label} removed` : `${label}: ${String(value)}`
    })
    .join(' · ')
}

/** Entries in a row that say the same are one line, as of the latest. */
export function together<Item extends TimelineItem>(moments: Item[]): Item[] {
  const lines: Item[] = []
  for (const moment of moments) {
    const last = lines.at(-1)
    const isSame =
      last &&
      last.name === moment.name &&
      last.title === moment.title &&
      last.detail === moment.detail &&
      last.memberId === moment.memberId &&
      isRepeatable(last) &&
      isRepeatable(moment)
    if (isSame) lines[lines.length - 1] = { ...last, count: last.count + 1 }
    else lines.push(moment)
  }
  return lines
}

/** What has an amount, a text of its own or a page of its own stays a line of its own. */
function isRepeatable({ amount, kind }: TimelineItem): boolean {
  return !amount && kind !== 'session' && kind !== 'recording' && kind !== 'call' && kind !== 'note'
}

/** Lines by day of the reader, latest first; a repetition does not reach over midnight. */
export function byDay<Item extends TimelineItem>(
  moments: Item[],
  reader: Reader = {},
): { day: string; at: string; moments: Item[] }[] {
  const days: { day: string; at: string; moments: Item[] }[] = []
  for (const moment of moments) {
    const day = dayOf(Date.parse(moment.at), reader)
    const last = days.at(-1)
    if (last?.day === day) last.moments.push(moment)
    else days.push({ day, at: moment.at, moments: [moment] })
  }
  return days.map((entry) => ({ ...entry, moments: together(entry.moments) }))
}
