// Tasks: when they are due in words, in which order they are best done, and the address.
import { expect, test } from 'vitest'
import type { Task } from '../../../api/types'
import { dueText, inOrder, isAssigned, isOverdue, parseTasksSearch, priorityTone, taskTitle } from './model'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const in_ = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString()
const task = (id: string, dueInMinutes: number | null, more: Partial<Task> = {}): Task => ({
  id,
  contact_id: 'contact_1',
  contact: { id: 'contact_1' },
  kind: 'abandoned_booking',
  title: 'Follow up',
  priority: 'normal',
  status: 'open',
  created_at: in_(-600),
  comments: 0,
  due_at: dueInMinutes === null ? null : in_(dueInMinutes),
  ...more,
})

test('due times are said in words', () => {
  const words = [45, 3 * 60, 26 * 60, 5 * 24 * 60, -12, -3 * 60, -26 * 60, 0.5, -0.5].map((minutes) =>
    dueText(in_(minutes), NOW),
  )
  expect(words).toEqual([
    'in 45 min',
    'in 3 h',
    'in 1 day',
    'in 5 days',
    '12 min overdue',
    '3 h overdue',
    '1 day overdue',
    'in 1 min',
    'due now',
  ])
  expect(dueText('2027-01-05T09:00:00Z', NOW, { locale: 'en-GB', zone: 'UTC' })).toBe('5 Jan 2027')
})

test('only open tasks are overdue', () => {
  expect(isOverdue(task('a', -1), NOW)).toBe(true)
  expect(isOverdue(task('a', -1, { status: 'done' }), NOW)).toBe(false)
  expect(isOverdue(task('a', 1), NOW)).toBe(false)
  expect(isOverdue(task('a', null), NOW)).toBe(false)
})

test('what can still be on time comes first, then the latest overdue', () => {
  const tasks = [
    task('old', -9_000),
    task('recent', -30),
    task('none', null),
    task('urgent', null, { priority: 'urgent' }),
    task('next week', 9_000),
    task('later', 600),
    task('soon', 20),
  ]
  expect(inOrder(tasks, NOW).map(({ id }) => id)).toEqual([
    'soon',
    'later',
    'recent',
    'old',
    'next week',
    'urgent',
    'none',
  ])
})

test('of two without a due time the newer comes first', () => {
  const tasks = [task('older', null), task('newer', null, { created_at: in_(-5) })]
  expect(inOrder(tasks, NOW).map(({ id }) => id)).toEqual(['newer', 'older'])
})

test('a title does not repeat its priority', () => {
  expect(taskTitle('URGENT: Follow up - Abandoned Booking')).toBe('Follow up - Abandoned Booking')
  expect(['urgent', 'high', 'normal', 'other'].map(priorityTone)).toEqual(['bad', 'warn', 'plain', 'plain'])
})

test('tasks are filtered by whom they are assigned to', () => {
  const mine = task('a', 1, { assigned_to: 'm1' })
  const free = task('b', 1, { assigned_to: null })
  expect(
    [undefined, 'me', 'nobody', 'm1', 'm2'].map((assigned) =>
      [mine, free]
        .filter((one) => isAssigned(one, assigned, 'm1'))
        .map(({ id }) => id)
        .join(''),
    ),
  ).toEqual(['ab', 'a', 'b', 'a', ''])
})

test('only known views are kept in the address', () => {
  expect(parseTasksSearch({ tab: 'open', priority: 'extreme', assigned: '' })).toEqual({})
  expect(parseTasksSearch({ tab: 'done', priority: 'high', assigned: 'me', open: 'contact_1' })).toEqual({
    tab: 'done',
    priority: 'high',
    assigned: 'me',
    open: 'contact_1',
  })
})
