// What a cell shows for each type, and that nothing is rounded unseen.
import { afterEach, expect, test } from 'vitest'
import { setProjectZone } from '../../lib/zone'
import { isNumeric, isTime, parseAnswer, shown, type Value } from './cells'

afterEach(() => setProjectZone('UTC'))

const cell = (value: Value, type: string) => shown(value, { name: 'c', type })

test('null, empty and false are distinct', () => {
  expect([cell(null, 'text'), cell('', 'text'), cell(false, 'boolean')]).toEqual([
    { kind: 'null' },
    { kind: 'empty' },
    { kind: 'text', text: 'false' },
  ])
})

test('numbers are grouped, keep the digits of their type, and show the exact value where they are cut', () => {
  expect(cell(1234567, 'bigint')).toEqual({ kind: 'text', text: '1,234,567', exact: '1234567' })
  expect(cell(12, 'integer')).toEqual({ kind: 'text', text: '12' })
  expect(cell(150000.1, 'numeric(10,2)')).toEqual({ kind: 'text', text: '150,000.10', exact: '150000.1' })
  expect(cell(15.166666666666666, 'double precision')).toEqual({
    kind: 'text',
    text: '15.166667',
    exact: '15.166666666666666',
  })
  expect(cell(0.0000001234, 'double precision')).toEqual({ kind: 'text', text: '1.234e-7' })
})

test('instants are those of the project’s clock, with UTC beside', () => {
  setProjectZone('Africa/Dar_es_Salaam')
  expect(cell('2026-11-21T09:05:09Z', 'timestamptz')).toEqual({
    kind: 'text',
    text: '21 Nov 2026, 12:05:09 GMT+3',
    exact: '2026-11-21T09:05:09Z',
  })
  expect(cell('2026-11-21', 'date')).toEqual({ kind: 'text', text: '2026-11-21' })
})

test('objects and lists of JSON unfold, plain values do not', () => {
  expect(cell('{"a":[1]}', 'json')).toEqual({ kind: 'json', text: '{"a":[1]}', value: { a: [1] } })
  expect(cell('"a"', 'json')).toEqual({ kind: 'text', text: '"a"' })
  expect(cell('{', 'json')).toEqual({ kind: 'text', text: '{' })
  expect(cell('{"a":1}', 'text')).toEqual({ kind: 'text', text: '{"a":1}' })
})

test('types are known by PostgreSQL’s names', () => {
  const column = (type: string) => ({ name: 'c', type })
  expect(
    ['integer', 'bigint', 'double precision', 'numeric(10,2)', 'text', 'uuid', 'interval'].map((type) =>
      isNumeric(column(type)),
    ),
  ).toEqual([true, true, true, true, false, false, false])
  expect(['timestamptz', 'timestamp', 'date', 'text'].map((type) => isTime(column(type)))).toEqual([
    true,
    true,
    true,
    false,
  ])
})

test('whole numbers beyond what the browser counts with keep their digits', () => {
  const { rows } = parseAnswer<{ rows: Value[][] }>('{"rows":[[9007199254740993,-9223372036854775808,12,1.5,1e300]]}')
  // Browsers and Node since 21 hand the source over; before, the number is rounded as it always was.
  if (typeof rows[0]?.[0] === 'string')
    expect(rows[0]).toEqual(['9007199254740993', '-9223372036854775808', 12, 1.5, 1e300])
  expect(cell('9007199254740993', 'bigint')).toEqual({
    kind: 'text',
    text: '9,007,199,254,740,993',
    exact: '9007199254740993',
  })
})
