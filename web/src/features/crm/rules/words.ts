// Rules in words: what a shop owner reads in the list and in its form; pure.
import { plural } from '../../../lib/format'
import {
  type BookingStep,
  type Counter,
  isPattern,
  type Priority,
  type Remembered,
  type Rule,
  type RuleSet,
  refusedField,
  taskKinds,
} from './rules'

export const COUNTER_LABELS: Record<Counter, string> = {
  website_visits: 'Visits',
  total_bookings: 'Bookings',
  total_revenue: 'Revenue (the event’s amount)',
}
export const REMEMBERED_LABELS: Record<Remembered, string> = {
  last_vehicle_viewed: 'Last item viewed',
  last_search_location: 'Last place searched',
}
export const BOOKING_LABELS: Record<BookingStep, string> = {
  started: 'Starts a booking',
  continued: 'Continues a booking',
  ended: 'Ends a booking',
}
export const PRIORITY_LABELS: Record<Priority, string> = {
  urgent: 'Urgent',
  high: 'High',
  normal: 'Normal',
  low: 'Low',
}

export const ABANDON_LABEL = 'A booking is abandoned after'

const COUNTED: Record<Counter, string> = {
  website_visits: 'one more visit',
  total_bookings: 'one more booking',
  total_revenue: 'its amount as revenue',
}

/** What the form calls the fields that the server may refuse. */
export const FIELD_LABELS = {
  event: 'Event',
  'status.to': 'Change the status to',
  'status.unless': 'Except when it is',
  remembers: 'Fields of event_data',
  'task.title': 'Task',
  'task.due_in_minutes': 'Due after',
  'task.kind': 'Kind',
  closes: 'Close tasks',
} as const

/** "booking.completed, task" for the field "rules[3].task.title". */
export function refusedLabel(field: string, { rules }: RuleSet): string | undefined {
  if (field === 'abandon_after_minutes') return ABANDON_LABEL
  const refused = refusedField(field)
  const rule = refused && rules[refused.index]
  if (!refused || !rule) return undefined
  const label = (FIELD_LABELS as Record<string, string>)[refused.name]
  return [eventText(rule), label?.toLowerCase()].filter(Boolean).join(', ')
}

/** "booking.completed", "Events ending in .viewed" */
export function eventText(rule: Pick<Rule, 'event'>): string {
  if (!isPattern(rule)) return rule.event || 'New rule'
  return rule.event.startsWith('*')
    ? `Events ending in ${rule.event.slice(1)}`
    : `Events starting with ${rule.event.slice(0, -1)}`
}

/** What a rule does, a phrase for each effect. */
export function effectsOf(rule: Rule, set: RuleSet): string[] {
  const { status, task } = rule
  const titles = new Map(taskKinds(set).map(({ value, label }) => [value, label]))
  const effects = [
    status &&
      `Sets the status to ${status.to || '…'}${status.unless.length > 0 ? `, unless it is ${orList(status.unless)}` : ''}`,
    rule.counts.length > 0 && `Counts ${rule.counts.map((counter) => COUNTED[counter]).join(' and ')}`,
    rule.deal_value === 'set' && 'Sets the deal value to the event’s amount',
    rule.deal_value === 'clear' && 'Clears the deal value',
    rule.booking && BOOKING_LABELS[rule.booking],
    ...Object.entries(rule.remembers).map(
      ([field, members]) =>
        members.length > 0 && `Remembers the ${REMEMBERED_LABELS[field as Remembered].toLowerCase()}`,
    ),
    task &&
      `Opens the task “${task.title || '…'}” (${PRIORITY_LABELS[task.priority].toLowerCase()}${task.due_in_minutes === null ? '' : `, due ${dueAfter(task.due_in_minutes)}`})`,
    ...rule.closes.map((kind) => `Closes the task “${titles.get(kind) ?? kind}”`),
    !rule.activity && 'Is hidden from the timeline',
  ].filter((effect) => typeof effect === 'string')
  return effects.length > 0 ? effects : ['Appears in the timeline only']
}

/** "after 1 h", "after 2 h 30 min", "after 3 days" */
export function dueAfter(minutes: number): string {
  if (minutes === 0) return 'at once'
  const days = minutes / 1_440
  if (Number.isInteger(days)) return `after ${plural(days, 'day')}`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return `after ${[hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(' ')}`
}

function orList(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
