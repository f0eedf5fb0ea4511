// The lines of a table and the part of them that is drawn.
import { expect, test } from 'vitest'
import { linesOf, nextRow } from './lines'
import { firstLines, LONG, windowOf } from './window'

const rows = ['a1', 'a2', 'b1', 'c1', 'c2']
const keyOf = (row: string) => row
const groupOf = (row: string) => ({ key: row.charAt(0), heading: row.charAt(0).toUpperCase() })

test('every group begins with its heading', () => {
  expect(linesOf(rows, keyOf, groupOf).map(({ row, heading }) => row ?? heading)).toEqual(
    'A a1 a2 B b1 C c1 c2'.split(' '),
  )
  expect(linesOf(rows, keyOf).map(({ row }) => row)).toEqual(rows)
})

test('the next row is found over a heading, in both directions, and not beyond the ends', () => {
  const lines = linesOf(rows, keyOf, groupOf)
  const walk = (step: number, from: number) => {
    const found = []
    for (let at = from; lines[at]; at = nextRow(lines, at, step)) found.push(lines[at]?.row)
    return found
  }
  expect(walk(1, 1)).toEqual(rows)
  expect(walk(-1, lines.length - 1)).toEqual(rows.toReversed())
})

test('rows that do not open are passed over', () => {
  const lines = linesOf(rows, keyOf, groupOf)
  const opens = (row: string) => row === 'a1' || row === 'c2'
  expect(lines[nextRow(lines, 1, 1, opens)]?.row).toBe('c2')
  expect(lines[nextRow(lines, 7, -1, opens)]?.row).toBe('a1')
  expect(lines[nextRow(lines, 7, 1, opens)]).toBe(undefined)
  expect(lines[nextRow(lines, 1, -1, opens)]).toBe(undefined)
})

test('the space of lines that are not drawn stands where they would', () => {
  const item = (index: number) => ({ index, start: 100 + index * 10, end: 110 + index * 10 })
  expect(windowOf([item(1), item(5), item(6)], 100, 300)).toEqual({
    parts: [
      { index: 1, gap: 10 },
      { index: 5, gap: 30 },
      { index: 6, gap: 0 },
    ],
    gap: 130,
  })
})

test('until a place is known the first lines are drawn, and the rest keeps its space', () => {
  const window = firstLines(LONG + 20)
  expect(window.parts).toHaveLength(LONG)
  expect(window.gap).toBeGreaterThan(20 * 30)
  expect(firstLines(3)).toEqual({ parts: [0, 1, 2].map((index) => ({ index, gap: 0 })), gap: 0 })
})
