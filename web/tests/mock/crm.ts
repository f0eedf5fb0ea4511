// Contacts and tasks of the ferry booking site: who booked, who left in the middle, and what is to be done about it.
import type { Activity, Amount, Contact, LeadScoreExplained, PipelineStage, Task } from '../../src/api/types'
import { pick, seeded } from './random'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const NEW = 'New Lead'
export const STARTED = 'Hot Lead - Booking In Progress'
export const ABANDONED = 'Hot Lead - Abandoned Booking'
export const ACTIVE = 'Customer - Active'

export type Crm = { contacts: Contact[]; tasks: Task[] }

export function money(major: number, currency = 'TZS'): Amount {
  return { amount: major.toFixed(2), minor: major * 100, currency, text: `${currency} ${major.toLocaleString('en')}` }
}

const FIRST = [
  'Neema',
  'Baraka',
  'Rehema',
  'Hamisi',
  'Zawadi',
  'Elia',
  'Mwajuma',
  'Salim',
  'Fatma',
  'Joseph',
  'Wanjiru',
  'Said',
  'Upendo',
  'Abdallah',
]
const LAST = ['Mushi', 'Komba', 'Haule', 'Mwakyusa', 'Shirima', 'Barasa', 'Lyimo']
const STATUSES = [ABANDONED, ACTIVE, STARTED, NEW, ABANDONED, ACTIVE, ACTIVE]

export function freshCrm(now: number): Crm {
  const at = (ms: number) => new Date(now - ms).toISOString()
  const contacts = Array.from({ length: 60 }, (_, index): Contact => {
    const random = seeded(index + 11)
    const status = STATUSES[index % STATUSES.length] ?? NEW
    const [first, last] = [
      FIRST[index % FIRST.length] ?? '',
      LAST[(index * 3 + Math.floor(index / FIRST.length)) % LAST.length] ?? '',
    ]
    const bookings = status === ACTIVE ? 1 + Math.floor(random() * 3) : 0
    return {
      id: `contact_${index + 1}`,
      user_id: `passenger-${1000 + index}`,
      email: `${first}.${last}${index}@barua.example`.toLowerCase(),
      first_name: first,
      last_name: last,
      phone: index % 5 === 3 ? null : `+255 700 000 ${String(index).padStart(3, '0')}`,
      lead_source: 'Website',
      lead_status: status,
      last_activity: at(index * index * 4 * MINUTE + 20_000),
      last_action: pick(random, ['booking.started', 'booking.step_completed', 'customer.login', 'search.performed']),
      last_vehicle_viewed: index % 2 ? 'Fast ferry, 10:30' : null,
      last_search_location: 'Zanzibar',
      estimated_deal_value:
        status === ABANDONED || status === STARTED ? money(20_000 * (2 + Math.floor(random() * 40))) : null,
      total_bookings: bookings,
      total_revenue:
        bookings === 0
          ? []
          : index % 6 === 5
            ? [money(bookings * 140_000), money(bookings * 70, 'USD')]
            : [money(bookings * 140_000)],
      website_visits: 1 + Math.floor(random() * 12),
      lead_score: index % 9 === 8 ? null : 20 + Math.floor(random() * 80),
      created_at: at((index + 2) * 9 * HOUR),
    }
  })
  const [, second] = contacts
  if (second) Object.assign(second, { first_name: null, last_name: null })
  return { contacts, tasks: freshTasks(at, contacts) }
}

function freshTasks(at: (ms: number) => string, contacts: Contact[]): Task[] {
  const task = (id: number, contact: number, part: Partial<Task>): Task => ({
    id: `task_${id}`,
    contact_id: contacts[contact]?.id ?? '',
    contact: summaryOf(contacts[contact]),
    kind: 'abandoned_booking',
    title: 'URGENT: Follow up - Abandoned Booking',
    priority: 'urgent',
    status: 'open',
    assigned_to: null,
    created_at: at(id * 7 * MINUTE),
    due_at: null,
    snooze: null,
    comments: id === 1 ? 1 : 0,
    done_at: null,
    done_by: null,
    ...part,
  })
  const confirm = { kind: 'booking_confirmation', title: 'Send Booking Confirmation & Welcome', priority: 'normal' }
  return [
    task(1, 0, { due_at: at(-52 * MINUTE) }),
    task(2, 4, { due_at: at(-18 * MINUTE), assigned_to: 'm2' }),
    task(3, 7, { due_at: at(35 * MINUTE) }),
    task(4, 11, { due_at: at(5 * HOUR), assigned_to: 'm1' }),
    task(5, 14, { due_at: at(3 * DAY) }),
    task(6, 1, confirm),
    task(7, 5, { ...confirm, assigned_to: 'm2' }),
    task(8, 2, { kind: 'payment_failed', title: 'Follow up - Payment Failed', priority: 'high' }),
    task(9, 6, { ...confirm, status: 'done', done_at: at(26 * MINUTE), done_by: 'm1' }),
    task(10, 12, { status: 'done', done_at: at(2 * HOUR), done_by: null }),
  ]
}

/** What a task carries of its contact. */
export function summaryOf(contact: Contact | undefined): Task['contact'] {
  if (!contact) return { id: '' }
  const { id, user_id, email, first_name, last_name, phone, estimated_deal_value } = contact
  return { id, user_id, email, first_name, last_name, phone, estimated_deal_value } as Task['contact']
}

export function pipelineOf(contacts: Contact[]): PipelineStage[] {
  const own = contacts
    .map((contact) => contact.lead_status)
    .filter((status) => ![NEW, STARTED, ABANDONED, ACTIVE].includes(status))
  return [NEW, STARTED, ABANDONED, ACTIVE, ...new Set(own)].map((lead_status) => {
    const found = contacts.filter((contact) => contact.lead_status === lead_status)
    const deal = found.reduce((sum, contact) => sum + Number(contact.estimated_deal_value?.amount ?? 0), 0)
    return { lead_status, contacts: found.length, deal_value: deal > 0 ? [money(deal)] : [] }
  })
}

export function timelineOf(contact: Contact, now: number): Activity[] {
  const entry = (ago: number, name: string, details: object = {}, more: Partial<Activity> = {}): Activity => ({
    id: `activity_${contact.id}_${ago}`,
    name,
    occurred_at: new Date(now - ago).toISOString(),
    amount: null,
    session_id: null,
    member_id: null,
    details: details as Activity['details'],
    ...more,
  })
  return [
    entry(2 * MINUTE, 'booking.abandoned', { service: 'Dar es Salaam – Zanzibar' }, { amount: money(280_000) }),
    entry(
      9 * MINUTE,
      'booking.started',
      { service: 'Dar es Salaam – Zanzibar', pickup_location: 'Dar es Salaam' },
      { amount: money(280_000) },
    ),
    entry(11 * MINUTE, 'ferry.viewed', { item_name: 'Fast ferry, 10:30' }),
    entry(12 * MINUTE, 'ferry.viewed', { item_name: 'Fast ferry, 10:30' }),
    entry(13 * MINUTE, 'search.performed', { location: 'Zanzibar' }),
    entry(14 * MINUTE, 'customer.login'),
    entry(
      2 * DAY,
      'task.completed',
      { task_id: 'task_99', title: 'Send Booking Confirmation & Welcome' },
      { member_id: 'm2' },
    ),
    entry(2 * DAY + HOUR, 'contact.edited', { phone: '+255 700 000 000', lead_status: NEW }, { member_id: 'm1' }),
    entry(3 * DAY, 'contact.merged', { contact_id: `contact_of_browser_${contact.user_id}` }),
    entry(3 * DAY + HOUR, 'payment.failed', { method: 'Mobile money' }, { amount: money(140_000) }),
    entry(9 * DAY, 'customer.created', { source: '/book' }),
  ]
}

export const WEIGHTS = {
  half_life_days: 30,
  views: { weight: 2, cap: 20 },
  searches: { weight: 2, cap: 10 },
  contact_clicks: { weight: 10, cap: 20 },
  bookings: { weight: 12, cap: 25 },
  recency: { weight: 10, cap: 10 },
  fit: { known_email: 5, known_phone: 5, returning: 5 },
}

export function scoreOf(userId: string, now: number): LeadScoreExplained {
  const events = [
    ['booking.started', 'recency', 10, 0.01, 10],
    ['booking.started', 'bookings', 12, 0.01, 12],
    ['ferry.viewed', 'views', 2, 0.02, 2],
    ['ferry.viewed', 'views', 2, 1.4, 1.9],
    ['search.performed', 'searches', 2, 5.2, 1.8],
  ] as const
  return {
    user_id: userId,
    score: 51,
    engagement: 40.9,
    fit: 10,
    as_of: new Date(now).toISOString(),
    groups: [
      { group: 'views', events: 14, sum: 25.1, points: 17.1 },
      { group: 'searches', events: 1, sum: 1.8, points: 1.8 },
      { group: 'bookings', events: 1, sum: 12, points: 12 },
      { group: 'recency', events: 1, sum: 10, points: 10 },
    ],
    contributions: events.map(([name, group, weight, age_days, points], index) => ({
      event_id: `0193a1b2-0000-7d4c-8f00-00000000000${index}`,
      name,
      group,
      weight,
      age_days,
      points,
    })),
  }
}
