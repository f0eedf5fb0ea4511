// Customers of the ferry booking site with their sessions.
import type { components } from '../../src/api/schema.gen'
import type { Customer, CustomerSession, SessionFigures, SessionGroup } from '../../src/api/types'
import { pick, seeded } from './random'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const FIRST = ['Neema', 'Baraka', 'Rehema', 'Hamisi', 'Zawadi', 'Elia', 'Mwajuma', 'Salim']
const LAST = ['Mushi', 'Komba', 'Haule', 'Mwakyusa', 'Shirima', 'Barasa', 'Lyimo']
const REASONS = ['page_unload', 'idle', 'sign_out', 'user_switch', 'max_age', 'explicit'] as const

export function freshCustomers(now: number): Customer[] {
  const at = (ms: number) => new Date(now - ms).toISOString()
  return Array.from({ length: 70 }, (_, index): Customer => {
    const random = seeded(index + 77)
    const name = `${FIRST[index % FIRST.length]} ${LAST[index % LAST.length]}`
    const [browser, os, device] = pick(random, [
      ['Chrome', 'Android', 'mobile'],
      ['Safari', 'iOS', 'mobile'],
      ['Firefox', 'Windows', 'desktop'],
    ] as const)
    const count = 1 + Math.floor(random() * 24)
    const orders = index % 4 === 0 ? 1 + (index % 3) : 0
    const bookings = index % 3 === 0 ? 1 + (index % 2) : 0
    const hasComeBack = index % 11 !== 10
    const sessions = Array.from({ length: Math.min(count, 20) }, (_, nth): CustomerSession => {
      const isActive = index === 1 && nth === 0
      const started = index * HOUR + nth * 31 * HOUR + 6 * MINUTE
      return {
        session_id: `0193a1b2-${index}-${nth}`,
        started_at: at(started),
        last_activity_at: at(started - 5 * MINUTE),
        ended_at: isActive ? null : at(started - 5 * MINUTE),
        status: isActive ? 'active' : 'ended',
        ended_reason: isActive ? null : pick(random, REASONS),
        duration_minutes: isActive ? null : Math.round(random() * 1_900) / 100,
        device,
        browser: `${browser} 140.0`,
        os: `${os} 14`,
        location: pick(random, ['Dar es Salaam, TZ', 'Nairobi, KE', null]),
        ip_address: '196.249.xxx.xxx',
        entry_page: pick(random, ['https://coralferries.example/', 'https://coralferries.example/timetable?day=1']),
      }
    })
    return {
      id: `passenger-${1000 + index}`,
      email: index % 9 === 4 ? null : `${name.replace(' ', '.').toLowerCase()}${index}@barua.example`,
      name: index % 9 === 4 ? null : name,
      total_sessions: count,
      total_orders: orders,
      total_bookings: bookings,
      total_reviews: index % 5 === 0 ? 1 : 0,
      last_login_at: hasComeBack ? at(index * HOUR + 6 * MINUTE) : null,
      registered_at: index % 7 === 6 ? null : at((index + 3) * DAY),
      last_order_at: orders ? at(index * 5 * HOUR) : null,
      last_order_amount: orders ? 35_000 * orders : null,
      last_order_currency: orders ? 'TZS' : null,
      last_order_text: orders ? 'TZS 35,000' : null,
      last_booking_at: bookings ? at(index * 7 * HOUR) : null,
      last_booking_service: bookings ? 'Dar es Salaam – Zanzibar' : null,
      primary_device_type: device,
      primary_browser: browser,
      primary_os: os,
      created_at: at((index + 4) * DAY),
      updated_at: at(index * HOUR + MINUTE),
      sessions,
    }
  })
}

const LENGTHS: Record<string, number> = { daily: DAY, weekly: 7 * DAY, monthly: 30 * DAY }

/** What a sort key reads; null comes last either way. */
const KEYS: Record<string, (customer: Customer) => number | null> = {
  sessions: (customer) => customer.total_sessions,
  orders: (customer) => customer.total_orders,
  bookings: (customer) => customer.total_bookings,
  last_login: ({ last_login_at }) => (last_login_at == null ? null : Date.parse(last_login_at)),
  registered: ({ registered_at }) => (registered_at == null ? null : Date.parse(registered_at)),
}

export function customersOf(customers: Customer[], query: URLSearchParams, now: number): Customer[] {
  const text = (query.get('search') ?? '').toLowerCase()
  const length = LENGTHS[query.get('interval') ?? '']
  const key = KEYS[query.get('sortBy') ?? 'sessions'] ?? (() => null)
  const turn = query.get('sortOrder') === 'asc' ? 1 : -1
  return customers
    .filter((customer) =>
      [customer.id, customer.email, customer.name].some((value) => value?.toLowerCase().includes(text)),
    )
    .filter((customer) => length === undefined || now - Date.parse(customer.updated_at) < length)
    .sort((a, b) => {
      const [left, right] = [key(a), key(b)]
      if (left === null || right === null) return Number(left === null) - Number(right === null)
      return (left - right) * turn || a.id.localeCompare(b.id)
    })
}

/** Scores of everybody, highest first. */
export function scoresOf(customers: Customer[]): components['schemas']['LeadScore'][] {
  return customers.map(({ id, email, name, updated_at }, index) => ({
    user_id: id,
    email: email ?? null,
    name: name ?? null,
    score: Math.max(3, 97 - index),
    as_of: updated_at,
    calculated_score: null,
  }))
}

/** All sessions that customers are listed with, counted. */
export function sessionFiguresOf(customers: Customer[], interval: string): SessionFigures {
  const sessions = customers.flatMap((customer) => customer.sessions)
  const counted = (rows: CustomerSession[]) => {
    const minutes = rows.flatMap(({ duration_minutes }) => (duration_minutes == null ? [] : [duration_minutes]))
    return {
      sessions: rows.length,
      ended: minutes.length,
      average_duration_minutes:
        minutes.length === 0 ? null : minutes.reduce((sum, length) => sum + length, 0) / minutes.length,
    }
  }
  const grouped = (nameOf: (session: CustomerSession) => string | null): SessionGroup[] => {
    const names = [...new Set(sessions.map(nameOf))]
    return names
      .map((name) => ({ name, ...counted(sessions.filter((session) => nameOf(session) === name)) }))
      .sort((a, b) => b.sessions - a.sessions)
  }
  return {
    interval,
    ...counted(sessions),
    devices: grouped(({ device }) => device ?? null),
    browsers: grouped(({ browser }) => browser?.split(' ')[0] ?? null),
  }
}
