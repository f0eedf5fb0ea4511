// Customers: names, sessions in words, sorting both ways, and the address.
import { expect, test } from 'vitest'
import type { Customer, CustomerSession } from '../../api/types'
import {
  customerLine,
  customerName,
  deviceText,
  endText,
  groupsShown,
  lengthText,
  parseCustomersSearch,
  pathOf,
  sortedBy,
} from './model'

const customer: Customer = {
  id: '42',
  email: 'asha@barua.example',
  name: 'Asha Mwinyi',
  total_sessions: 3,
  total_orders: 0,
  total_bookings: 1,
  total_reviews: 0,
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-21T00:00:00Z',
  primary_browser: 'Chrome',
  primary_os: 'Android',
  primary_device_type: 'mobile',
  sessions: [],
}
const session: CustomerSession = {
  session_id: 's',
  started_at: '2026-11-21T10:00:00Z',
  last_activity_at: '2026-11-21T10:04:12Z',
  status: 'ended',
  ended_reason: 'idle',
  duration_minutes: 4.2,
  browser: 'Chrome 140.0',
  os: null,
  device: 'mobile',
}

test('a customer is called by the name, the address or the id', () => {
  expect([customerName(customer), customerLine(customer)]).toEqual(['Asha Mwinyi', 'asha@barua.example'])
  expect([customerName({ ...customer, name: ' ' }), customerLine({ ...customer, name: ' ' })]).toEqual([
    'asha@barua.example',
    '42',
  ])
  expect(customerLine({ ...customer, name: null, email: null })).toBe('')
})

test('devices are said as far as they are known', () => {
  expect(deviceText(customer)).toBe('Chrome on Android, mobile')
  expect(deviceText({ ...customer, primary_browser: null, primary_os: null, primary_device_type: null })).toBe('')
})

test('a session says why it ended and how long it was', () => {
  expect([endText(session), lengthText(session)]).toEqual(['30 minutes without activity', '4 m 12 s'])
  expect([
    endText({ ...session, status: 'active', ended_reason: null }),
    lengthText({ ...session, duration_minutes: null }),
  ]).toEqual(['Active now', null])
  expect(endText({ ...session, ended_reason: 'power_cut' })).toBe('Power cut')
})

test('a page is told by its path', () => {
  expect([pathOf('https://shop.example/book?step=2'), pathOf('/book')]).toEqual(['/book', '/book'])
})

test('a column chosen again turns its order round', () => {
  const once = sortedBy({ search: 'asha', open: '42' }, 'orders')
  expect(once).toEqual({ search: 'asha', sort: 'orders' })
  const twice = sortedBy(once, 'orders')
  expect(twice).toEqual({ search: 'asha', sort: 'orders', order: 'asc' })
  expect(sortedBy(twice, 'orders')).toEqual(once)
  expect(sortedBy(twice, 'sessions')).toEqual({ search: 'asha' })
  expect(sortedBy({}, 'sessions')).toEqual({ order: 'asc' })
})

test('only what differs from the default is kept in the address', () => {
  expect(parseCustomersSearch({ active: 'all', sort: 'sessions', order: 'desc', search: '' })).toEqual({})
  expect(parseCustomersSearch({ active: 'weekly', sort: 'registered', order: 'asc', search: 7, open: '42' })).toEqual({
    active: 'weekly',
    sort: 'registered',
    order: 'asc',
    search: '7',
    open: '42',
  })
})

test('groups after the fifth are one, averaged by how many sessions have ended', () => {
  const group = (name: string | null, sessions: number, ended: number, minutes: number | null) => ({
    name,
    sessions,
    ended,
    average_duration_minutes: minutes,
  })
  const groups = [
    group('Chrome', 50, 40, 4.2),
    group('Safari', 20, 20, 2),
    group('Firefox', 10, 10, 1),
    group('Edge', 8, 8, 1),
    group(null, 5, 0, null),
    group('Opera', 3, 3, 2),
    group('Vivaldi', 1, 1, 10),
  ]
  expect(groupsShown(groups, 100)).toEqual([
    { key: 'Chrome', name: 'Chrome', sessions: 50, average: '4 m 12 s' },
    { key: 'Safari', name: 'Safari', sessions: 20, average: '2 m 00 s' },
    { key: 'Firefox', name: 'Firefox', sessions: 10, average: '1 m 00 s' },
    { key: 'Edge', name: 'Edge', sessions: 8, average: '1 m 00 s' },
    { key: '', name: 'Unknown', sessions: 5, average: null },
    // (3 × 2 + 1 × 10) ÷ 4; three more are beyond what the server lists.
    { key: 'other', name: 'Other', sessions: 7, average: '4 m 00 s' },
  ])
  expect(groupsShown([group('program', 2, 2, 0.5)], 2)).toEqual([
    { key: 'program', name: 'Programs', sessions: 2, average: '30 s' },
  ])
})
