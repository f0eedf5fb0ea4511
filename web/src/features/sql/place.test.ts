// Lines and columns of the server against offsets of the editor.
import { expect, test } from 'vitest'
import { offsetOf, placeWithin, rangeAt } from './place'

const TEXT = 'SELECT 😀, nme\nFROM users'

test('a place counts characters, also those of two units', () => {
  expect(TEXT.slice(offsetOf(TEXT, { line: 1, column: 11 }))).toBe('nme\nFROM users')
  expect(TEXT.slice(offsetOf(TEXT, { line: 2, column: 6 }))).toBe('users')
  expect(offsetOf(TEXT, { line: 9, column: 1 })).toBeUndefined()
})

test('the word at a place is underlined, and something in any case', () => {
  const marked = (text: string, line: number, column: number) => {
    const range = rangeAt(text, { line, column })
    return range && text.slice(range.from, range.to)
  }
  expect(marked(TEXT, 1, 11)).toBe('nme')
  expect(marked(TEXT, 1, 9)).toBe(',')
  expect(marked('SELECT $since', 1, 8)).toBe('$since')
  expect(marked('SELECT (', 1, 9)).toBe('(')
  expect(marked('', 1, 1)).toBeUndefined()
})

test('a place in a selection is one of the whole text', () => {
  const whole = 'SELECT 1;\n\n  SELECT a\nFROM b'
  const start = whole.indexOf('SELECT a')
  expect(placeWithin(whole, start, { line: 1, column: 8 })).toEqual({ line: 3, column: 10 })
  expect(placeWithin(whole, start, { line: 2, column: 6 })).toEqual({ line: 4, column: 6 })
  expect(placeWithin(whole, 0, { line: 1, column: 3 })).toEqual({ line: 1, column: 3 })
})
