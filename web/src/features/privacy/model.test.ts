// Exports and erasures in words.
import { expect, test } from 'vitest'
import { type Erasure, exportFileName, isKnown, isUnderWay, readSubject, removedParts, stepsOf } from './model'

const erasure: Erasure = {
  id: 'era_1',
  state: 'unreadable',
  requested_at: '2026-11-21T09:00:00Z',
  requested_by: { kind: 'member', id: 'm1' },
  refused_identifiers: 3,
  removed: { journal_records: 0, catalog_rows: 12, failed_events: 0, lake_events: 54 },
  unreadable_at: '2026-11-21T09:00:02Z',
  gone_at: null,
}

test('an export is counted by table, the largest first, and empty ones are left out', () => {
  const text = JSON.stringify({
    made_at: '2026-11-21T09:00:00Z',
    identifiers: { emails: ['a@x.example'], user_ids: [] },
    tables: { users: [{}], crm_tasks: [{}, {}], new_table: [] },
    events: [{}, {}, {}],
  })
  const subject = readSubject('a@x.example', text)
  expect(subject.identifiers).toEqual([{ name: 'E-mail addresses', values: ['a@x.example'] }])
  expect(subject.tables).toEqual([
    { name: 'Tasks', rows: 2 },
    { name: 'Customers', rows: 1 },
  ])
  expect(subject.events).toBe(3)
  expect(subject.text).toBe(text)
  expect(isKnown(subject)).toBe(true)
})

test('somebody is unknown when only the name that was asked for comes back', () => {
  expect(isKnown(readSubject('x', '{"identifiers":{"user_ids":["x"]},"tables":{},"events":[]}'))).toBe(false)
})

test('a document that was cut short is no export', () => {
  expect(() => readSubject('x', '{"identifiers":{},"events":[{"id"')).toThrow()
})

test('an erasure goes step by step', () => {
  expect(stepsOf(erasure).map(({ key, isDone }) => [key, isDone])).toEqual([
    ['requested', true],
    ['unreadable', true],
    ['gone', false],
  ])
  expect(isUnderWay(erasure)).toBe(true)
  expect(isUnderWay({ ...erasure, state: 'gone' })).toBe(false)
  expect(removedParts(erasure)).toEqual([
    { count: 54, what: 'events' },
    { count: 12, what: 'table rows' },
  ])
})

test('the file does not name the person', () => {
  expect(exportFileName('2026-11-21T09:00:00Z')).toBe('footfall-person-2026-11-21T090000.json')
})
