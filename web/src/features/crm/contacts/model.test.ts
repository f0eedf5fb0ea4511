// Contacts: their names, the pipeline, what a form changes and how to take it back, and the address.
import { expect, test } from 'vitest'
import type { Activity, Amount, Contact } from '../../../api/types'
import {
  changeOf,
  contactLine,
  contactName,
  draftOf,
  inverseOf,
  mergedIds,
  parseContactsSearch,
  pipelineTotal,
  revenueOf,
  shortStatus,
  statusesOf,
  statusTone,
} from './model'

const amount = (value: number, currency = 'TZS'): Amount => ({
  amount: value.toFixed(2),
  minor: value * 100,
  currency,
  text: `${currency} ${value}`,
})
const contact: Contact = {
  id: 'contact_1',
  user_id: '42',
  email: 'asha@barua.example',
  first_name: 'Asha',
  last_name: 'Mwinyi',
  phone: '+255 700 000 001',
  lead_source: 'Website',
  lead_status: 'Hot Lead - Abandoned Booking',
  total_bookings: 0,
  total_revenue: [],
  website_visits: 2,
  created_at: '2026-11-01T00:00:00Z',
  estimated_deal_value: amount(640_000),
}

test('a contact is called by the name, the address or the id', () => {
  expect(contactName(contact)).toBe('Asha Mwinyi')
  const { first_name: _first, last_name: _last, ...nameless } = contact
  expect(contactName(nameless)).toBe('asha@barua.example')
  expect(contactName({ id: 'contact_1', email: '' })).toBe('contact_1')
})

test('the second line never repeats the name', () => {
  expect(contactLine(contact)).toBe('asha@barua.example')
  expect(contactLine({ ...contact, first_name: '', last_name: '' })).toBe('+255 700 000 001')
  expect(contactLine({ ...contact, first_name: '', last_name: '', phone: null })).toBe('')
})

test('statuses of a project’s own stand after the contract’s and have no tone', () => {
  const statuses = statusesOf([
    { lead_status: 'Waiting list', contacts: 1, deal_value: [] },
    { lead_status: 'New Lead', contacts: 1, deal_value: [] },
  ])
  expect(statuses).toEqual([
    'New Lead',
    'Hot Lead - Booking In Progress',
    'Hot Lead - Abandoned Booking',
    'Customer - Active',
    'Waiting list',
  ])
  expect(statuses.map(statusTone)).toEqual(['plain', 'warn', 'bad', 'good', 'plain'])
  expect(statuses.map(shortStatus)[2]).toBe('Abandoned Booking')
})

test('deals are summed by currency, never across', () => {
  const stages = [
    { lead_status: 'a', contacts: 3, deal_value: [amount(100), amount(5, 'USD')] },
    { lead_status: 'b', contacts: 2, deal_value: [amount(50)] },
  ]
  expect(pipelineTotal(stages)).toEqual({
    contacts: 5,
    deals: [
      { currency: 'TZS', amount: '150' },
      { currency: 'USD', amount: '5' },
    ],
  })
})

test('revenue is of the currency of most bookings, with a number for every day', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const days = [
    { day: '2026-11-20', bookings: 2, revenue: amount(100) },
    { day: '2026-11-21', bookings: 1, revenue: amount(50) },
    { day: '2026-11-21', bookings: 1, revenue: amount(9, 'USD') },
  ]
  const revenue = revenueOf(days, now)
  expect(revenue).toMatchObject({ amount: 150, currency: 'TZS', bookings: 3 })
  expect(revenue?.days).toHaveLength(30)
  expect(revenue?.days.slice(-3)).toEqual([0, 100, 50])
  expect(revenueOf([], now)).toBeNull()
})

test('a form sends only what differs', () => {
  const draft = draftOf(contact, 'KES')
  expect(changeOf(contact, draft)).toEqual({})
  expect(changeOf(contact, { ...draft, phone: ' +255 700 000 002 ', last_name: '' })).toEqual({
    phone: '+255 700 000 002',
    last_name: '',
  })
})

test('a deal is changed with its currency, and cleared by nothing', () => {
  const draft = draftOf(contact, 'KES')
  expect(draft).toMatchObject({ amount: 640_000, currency: 'TZS' })
  expect(changeOf(contact, { ...draft, currency: 'usd' })).toEqual({
    estimated_deal_value: { amount: 640_000, currency: 'USD' },
  })
  expect(changeOf(contact, { ...draft, amount: '' })).toEqual({ estimated_deal_value: null })
  const none = { ...contact, estimated_deal_value: null }
  expect(draftOf(none, 'KES')).toMatchObject({ amount: '', currency: 'KES' })
  // A currency without an amount is ignored.
  expect(changeOf(none, { ...draftOf(none, 'KES'), currency: 'USD' })).toEqual({})
})

test('a change is taken back to what was there', () => {
  const change = { first_name: 'Aisha', estimated_deal_value: null }
  expect(inverseOf(contact, change)).toEqual({
    first_name: 'Asha',
    estimated_deal_value: { amount: 640_000, currency: 'TZS' },
  })
  expect(
    inverseOf(
      { ...contact, phone: null, estimated_deal_value: null },
      { phone: '1', estimated_deal_value: { amount: 1, currency: 'TZS' } },
    ),
  ).toEqual({ phone: '', estimated_deal_value: null })
})

test('merged contacts are named once each', () => {
  const merge = (id: string) =>
    ({
      id: `activity_${id}`,
      name: 'contact.merged',
      occurred_at: '2026-11-01T00:00:00Z',
      details: { contact_id: id },
    }) as unknown as Activity
  expect(mergedIds([merge('contact_2'), merge('contact_3'), merge('contact_2')])).toEqual(['contact_2', 'contact_3'])
})

test('only what differs from the default is kept in the address', () => {
  expect(parseContactsSearch({ sort: 'last_activity', status: '', search: ' ' })).toEqual({})
  expect(parseContactsSearch({ sort: 'total_revenue', status: 'New Lead', search: 255, open: 'contact_1' })).toEqual({
    sort: 'total_revenue',
    status: 'New Lead',
    search: '255',
    open: 'contact_1',
  })
})
