// When a task can be put off to.
import { expect, test } from 'vitest'
import { dueOf, snoozeChoices } from './snooze'

const at = (text: string) => Date.parse(text)

test('a task is put off by the project’s clock', () => {
  // A Tuesday evening in Dar es Salaam, which is the afternoon in UTC.
  const choices = snoozeChoices(at('2026-11-24T15:30:00Z'), 'Africa/Dar_es_Salaam')
  expect(choices.map(({ key, until }) => [key, new Date(until).toISOString()])).toEqual([
    ['hour', '2026-11-24T16:30:00.000Z'],
    ['tomorrow', '2026-11-25T06:00:00.000Z'],
    ['monday', '2026-11-30T06:00:00.000Z'],
    ['week', '2026-12-01T06:00:00.000Z'],
  ])
})

test('no instant is offered twice: on Sundays tomorrow is Monday, on Mondays the next is in a week', () => {
  const keys = (text: string) => snoozeChoices(at(text), 'UTC').map(({ key }) => key)
  expect(keys('2026-11-29T12:00:00Z')).toEqual(['hour', 'tomorrow', 'week'])
  expect(keys('2026-11-30T12:00:00Z')).toEqual(['hour', 'tomorrow', 'monday'])
})

test('a due day without a time is in the morning, and none that has passed', () => {
  const now = at('2026-11-24T15:30:00Z')
  expect(dueOf('2026-11-25', '', now, 'UTC')).toBe(at('2026-11-25T09:00:00Z'))
  expect(dueOf('2026-11-24', '16:00', now, 'UTC')).toBe(at('2026-11-24T16:00:00Z'))
  for (const [day, time] of [
    ['2026-11-24', '09:00'],
    ['', '09:00'],
    ['soon', ''],
  ] as const)
    expect(dueOf(day, time, now, 'UTC')).toBeNull()
})
