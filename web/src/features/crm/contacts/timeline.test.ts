// The timeline in sentences: the words of each entry, repetitions, and days.
import { expect, test } from 'vitest'
import type { Activity } from '../../../api/types'
import { byDay, momentOf, type TimelineItem } from './timeline'

const names: Record<string, string> = { m1: 'Asha Mwinyi' }
const moment = (name: string, details: object = {}, more: Partial<Activity> = {}): TimelineItem =>
  momentOf(
    {
      id: `activity_${name}`,
      name,
      occurred_at: '2026-11-21T10:00:00Z',
      details: details as Activity['details'],
      ...more,
    },
    (id) => names[id] ?? 'somebody',
  )

test('an event is named with its subject', () => {
  expect(moment('vehicle.viewed', { vehicle_id: 'x-5', vehicle_name: 'Nissan Patrol' })).toMatchObject({
    title: 'Viewed Nissan Patrol',
    detail: '',
    kind: 'view',
  })
  expect(moment('boat.viewed')).toMatchObject({ title: 'Boat viewed', kind: 'view' })
  expect(moment('booking.started', { vehicle_name: 'Toyota Noah', pickup_location: 'Arusha', days: 4 })).toMatchObject({
    title: 'Booking started',
    detail: 'Toyota Noah · Arusha',
    tone: 'plain',
  })
  expect(moment('booking.abandoned')).toMatchObject({ tone: 'bad', kind: 'booking' })
  expect(moment('customer.login')).toMatchObject({ title: 'Signed in', kind: 'visit' })
  expect(moment('something.new')).toMatchObject({ title: 'something.new', kind: 'other' })
})

test('edits name their fields and what was removed', () => {
  const details = { lead_status: 'Customer - Active', phone: '', deal_value: { set: { minor: 100, currency: 'TZS' } } }
  expect(moment('contact.edited', details, { member_id: 'm1' })).toMatchObject({
    title: 'Contact edited',
    detail: 'Status: Customer - Active · Phone removed · Deal value',
    memberId: 'm1',
    kind: 'edit',
  })
  expect(moment('contact.edited', { deal_value: 'clear' }).detail).toBe('Deal value removed')
})

test('what was done with a task names the task and the member', () => {
  expect(moment('task.completed', { title: 'Call back' })).toMatchObject({
    title: 'Task completed',
    detail: 'Call back',
    kind: 'task',
  })
  expect(moment('task.assigned', { title: 'Call back', assigned_to: 'm1' }).title).toBe('Task assigned to Asha Mwinyi')
  expect(moment('task.assigned', { title: 'Call back', assigned_to: null }).title).toBe('Task assigned to no one')
})

test('repetitions of a day are one line, but never two amounts', () => {
  const at = (hour: number, moment: TimelineItem): TimelineItem => ({ ...moment, at: `2026-11-21T${hour}:00:00Z` })
  const view = moment('vehicle.viewed', { vehicle_name: 'Nissan Patrol' })
  const paid = moment(
    'payment.successful',
    {},
    { amount: { amount: '1.00', minor: 100, currency: 'TZS', text: 'TZS 1' } },
  )
  const days = byDay([at(22, view), at(21, view), at(20, view), at(12, paid), at(11, paid), at(10, view)], {
    zone: 'Africa/Dar_es_Salaam',
  })
  expect(days.map(({ day }) => day)).toEqual(['2026-11-22', '2026-11-21'])
  expect(days.map(({ moments }) => moments.map(({ count, at: when }) => [count, when.slice(11, 13)]))).toEqual([
    [[2, '22']],
    [
      [1, '20'],
      [1, '12'],
      [1, '11'],
      [1, '10'],
    ],
  ])
})
