// Whether a question was edited, and who may save it.
import { expect, test } from 'vitest'
import type { SavedQuestion } from './model'
import { fieldsOf } from './parameters'
import { hasChanged, mayChange, questionOf, savedChart } from './question'

const SAVED: SavedQuestion = {
  id: 'q1',
  name: 'Orders',
  description: '',
  visibility: 'project',
  author: { id: 'm1', name: 'Asha' },
  version: 1,
  created_at: '2026-11-21T12:00:00Z',
  updated_at: '2026-11-21T12:00:00Z',
  statement: 'SELECT $least',
  parameters: [{ name: 'least', type: 'number', default: 3 }],
  chart: { shape: 'bar', x: 'day', y: ['orders'], series: null },
}

const edited = (statement: string, typed = {}, chart = SAVED.chart) => ({
  statement,
  fields: fieldsOf(statement, SAVED.parameters, typed),
  chart: chart ?? undefined,
})

test('a question is edited when its statement, values or chart differ', () => {
  expect(hasChanged(SAVED, edited('SELECT $least'))).toBe(false)
  expect(hasChanged(SAVED, edited('SELECT  $least'))).toBe(true)
  expect(hasChanged(SAVED, edited('SELECT $least', { least: 'number:4' }))).toBe(true)
  expect(hasChanged(SAVED, edited('SELECT $least', { least: 'text:3' }))).toBe(true)
  expect(hasChanged(SAVED, edited('SELECT $least', {}, null))).toBe(true)
  expect(hasChanged(undefined, edited(' '))).toBe(false)
  expect(hasChanged(undefined, edited('SELECT 1'))).toBe(true)
})

test('an author changes their own question, an admin what is shared', () => {
  expect(mayChange(SAVED, 'm1', 'analyst')).toBe(true)
  expect(mayChange(SAVED, 'm2', 'analyst')).toBe(false)
  expect(mayChange(SAVED, 'm2', 'admin')).toBe(true)
  expect(mayChange({ ...SAVED, visibility: 'own' }, 'm2', 'owner')).toBe(false)
})

test('a chart is saved when its columns are chosen', () => {
  expect(savedChart({ shape: 'line' })).toBeUndefined()
  expect(savedChart({ shape: 'line', x: 'a', y: [] })).toBeUndefined()
  expect(savedChart({ shape: 'line', x: 'a', y: ['b'], series: undefined })).toEqual({
    shape: 'line',
    x: 'a',
    y: ['b'],
  })
})

test('a question is sent whole, and without what the server adds to it', () => {
  expect(
    questionOf({ ...SAVED, schedule: { every: 'hour' }, next_run_at: '2026-11-21T13:00:00Z', last_run: null }),
  ).toEqual({
    name: 'Orders',
    description: '',
    visibility: 'project',
    statement: 'SELECT $least',
    parameters: [{ name: 'least', type: 'number', default: 3 }],
    chart: { shape: 'bar', x: 'day', y: ['orders'], series: null },
    schedule: { every: 'hour' },
  })
  expect(questionOf({ ...SAVED, chart: null })).toMatchObject({ chart: null, schedule: null })
})
