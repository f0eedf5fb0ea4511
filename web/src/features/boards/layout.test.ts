// Where cards stand in rows, and where a card goes that is moved.
import { expect, test } from 'vitest'
import { gapAt, indexInGap, placesOf, roomOf, targetOf } from './layout'

const widths = (...all: number[]) => all.map((width) => ({ width }))

test('cards fill rows in order, and one that does not fit begins the next', () => {
  expect(placesOf(widths(1, 1, 3, 4, 2), 4)).toEqual([
    { row: 0, column: 0, span: 1 },
    { row: 0, column: 1, span: 1 },
    { row: 1, column: 0, span: 3 },
    { row: 2, column: 0, span: 4 },
    { row: 3, column: 0, span: 2 },
  ])
  expect(placesOf(widths(1, 4, 1, 1), 2).map(({ row, column, span }) => [row, column, span])).toEqual([
    [0, 0, 1],
    [1, 0, 2],
    [2, 0, 1],
    [2, 1, 1],
  ])
  expect(placesOf(widths(4, 1), 1).map(({ row, span }) => [row, span])).toEqual([
    [0, 1],
    [1, 1],
  ])
})

test('a card has the room of its columns', () => {
  expect([roomOf(4, 4), roomOf(1, 4), roomOf(4, 2), roomOf(1, 2), roomOf(4, 1)]).toEqual([4, 1, 2, 1, 1])
})

test('arrows move a card by one, and up and down to the nearest of the next row', () => {
  // Rows: 0 1 2 3 / 4 5 / 6
  const cards = widths(1, 1, 1, 1, 2, 2, 4)
  expect(targetOf(cards, 1, 'left', 4)).toBe(0)
  expect(targetOf(cards, 0, 'left', 4)).toBe(0)
  expect(targetOf(cards, 6, 'right', 4)).toBe(6)
  expect(targetOf(cards, 0, 'down', 4)).toBe(4)
  expect(targetOf(cards, 3, 'down', 4)).toBe(5)
  expect(targetOf(cards, 5, 'up', 4)).toBe(2)
  expect(targetOf(cards, 6, 'up', 4)).toBe(4)
  expect(targetOf(cards, 2, 'up', 4)).toBe(0)
  expect(targetOf(cards, 6, 'down', 4)).toBe(6)
  expect(targetOf(cards, 0, 'down', 1)).toBe(1)
})

test('a point lies before or after the card that is nearest in its row', () => {
  const box = (left: number, top: number, width: number) => ({ left, top, right: left + width, bottom: top + 100 })
  const boxes = [box(0, 0, 100), box(110, 0, 100), box(0, 110, 210)]
  expect(gapAt(boxes, 20, 50)).toBe(0)
  expect(gapAt(boxes, 80, 50)).toBe(1)
  expect(gapAt(boxes, 190, 50)).toBe(2)
  expect(gapAt(boxes, 400, 60)).toBe(2)
  expect(gapAt(boxes, 20, 150)).toBe(2)
  expect(gapAt(boxes, 200, 900)).toBe(3)
  expect(gapAt([], 5, 5)).toBe(0)
})

test('those behind a dragged card have moved up by the time it is dropped', () => {
  expect([indexInGap(1, 0), indexInGap(1, 1), indexInGap(1, 2), indexInGap(1, 4)]).toEqual([0, 1, 1, 3])
})
