// What the figures of forms say, and when they are too few to say it.
import { expect, test } from 'vitest'
import { type FieldFigures, type FormFigures, findingOf, openedOf, parseFormsSearch, shareText, worstOf } from './model'

const field = (name: string, reached: number, abandoned: number, refused = 0): FieldFigures => ({
  field: name,
  kind: 'text',
  reached,
  abandoned,
  median_seconds: 1,
  corrected: 0,
  refused,
  left_empty: 0,
})

const form = (starts: number, fields: FieldFigures[], path = '/a'): FormFigures => ({
  path,
  form: 'booking',
  starts,
  submissions: 0,
  previous_starts: 0,
  previous_submissions: 0,
  median_seconds: null,
  fields,
})

test('the finding names the field where most give up, and how many had it refused', () => {
  const fields = [field('name', 100, 10), field('phone', 90, 30, 45), field('notes', 60, 30)]
  expect(findingOf(form(100, fields))).toEqual({ field: 'phone', abandoned: '33.3%', refused: '50.0%' })
  expect(findingOf(form(100, [field('name', 100, 10, 20)]))).toEqual({
    field: 'name',
    abandoned: '10.0%',
    refused: null,
  })
})

test('few starts, or nobody who gave up, find nothing', () => {
  expect(findingOf(form(19, [field('name', 19, 19)]))).toBeNull()
  expect(findingOf(form(500, [field('name', 19, 19)]))).toBeNull()
  expect(findingOf(form(500, [field('name', 500, 0)]))).toBeNull()
  expect(worstOf(form(5, []))).toBeUndefined()
})

test('a share of nobody is none', () => {
  expect(shareText(0, 0)).toBe('–')
  expect(shareText(1, 3)).toBe('33.3%')
})

test('the opened form is the one the URL names, else the first', () => {
  const [a, b] = [form(2, []), form(1, [], '/b')]
  expect(openedOf([a, b], parseFormsSearch({ on: '/b', form: 'booking' }))).toBe(b)
  expect(openedOf([a, b], parseFormsSearch({ on: '/b', form: 'gone' }))).toBe(a)
  expect(openedOf([], {})).toBeUndefined()
})
