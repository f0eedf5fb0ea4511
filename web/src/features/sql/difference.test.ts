// Answers compared with the ones before.
import { expect, test } from 'vitest'
import type { Value } from './cells'
import { type Difference, differenceOf, obstacleOf } from './difference'

const columns = [
  { name: 'route', type: 'text' },
  { name: 'bookings', type: 'bigint' },
]
const answer = (rows: Value[][], more: Partial<{ columns: typeof columns; truncated: boolean }> = {}) => ({
  columns,
  rows,
  truncated: false,
  ...more,
})
const compared = (before: Value[][], after: Value[][]) => {
  const found = differenceOf(answer(before), answer(after))
  if (typeof found === 'string') throw new Error(found)
  return found
}
const lines = ({ rows }: Difference) => rows.map(({ mark, values }) => `${mark} ${values.join(' ')}`)

test('rows are added, removed, changed or the same, by their first column', () => {
  const found = compared(
    [
      ['Zanzibar', 41],
      ['Pemba', 12],
      ['Mafia', 3],
    ],
    [
      ['Zanzibar', 52],
      ['Mafia', 3],
      ['Tanga', 7],
    ],
  )
  expect(found.counts).toEqual({ added: 1, removed: 1, changed: 1, same: 1 })
  expect(found.rows).toEqual([
    { mark: 'changed', values: ['Zanzibar', 52], before: ['Zanzibar', 41] },
    { mark: 'removed', values: ['Pemba', 12] },
    { mark: 'same', values: ['Mafia', 3] },
    { mark: 'added', values: ['Tanga', 7] },
  ])
})

test('rows that are gone stand behind the row that they followed', () => {
  const before: Value[][] = [['a'], ['b'], ['c'], ['d'], ['e']]
  expect(lines(compared(before, [['d'], ['b']]))).toEqual(['removed a', 'same d', 'removed e', 'same b', 'removed c'])
  expect(lines(compared(before, []))).toEqual(['removed a', 'removed b', 'removed c', 'removed d', 'removed e'])
  expect(lines(compared([], [['a'], ['b']]))).toEqual(['added a', 'added b'])
})

test('another order alone is no change', () => {
  expect(compared([['a'], ['b']], [['b'], ['a']]).counts).toEqual({ added: 0, removed: 0, changed: 0, same: 2 })
})

test('values that look alike are different', () => {
  expect(compared([['1', null]], [['1', '']]).counts.changed).toBe(1)
  expect(
    lines(
      compared(
        [[1], [2]],
        [
          ['1', 0],
          ['2', 0],
        ],
      ),
    ),
  ).toEqual(['removed 1', 'removed 2', 'added 1 0', 'added 2 0'])
})

test('an answer of one row is that row each time', () => {
  expect(compared([[41, 5]], [[52, 5]]).rows).toEqual([{ mark: 'changed', values: [52, 5], before: [41, 5] }])
  expect(obstacleOf(answer([[null, 5]]))).toBeNull()
})

test('there is no comparison where the first column does not name each row', () => {
  const twice = answer([
    ['a', 1],
    ['a', 2],
  ])
  const unnamed = answer([
    [null, 1],
    ['a', 2],
  ])
  expect([obstacleOf(twice), obstacleOf(unnamed), obstacleOf(answer([]))]).toEqual(['unnamed', 'unnamed', null])
  expect(differenceOf(answer([['a', 1]]), twice)).toBe('unnamed')
  expect(differenceOf(twice, answer([['a', 1]]))).toBe('unnamed')
  // One row that has no name, and two that have.
  expect(differenceOf(answer([[null, 1]]), answer([['a'], ['b']]))).toBe('unnamed')
})

test('there is no comparison of answers that were cut, or that have other columns', () => {
  const cut = answer([['a', 1]], { truncated: true })
  expect([differenceOf(cut, answer([['a', 1]])), differenceOf(answer([['a', 1]]), cut)]).toEqual(['cut', 'cut'])
  const other = answer([['a', 1]], { columns: [{ name: 'route', type: 'text' }] })
  expect(differenceOf(other, answer([['a', 1]]))).toBe('columns')
})
