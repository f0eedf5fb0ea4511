// What counts as a parameter, and what is sent for what was typed.
import { afterEach, expect, test } from 'vitest'
import { setProjectZone } from '../../lib/zone'
import { fieldsOf, fieldText, localText, parametersOf, savedOf, sentOf, utcText } from './parameters'

afterEach(() => setProjectZone('UTC'))

test('parameters are named once, in the order they appear, and not in texts or comments', () => {
  const statement = `SELECT '$no', "$no", it''s, $body$ $no $body$, $$ $no $$ -- $no
    /* $no
    $no */ FROM users WHERE id = $user_id AND at > $since AND id <> $user_id AND x = $1`
  expect(parametersOf(statement.replace("it''s, ", "'it''s $no', "))).toEqual(['user_id', 'since'])
  expect(parametersOf("SELECT 'not closed $no")).toEqual([])
  expect(parametersOf('SELECT $a+$b')).toEqual(['a', 'b'])
  expect(parametersOf(`SELECT $${'a'.repeat(41)}`)).toEqual([])
})

test('a field has what was typed, else what was saved, else nothing', () => {
  const saved = [
    { name: 'since', type: 'timestamp' as const, default: '2026-11-01T00:00:00.000Z' },
    { name: 'least', type: 'number' as const, default: 3 },
  ]
  const statement = 'SELECT $since, $least, $city, $paid'
  expect(fieldsOf(statement, saved, { least: 'number:5', paid: 'boolean:true', gone: 'text:x' })).toEqual([
    { name: 'since', type: 'timestamp', text: '2026-11-01T00:00:00.000Z' },
    { name: 'least', type: 'number', text: '5' },
    { name: 'city', type: 'text', text: '' },
    { name: 'paid', type: 'boolean', text: 'true' },
  ])
  expect(fieldsOf('SELECT $least', saved, { least: 'text:' })).toEqual([{ name: 'least', type: 'text', text: '' }])
  expect(fieldsOf('SELECT $least', [], { least: 'nonsense:1' })).toEqual([{ name: 'least', type: 'text', text: '' }])
})

test('values are sent by their types, never as a part of the statement', () => {
  const fields = fieldsOf('SELECT $a, $b, $c, $d, $e', [], {
    a: "text:'; DROP TABLE users",
    b: 'number:1.5',
    c: 'boolean:false',
    d: 'timestamp:2026-11-01T00:00:00Z',
    e: 'number:many',
  })
  expect(sentOf(fields)).toEqual({
    parameters: { a: "'; DROP TABLE users", b: 1.5, c: false, d: '2026-11-01T00:00:00Z', e: 'many' },
    parameter_types: { a: 'text', b: 'number', c: 'boolean', d: 'timestamp', e: 'number' },
  })
  expect(sentOf([])).toEqual({})
  expect(sentOf([{ name: 'n', type: 'number', text: ' ' }]).parameters).toEqual({ n: null })
})

test('what fields have becomes the default of a saved question', () => {
  const fields = [
    { name: 'city', type: 'text' as const, text: 'Moshi' },
    { name: 'least', type: 'number' as const, text: '' },
    { name: 'name', type: 'text' as const, text: '' },
  ]
  expect(savedOf(fields)).toEqual([
    { name: 'city', type: 'text', default: 'Moshi' },
    { name: 'least', type: 'number' },
    { name: 'name', type: 'text' },
  ])
  expect(fieldText({ type: 'text', text: 'a:b' })).toBe('text:a:b')
})

test('an instant is typed by the project’s clock and sent in UTC', () => {
  setProjectZone('Africa/Dar_es_Salaam')
  expect(utcText('2026-11-21T12:30')).toBe('2026-11-21T09:30:00Z')
  expect(localText('2026-11-21T09:30:00Z')).toBe('2026-11-21T12:30')
  expect([utcText(''), localText(''), localText('yesterday')]).toEqual(['', '', ''])
})
