// Contacts as the page shows them: names, statuses, what a form changes and how to take it back, and the page's state in the URL; pure.

import type { Activity, Amount, Contact, ContactChange, PipelineStage, RevenueDay } from '../../../api/types'
import { dayText, startOfDay } from '../../../lib/zone'

export const SORTS = [
  'last_activity',
  'created_at',
  'total_bookings',
  'total_revenue',
  'estimated_deal_value',
  'website_visits',
] as const
export type Sort = (typeof SORTS)[number]
export const DEFAULT_SORT: Sort = 'last_activity'

/** `view` is the list unless it is named. */
export type ContactsSearch = { view?: 'board'; status?: string; search?: string; sort?: Sort; open?: string }

export function parseContactsSearch(search: Record<string, unknown>): ContactsSearch {
  const parsed: ContactsSearch = {}
  if (search.view === 'board') parsed.view = 'board'
  for (const name of ['status', 'search', 'open'] as const) {
    const text = String(search[name] ?? '').trim()
    if (text) parsed[name] = text
  }
  const sort = SORTS.find((name) => name === search.sort)
  if (sort && sort !== DEFAULT_SORT) parsed.sort = sort
  return parsed
}

/** A contact's display name: the name, else the e-mail address, else the site's id. */
export function contactName(contact: Pick<Contact, 'id' | 'first_name' | 'last_name' | 'email' | 'user_id'>): string {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ')
  return name || contact.email || contact.user_id || contact.id
}

/** How to reach them, in a second line; empty where the name is the same. */
export function contactLine(
  contact: Pick<Contact, 'id' | 'first_name' | 'last_name' | 'email' | 'user_id' | 'phone'>,
): string {
  const name = contactName(contact)
  return [contact.email, contact.phone].find((text) => text && text !== name) ?? ''
}

export type Tone = 'plain' | 'good' | 'warn' | 'bad'

const TONES: Record<string, Tone> = {
  'Hot Lead - Booking In Progress': 'warn',
  'Hot Lead - Abandoned Booking': 'bad',
  'Customer - Active': 'good',
}

export const KNOWN_STATUSES = ['New Lead', ...Object.keys(TONES)]

export function statusTone(status: string): Tone {
  return TONES[status] ?? 'plain'
}

/** The status where it stands beside its neighbours, of which most are hot leads. */
export function shortStatus(status: string): string {
  return status.replace(/^Hot Lead - /, '')
}

/** The statuses a contact can be given: the contract's, then the project's own. */
export function statusesOf(stages: PipelineStage[] | undefined): string[] {
  return [...new Set([...KNOWN_STATUSES, ...(stages ?? []).map((stage) => stage.lead_status)])]
}

/** All contacts, and the sums of their deals by currency, the largest number of minor units first. */
export function pipelineTotal(stages: PipelineStage[]): {
  contacts: number
  deals: { amount: string; currency: string }[]
} {
  const sums = new Map<string, number>()
  for (const { amount, currency } of stages.flatMap((stage) => stage.deal_value))
    sums.set(currency, (sums.get(currency) ?? 0) + Number(amount))
  return {
    contacts: stages.reduce((sum, stage) => sum + stage.contacts, 0),
    deals: [...sums].sort((a, b) => b[1] - a[1]).map(([currency, amount]) => ({ currency, amount: String(amount) })),
  }
}

const REVENUE_DAYS = 30

/** The last days' revenue in the currency of most bookings, each day's as a number; null where nothing came in. */
export function revenueOf(
  days: RevenueDay[],
  now: number,
): { amount: number; currency: string; bookings: number; days: number[] } | null {
  const bookings = new Map<string, number>()
  for (const day of days) bookings.set(day.revenue.currency, (bookings.get(day.revenue.currency) ?? 0) + day.bookings)
  const [most] = [...bookings].sort((a, b) => b[1] - a[1])
  if (!most) return null
  const byDay = new Map(
    days.filter(({ revenue }) => revenue.currency === most[0]).map(({ day, revenue }) => [day, Number(revenue.amount)]),
  )
  const dates = Array.from({ length: REVENUE_DAYS }, (_, index) => dayText(startOfDay(now, index + 1 - REVENUE_DAYS)))
  return {
    amount: [...byDay.values()].reduce((sum, amount) => sum + amount, 0),
    currency: most[0],
    bookings: most[1],
    days: dates.map((date) => byDay.get(date) ?? 0),
  }
}

export const TEXT_FIELDS = ['first_name', 'last_name', 'email', 'phone', 'lead_status', 'lead_source'] as const
export type TextField = (typeof TEXT_FIELDS)[number]

export const FIELD_LABELS: Record<TextField | 'deal_value', string> = {
  first_name: 'First name',
  last_name: 'Last name',
  email: 'E-mail',
  phone: 'Phone',
  lead_status: 'Status',
  lead_source: 'Lead source',
  deal_value: 'Deal value',
}

/** A contact as a form holds it. */
export type Draft = Record<TextField, string> & { amount: number | ''; currency: string }

/** `currency` is the one offered where the contact has no deal yet. */
export function draftOf(contact: Contact, currency: string): Draft {
  const text = (field: TextField) => contact[field] ?? ''
  const deal = contact.estimated_deal_value
  return {
    first_name: text('first_name'),
    last_name: text('last_name'),
    email: text('email'),
    phone: text('phone'),
    lead_status: text('lead_status'),
    lead_source: text('lead_source'),
    amount: deal ? Number(deal.amount) : '',
    currency: deal?.currency ?? currency,
  }
}

/** The fields of a contact that a form changes. */
export function changeOf(contact: Contact, draft: Draft): ContactChange {
  const before = draftOf(contact, draft.currency)
  const change: ContactChange = {}
  for (const field of TEXT_FIELDS) {
    const text = draft[field].trim()
    if (text !== before[field]) change[field] = text
  }
  const currency = draft.currency.trim().toUpperCase()
  const isOther = draft.amount !== before.amount || (draft.amount !== '' && currency !== before.currency)
  if (isOther) change.estimated_deal_value = draft.amount === '' ? null : { amount: draft.amount, currency }
  return change
}

/** The change that brings back what `change` replaces of a contact. */
export function inverseOf(contact: Contact, change: ContactChange): ContactChange {
  const back: ContactChange = {}
  for (const field of TEXT_FIELDS) {
    if (change[field] !== undefined) back[field] = contact[field] ?? ''
  }
  if (change.estimated_deal_value !== undefined) back.estimated_deal_value = newAmount(contact.estimated_deal_value)
  return back
}

function newAmount(amount: Amount | null | undefined) {
  return amount ? { amount: Number(amount.amount), currency: amount.currency } : null
}

/** The ids of the contacts that were merged into one, as far as its timeline is read. */
export function mergedIds(activities: Activity[]): string[] {
  const merges = activities.filter(({ name }) => name === 'contact.merged')
  return [...new Set(merges.map(({ details }) => String((details as Record<string, unknown>).contact_id)))]
}
