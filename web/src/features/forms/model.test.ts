// What the figures of forms say, when they are too few to say it, and what the address opens.
import { expect, test } from 'vitest'
import {
  type FieldFigures,
  type FormFigures,
  findingOf,
  formSheet,
  isRemarkable,
  keyOf,
  secondsText,
  shareText,
  worstOf,
} from './figures'
import { openedOf, openFieldOf, parseFormsSearch } from './model'

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

test('a share stands out above a third, of enough', () => {
  expect([isRemarkable(8, 20), isRemarkable(20, 60), isRemarkable(3, 3), isRemarkable(0, 0)]).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('times that nobody needed are none', () => {
  expect([secondsText(null), secondsText(undefined), secondsText(0.24), secondsText(38.4)]).toEqual([
    '–',
    '–',
    '240 ms',
    '38 s',
  ])
})

test('a file has a row for each field, and nothing where there is no median', () => {
  const { header, rows } = formSheet(form(20, [{ ...field('=cmd', 20, 4, 2), median_seconds: null }]))
  expect(Object.fromEntries(header.map((name, index) => [name, rows[0]?.[index]]))).toEqual({
    path: '/a',
    form: 'booking',
    field: '=cmd',
    kind: 'text',
    reached: 20,
    abandoned: 4,
    median_seconds: null,
    corrected: 0,
    refused: 2,
    left_empty: 0,
  })
})

test('forms of like names on like pages are kept apart', () => {
  expect(keyOf({ path: '/a b', form: 'c' })).not.toBe(keyOf({ path: '/a', form: 'b c' }))
})

test('the address keeps names to the letter, and only what can be a name', () => {
  expect(parseFormsSearch({ on: '/a', form: ' 7 ', open: 12, period: '30d' })).toEqual({
    on: '/a',
    form: ' 7 ',
    open: '12',
    period: '30d',
  })
  expect(parseFormsSearch({ on: '', form: { a: 1 }, open: null })).toEqual({})
})

test('a field is open where the opened form has it', () => {
  const opened = form(2, [field('name', 2, 1)])
  expect(openFieldOf(opened, { open: 'name' })).toBe(opened.fields[0])
  expect(openFieldOf(opened, { open: 'phone' })).toBeUndefined()
  expect(openFieldOf(opened, {})).toBeUndefined()
})

test('the opened form is the one the URL names, else the first', () => {
  const [a, b] = [form(2, []), form(1, [], '/b')]
  expect(openedOf([a, b], parseFormsSearch({ on: '/b', form: 'booking' }))).toBe(b)
  expect(openedOf([a, b], parseFormsSearch({ on: '/b', form: 'gone' }))).toBe(a)
  expect(openedOf([], {})).toBeUndefined()
})
