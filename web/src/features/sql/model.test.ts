// The state of the SQL page in its address.
import { expect, test } from 'vitest'
import { EXAMPLES } from './examples'
import { chosenChart, parseSqlSearch, withChart, withRun, withStatement } from './model'
import { parametersOf } from './parameters'

const ID = '018f3f3e-7d1c-7cc2-9d4e-000000000001'

test('what is meaningful of an address stays', () => {
  const search = {
    q: ID,
    sql: 'SELECT 1',
    p: { since: 'text:a' },
    limit: 100,
    chart: 'bar' as const,
    x: 'day',
    y: ['a', 'b'],
    series: 'country',
  }
  expect(parseSqlSearch(search)).toEqual(search)
  expect(parseSqlSearch({ draft: 'true', y: 'one' })).toEqual({ draft: true, y: ['one'] })
  // The router reads numbers out of addresses.
  expect(parseSqlSearch({ sql: 1, x: 2026 })).toEqual({ sql: '1', x: '2026' })
})

test('the rest is dropped', () => {
  expect(
    parseSqlSearch({ q: '../other', sql: '', draft: 'no', p: [], limit: 7, chart: 'pie', y: [{}], other: 1 }),
  ).toEqual({})
  expect(parseSqlSearch({ limit: 1_000, p: { a: 1 }, y: Array(9).fill('a') })).toEqual({ y: Array(6).fill('a') })
})

test('a short statement is in the address, a long one on the device, the saved one nowhere', () => {
  const rest = { q: ID, limit: 100 as const }
  expect(withStatement({ ...rest, draft: true }, 'SELECT 1', 'SELECT 2')).toEqual({ ...rest, sql: 'SELECT 1' })
  expect(withStatement({ ...rest, sql: 'SELECT 1' }, 'SELECT 2', 'SELECT 2')).toEqual(rest)
  expect(withStatement(rest, `SELECT '${'x'.repeat(2_000)}'`, undefined)).toEqual({ ...rest, draft: true })
  expect(withStatement({ sql: 'SELECT 1' }, '', undefined)).toEqual({})
  // An emptied saved question must not show the saved text again.
  expect(withStatement(rest, '', 'SELECT 2')).toEqual({ ...rest, draft: true })
})

test('a chart is replaced as a whole, and a table is said where a chart was saved', () => {
  const search = { sql: 'q', chart: 'line' as const, x: 'a', y: ['b'], series: 'c' }
  const bars = { shape: 'bar' as const, x: 'd', y: ['e'] }
  expect(withChart(search, bars, undefined)).toEqual({ sql: 'q', chart: 'bar', x: 'd', y: ['e'] })
  expect(withChart(search, undefined, undefined)).toEqual({ sql: 'q' })
  expect(withChart(search, undefined, bars)).toEqual({ sql: 'q', table: true })
  expect(withChart({ table: true }, bars, bars)).not.toHaveProperty('table')
  expect(chosenChart({}, bars)).toBe(bars)
  expect(chosenChart({ table: true }, bars)).toBeUndefined()
  expect(chosenChart({ chart: 'line', x: 'a' }, bars)).toEqual({ shape: 'line', x: 'a' })
  expect(parseSqlSearch({ table: true, chart: 'line' })).toEqual({ chart: 'line' })
})

test('the examples need no value but one that is asked for', () => {
  expect(EXAMPLES.map(({ statement }) => parametersOf(statement))).toEqual([[], [], [], [], ['since']])
})

test('a run is one of a saved question, and a comparison one of a run', () => {
  const run = { q: ID, run: ID, compare: true as const }
  expect(parseSqlSearch({ ...run, compare: 'true' })).toEqual(run)
  expect(parseSqlSearch({ run: ID, compare: true })).toEqual({})
  expect(parseSqlSearch({ q: ID, run: '../other', compare: true })).toEqual({ q: ID })
  expect(withRun(run)).toEqual({ q: ID })
  expect(withRun({ q: ID, limit: 100 }, ID)).toEqual({ q: ID, limit: 100, run: ID })
})
