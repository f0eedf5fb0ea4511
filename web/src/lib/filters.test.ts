// Filters as text, and how they read.
import { expect, test } from 'vitest'
import {
  DIMENSIONS,
  type Filter,
  filterOf,
  filterWords,
  isSame,
  knownValues,
  parseFilters,
  valueLabel,
  writeFilters,
} from './filters'

const words = (text: string) =>
  parseFilters(text).map((filter) => Object.values(filterWords(filter)).filter(Boolean).join(' '))

test('a text names dimension, operator and values', () => {
  const text = String.raw`browser!=Chrome,Mobile Safari;path~a\,b\;c\\d=e;referrer=,t.co;session=rage_click,booked`
  const filters: Filter[] = [
    { dimension: 'browser', operator: 'is_not', values: ['Chrome', 'Mobile Safari'] },
    { dimension: 'path', operator: 'contains', values: [String.raw`a,b;c\d=e`] },
    { dimension: 'referrer', operator: 'is', values: ['', 't.co'] },
    { dimension: 'session', operator: 'is', values: ['rage_click', 'booked'] },
  ]
  expect(parseFilters(text)).toEqual(filters)
  expect(writeFilters(filters)).toBe(text)
})

test('any value comes back from the text it is written as', () => {
  const pieces = ['a', ',', ';', '\\', '=', '!~', ' ', 'ü', '日', "'; DROP TABLE", '\n']
  let seed = 7
  const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
  for (let round = 0; round < 500; round += 1) {
    const values = Array.from({ length: 1 + next(4) }, () =>
      Array.from({ length: 1 + next(5) }, () => pieces[next(pieces.length)]).join(''),
    )
    const filter = filterOf('city', 'is', values)
    expect(filter && parseFilters(writeFilters([filter, filter]))).toEqual([filter, filter])
  }
})

test('what is no filter is left out', () => {
  expect(parseFilters('')).toEqual([])
  expect(parseFilters('colour=red;browser;path=;session=cried;channel~pai;friction_kind!=sneeze;=;;city!~')).toEqual([])
  expect(parseFilters('session=cried,booked')).toEqual([{ dimension: 'session', operator: 'is', values: ['booked'] }])
  expect(filterOf('path', 'is', [])).toBeUndefined()
  expect(filterOf('path', 'is', ['/a', '/a', ''])?.values).toEqual(['/a'])
  expect(filterOf('path', 'is', ['x'.repeat(3_000)])).toBeUndefined()
  expect(
    filterOf(
      'city',
      'is',
      Array.from({ length: 200 }, (_, n) => `${n}`),
    )?.values,
  ).toHaveLength(100)
  expect(parseFilters(Array.from({ length: 30 }, () => 'path=/').join(';'))).toHaveLength(20)
})

test('a filter reads as a sentence', () => {
  expect(words('browser!=Chrome')).toEqual(['Browser is not Chrome'])
  expect(words('path~checkout,pay;city!~dar')).toEqual(['Page contains checkout or pay', 'City does not contain dar'])
  expect(words('utm_source=;channel=search;viewport=1440+')).toEqual([
    'UTM source is None',
    'Channel is Search',
    'Window width is 1440 px and wider',
  ])
  expect(words('session=rage_click,booked;session!=ordered,error_click')).toEqual([
    'Session had a rage click or booked',
    'Session placed no order and had no error click',
  ])
  expect(words('session=javascript_error,unhandled_rejection;friction_kind=form_validation_error')).toEqual([
    'Session had a JavaScript error or had an unhandled rejection',
    'Friction kind is Form error',
  ])
})

test('every known value has a label', () => {
  for (const dimension of DIMENSIONS) {
    for (const value of knownValues(dimension) ?? []) expect(valueLabel(dimension, value)).toMatch(/^[^_]*[a-z][^_]*$/)
  }
})

test('order does not matter to what filters mean', () => {
  const same = (one: string, other: string) => isSame(parseFilters(one), parseFilters(other))
  expect(same('path=/a,/b;city=X', 'city=X;path=/b,/a')).toBe(true)
  expect(same('path=/a', 'path!=/a')).toBe(false)
  expect(same('path=/a', '')).toBe(false)
})
