// Customers as the page shows them: sort keys, names, why sessions ended, and the page's state in the URL; pure.
import type { Customer, CustomerSession, SessionGroup } from '../../api/types'
import { duration } from '../../lib/format'
import { sentence } from '../../lib/words'

export const SORTS = ['sessions', 'orders', 'bookings', 'last_login', 'registered'] as const
export type Sort = (typeof SORTS)[number]
export const INTERVALS = ['all', 'monthly', 'weekly', 'daily'] as const
export type Interval = (typeof INTERVALS)[number]

export const INTERVAL_LABELS: Record<Interval, string> = {
  all: 'Any time',
  monthly: '30 days',
  weekly: '7 days',
  daily: '24 hours',
}

export type CustomersSearch = {
  active?: Exclude<Interval, 'all'>
  search?: string
  sort?: Sort
  order?: 'asc'
  open?: string
}

export function parseCustomersSearch(search: Record<string, unknown>): CustomersSearch {
  const parsed: CustomersSearch = {}
  const interval = INTERVALS.find((name) => name === search.active)
  if (interval && interval !== 'all') parsed.active = interval
  for (const name of ['search', 'open'] as const) {
    const text = String(search[name] ?? '').trim()
    if (text) parsed[name] = text
  }
  const sort = SORTS.find((name) => name === search.sort)
  if (sort && sort !== 'sessions') parsed.sort = sort
  if (search.order === 'asc') parsed.order = 'asc'
  return parsed
}

/** A column chosen again turns its order round; another one begins with the most or latest. */
export function sortedBy(search: CustomersSearch, sort: Sort): CustomersSearch {
  const { sort: before = 'sessions', order, open: _open, ...rest } = search
  const isTurned = before === sort && order !== 'asc'
  return { ...rest, ...(sort === 'sessions' ? {} : { sort }), ...(isTurned ? { order: 'asc' as const } : {}) }
}

export function customerName(customer: Pick<Customer, 'id' | 'name' | 'email'>): string {
  return customer.name?.trim() || customer.email || customer.id
}

/** The second line: whatever of address and id the name does not say. */
export function customerLine(customer: Customer): string {
  const name = customerName(customer)
  return [customer.email, customer.id].find((text) => text && text !== name) ?? ''
}

/** "Chrome on Android, tablet" */
export function deviceText(customer: Customer): string {
  const system = [customer.primary_browser, customer.primary_os].filter(Boolean).join(' on ')
  return [system, customer.primary_device_type].filter(Boolean).join(', ')
}

const END_REASONS: Record<string, string> = {
  sign_out: 'Signed out',
  user_switch: 'Someone else signed in',
  page_unload: 'Left the site',
  idle: '30 minutes without activity',
  max_age: '24-hour limit reached',
  explicit: 'Ended by your site',
}

/** Why a session ended, or that it goes on. */
export function endText(session: CustomerSession): string {
  if (session.status === 'active') return 'Active now'
  return session.ended_reason ? (END_REASONS[session.ended_reason] ?? sentence(session.ended_reason)) : 'Ended'
}

/** "4 m 12 s"; nothing while it goes on. */
export function lengthText(session: CustomerSession): string | null {
  return session.duration_minutes == null ? null : duration(session.duration_minutes * 60_000)
}

/** The path of an address: it alone distinguishes the pages of one site. */
export function pathOf(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname : address
}

/** How long a token may be valid, in seconds. */
export const TOKEN_TIMES = [
  { value: '3600', label: '1 hour' },
  { value: '86400', label: '1 day' },
  { value: '604800', label: '7 days' },
  { value: '2592000', label: '30 days' },
] as const

/** Groups that are named; those after them are one. */
const NAMED_GROUPS = 6

export type ShownGroup = { key: string; name: string; sessions: number; average: string | null }

/** The groups with most sessions, then all others as one: those the server does not list are among them. */
export function groupsShown(groups: SessionGroup[], total: number): ShownGroup[] {
  const named = groups.length > NAMED_GROUPS ? groups.slice(0, NAMED_GROUPS - 1) : groups
  const shown = named.map(
    (group): ShownGroup => ({
      key: group.name ?? '',
      name: groupName(group.name),
      sessions: group.sessions,
      average: averageText([group]),
    }),
  )
  const others = total - named.reduce((sum, { sessions }) => sum + sessions, 0)
  return others > 0
    ? [...shown, { key: 'other', name: 'Other', sessions: others, average: averageText(groups.slice(named.length)) }]
    : shown
}

/** "Mobile", "Chrome", "Unknown" */
function groupName(name: string | null | undefined): string {
  if (name == null || name === '') return 'Unknown'
  return name === 'program' ? 'Programs' : sentence(name)
}

/** The average duration of several groups, each by how many of its sessions have ended. */
function averageText(groups: SessionGroup[]): string | null {
  const ended = groups.reduce((sum, group) => sum + group.ended, 0)
  const minutes = groups.reduce((sum, group) => sum + group.ended * (group.average_duration_minutes ?? 0), 0)
  return ended === 0 ? null : duration((minutes / ended) * 60_000)
}
