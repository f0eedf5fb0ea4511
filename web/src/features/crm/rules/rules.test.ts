// Rules as they are read, written, ordered and described in words.
import { expect, test } from 'vitest'
import { isSameJson } from '../../../ui/form/versionedDraft'
import {
  emptyRule,
  isPattern,
  kindFor,
  movedPattern,
  patternBeside,
  readRules,
  refusedField,
  statusesIn,
  taskKinds,
  writeRules,
} from './rules'
import { dueAfter, effectsOf, eventText, refusedLabel } from './words'

const SENT = {
  abandon_after_minutes: 30,
  rules: [
    { event: 'customer.login', activity: true, counts: ['website_visits'] },
    { event: '*.viewed', activity: true, remembers: { last_vehicle_viewed: ['item_name'] } },
    { event: 'page.viewed', activity: false },
    {
      event: 'booking.abandoned',
      activity: true,
      status: { to: 'Abandoned', unless: ['Customer'] },
      task: { kind: 'abandoned_booking', title: 'Follow up', priority: 'urgent', due_in_minutes: 60 },
    },
    {
      event: 'booking.completed',
      activity: true,
      status: { to: 'Customer' },
      counts: ['total_bookings', 'total_revenue'],
      deal_value: 'clear',
      booking: 'ended',
      closes: ['abandoned_booking'],
    },
    { event: 'booking.*', activity: true, booking: 'continued' },
  ],
}

const set = readRules(SENT)
const ruleOf = (event: string) => set.rules.find((rule) => rule.event === event) ?? emptyRule()

test('what is read and written again is the same set', () => {
  const written = writeRules(set)
  expect(isSameJson(readRules(written), set)).toBe(true)
  expect(written).toMatchObject({ abandon_after_minutes: 30, rules: SENT.rules })
})

test('fields that nothing sets are not written: the server refuses empty lists', () => {
  expect(writeRules({ abandon_after_minutes: 1, rules: [emptyRule('a')] })).toMatchObject({
    rules: [{ event: 'a', remembers: {} }],
  })
})

test('effects are described one by one', () => {
  expect(effectsOf(ruleOf('customer.login'), set)).toEqual(['Counts one more visit'])
  expect(effectsOf(ruleOf('*.viewed'), set)).toEqual(['Remembers the last item viewed'])
  expect(effectsOf(ruleOf('page.viewed'), set)).toEqual(['Is hidden from the timeline'])
  expect(effectsOf(ruleOf('booking.abandoned'), set)).toEqual([
    'Sets the status to Abandoned, unless it is Customer',
    'Opens the task “Follow up” (urgent, due after 1 h)',
  ])
  expect(effectsOf(ruleOf('booking.completed'), set)).toEqual([
    'Sets the status to Customer',
    'Counts one more booking and its amount as revenue',
    'Clears the deal value',
    'Ends a booking',
    'Closes the task “Follow up”',
  ])
  expect(effectsOf(emptyRule('form.submitted'), set)).toEqual(['Appears in the timeline only'])
})

test('patterns are described by what they cover', () => {
  expect([
    eventText(ruleOf('*.viewed')),
    eventText(ruleOf('booking.*')),
    eventText(ruleOf('page.viewed')),
    eventText(emptyRule()),
  ]).toEqual(['Events ending in .viewed', 'Events starting with booking.', 'page.viewed', 'New rule'])
})

test('only the order of patterns means anything, so they change places with each other', () => {
  const events = (rules: typeof set.rules) => rules.filter(isPattern).map(({ event }) => event)
  expect(events(set.rules)).toEqual(['*.viewed', 'booking.*'])
  expect(events(movedPattern(set.rules, 5, -1))).toEqual(['booking.*', '*.viewed'])
  expect(movedPattern(set.rules, 5, -1)).toHaveLength(set.rules.length)
  expect(movedPattern(set.rules, 5, 1)).toBe(set.rules)
  expect([patternBeside(set.rules, 5, -1), patternBeside(set.rules, 1, 1), patternBeside(set.rules, 1, -1)]).toEqual([
    1,
    5,
    undefined,
  ])
})

test('statuses and kinds of tasks are gathered from the rules', () => {
  expect(statusesIn(set, ['New Lead', 'Customer'])).toEqual(['New Lead', 'Customer', 'Abandoned'])
  expect(taskKinds(set)).toEqual([{ value: 'abandoned_booking', label: 'Follow up' }])
  expect([kindFor('call.missed'), kindFor('*.viewed'), kindFor(''), kindFor('x'.repeat(60)).length]).toEqual([
    'call_missed',
    'viewed',
    'task',
    40,
  ])
})

test('a refused field names its rule', () => {
  expect(refusedField('rules[3].task.title')).toEqual({ index: 3, name: 'task.title' })
  expect([refusedField('abandon_after_minutes'), refusedField(undefined)]).toEqual([null, null])
})

test('a refusal far from its field names the rule and the label', () => {
  expect(
    ['rules[3].task.title', 'rules[1].event', 'abandon_after_minutes', 'rules[9].event', 'other'].map((field) =>
      refusedLabel(field, set),
    ),
  ).toEqual([
    'booking.abandoned, task',
    'Events ending in .viewed, event',
    'A booking is abandoned after',
    undefined,
    undefined,
  ])
})

test('a due time is written in its largest units', () => {
  expect([0, 15, 60, 150, 1_440, 4_320].map(dueAfter)).toEqual([
    'at once',
    'after 15 min',
    'after 1 h',
    'after 2 h 30 min',
    'after 1 day',
    'after 3 days',
  ])
})
