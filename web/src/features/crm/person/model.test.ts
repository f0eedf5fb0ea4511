// A person: their name, the lines of their time line, and the address of the page.
import { expect, test } from 'vitest'
import type { Person, PersonMoment } from './api'
import {
  deviceName,
  frictionMet,
  lineOf,
  mainUserId,
  parsePersonSearch,
  personName,
  placeName,
  subjectOf,
} from './model'

const moment = (kind: string, part: Partial<Omit<PersonMoment, 'details'>> & { details?: object } = {}) =>
  ({
    id: '1',
    kind,
    at: '2026-11-24T09:00:00Z',
    name: kind,
    amount: null,
    session_id: null,
    recording_id: null,
    member_id: null,
    path: null,
    seconds: null,
    ...part,
    details: part.details ?? {},
  }) as unknown as PersonMoment

const person = (part: object) =>
  ({ id: 'u1', contact: null, customers: [], user_ids: [], emails: [], ...part }) as unknown as Person

test('the page’s state is read from the address, and nothing else is', () => {
  expect(parsePersonSearch({ tab: 'sessions', kinds: 'note,party,call' })).toEqual({
    tab: 'sessions',
    kinds: ['call', 'note'],
  })
  expect(parsePersonSearch({ kinds: ['friction'] })).toEqual({ kinds: ['friction'] })
  expect(parsePersonSearch({ tab: 'timeline', kinds: 7 })).toEqual({})
})

test('a person is called by the best name there is', () => {
  const contact = { id: 'contact_1', user_id: 'u1', email: null, first_name: null, last_name: null }
  expect(personName(person({ contact: { ...contact, first_name: 'Asha' } }))).toBe('Asha')
  expect(personName(person({ contact, customers: [{ id: 'u1', name: 'Asha M.' }] }))).toBe('Asha M.')
  expect(personName(person({ contact: { ...contact, email: 'a@b.test' } }))).toBe('a@b.test')
  expect(personName(person({ contact }))).toBe('u1')
  expect(personName(person({ customers: [{ id: 'u1', name: ' ', email: null }] }))).toBe('u1')
})

test('sessions are looked up by the contact’s user id, or by the one active last', () => {
  const customers = [{ id: 'new' }, { id: 'old' }]
  expect(mainUserId(person({ contact: { user_id: 'old' }, customers }))).toBe('old')
  expect(mainUserId(person({ contact: { user_id: 'gone' }, customers }))).toBe('new')
  expect(mainUserId(person({ contact: { user_id: 'only' } }))).toBe('only')
  expect(mainUserId(person({ contact: { user_id: null } }))).toBeNull()
  expect(subjectOf(person({ contact: { user_id: null, email: 'a@b.test' } }))).toBe('a@b.test')
})

test('each kind of moment is a line that says what a reader wants to know', () => {
  const line = (of: PersonMoment) => {
    const { title, detail, kind } = lineOf(of, () => 'Juma')
    return [kind, title, detail]
  }
  const device = { device: 'mobile', browser: 'Chrome', os: 'Android', city: 'Arusha', country: 'TZ' }
  expect(line(moment('session', { seconds: 252, path: 'https://shop.test/cars?x=1', details: device }))).toEqual([
    'session',
    'Session',
    '4 m 12 s · from /cars · Chrome on Android, mobile · Arusha, Tanzania',
  ])
  expect(line(moment('session', { details: {} }))).toEqual(['session', 'Session', 'Active now'])
  expect(line(moment('recording', { seconds: 60, path: '/cars' }))).toEqual([
    'recording',
    'Recording',
    '1 m 00 s · /cars',
  ])
  expect(line(moment('call', { seconds: 61, details: { ended_by: 'call_error' } }))).toEqual([
    'call',
    'Call',
    '1 m 01 s · ended with an error',
  ])
  expect(line(moment('note', { details: { text: 'Prefers mornings' } }))).toEqual(['note', 'Note', 'Prefers mornings'])
  expect(
    line(
      moment('friction', {
        name: 'rage_click',
        path: '/pay',
        details: { element_text: 'Pay now', element_selector: '#pay' },
      }),
    ),
  ).toEqual(['friction', 'Rage click', 'Pay now · on /pay'])
  expect(line(moment('behavior', { name: 'search', path: '/cars', details: { search_query: 'prado' } }))).toEqual([
    'search',
    'Search',
    'prado · /cars',
  ])
  expect(line(moment('activity', { name: 'vehicle.viewed', details: { vehicle_name: 'Prado' } }))).toEqual([
    'view',
    'Viewed Prado',
    '',
  ])
})

test('friction is gathered by kind, element and page', () => {
  const click = (id: string, at: string, path = '/pay') =>
    moment('friction', {
      id,
      at,
      name: 'rage_click',
      path,
      details: { element_selector: '#pay', element_text: 'Pay now' },
    })
  const met = frictionMet([
    click('1', '2026-11-24T09:00:00Z'),
    click('2', '2026-11-24T08:00:00Z'),
    click('3', '2026-11-23T08:00:00Z', '/cart'),
    moment('friction', { name: 'javascript_error', details: { error_message: 'TypeError' } }),
    moment('session'),
  ])
  expect(met.map(({ kind, what, path, count, lastAt }) => [kind, what, path, count, lastAt.slice(0, 13)])).toEqual([
    ['rage_click', 'Pay now', '/pay', 2, '2026-11-24T09'],
    ['javascript_error', 'TypeError', null, 1, '2026-11-24T09'],
    ['rage_click', 'Pay now', '/cart', 1, '2026-11-23T08'],
  ])
})

test('devices and places are named by what is known of them', () => {
  expect(deviceName({ device: 'mobile', browser: null, os: 'iOS' })).toBe('iOS, mobile')
  expect(deviceName({})).toBe('')
  expect(placeName({ city: null, country: 'KE' })).toBe('Kenya')
})
