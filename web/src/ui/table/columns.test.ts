// Columns as chosen: shown, hidden and in order, with columns that came or went since.
import { expect, test } from 'vitest'
import { type Choice, choiceOf, chosen, isChosen, isShownOn, NO_CHOICE, ordered, withMoved, withShown } from './columns'

const NAME = { key: 'name', small: 'title' as const }
const COUNT = { key: 'count' }
const DEVICE = { key: 'device', isExtra: true }
const PAGE = { key: 'page', isExtra: true, small: 'line' as const }
const FIRST = { key: 'first', small: 'none' as const }
const COLUMNS = [NAME, COUNT, DEVICE, PAGE, FIRST]

const keys = (columns: { key: string }[]) => columns.map(({ key }) => key).join(' ')
const inOrder = (...order: string[]): Choice => ({ ...NO_CHOICE, order })

test('without a choice the table is as it is', () => {
  expect(chosen(COLUMNS, NO_CHOICE)).toEqual(COLUMNS)
  expect(isChosen(NO_CHOICE)).toBe(false)
})

test('each screen shows by itself what its style sheet does', () => {
  const shownOn = (screen: 'large' | 'medium' | 'small') =>
    keys(COLUMNS.filter((column) => isShownOn(screen, column, NO_CHOICE)))
  expect(shownOn('large')).toBe('name count device page first')
  expect(shownOn('medium')).toBe('name count first')
  expect(shownOn('small')).toBe('name count page')
})

test('a hidden column is left out, and one that was asked for is on every screen', () => {
  expect(keys(chosen(COLUMNS, withShown(NO_CHOICE, COUNT, false)))).toBe('name device page first')
  const choice = withShown(withShown(NO_CHOICE, DEVICE, true), FIRST, true)
  expect(chosen(COLUMNS, choice)).toEqual([NAME, COUNT, { key: 'device' }, PAGE, { key: 'first', small: 'fact' }])
  for (const screen of ['large', 'medium', 'small'] as const) expect(isShownOn(screen, DEVICE, choice)).toBe(true)
})

test('the column that names the row stays', () => {
  const choice = { ...NO_CHOICE, isShown: { name: false } }
  expect(keys(chosen(COLUMNS, choice))).toBe('name count device page first')
  expect(isShownOn('large', NAME, choice)).toBe(true)
})

test('showing again what every screen shows leaves no choice', () => {
  expect(isChosen(withShown(withShown(NO_CHOICE, COUNT, false), COUNT, true))).toBe(false)
  expect(isChosen(withShown(withShown(NO_CHOICE, DEVICE, false), DEVICE, true))).toBe(true)
})

test('a new column stands after the one it follows, and unknown ones are ignored', () => {
  expect(keys(ordered(COLUMNS, inOrder('first', 'gone', 'count', 'name')))).toBe('first count device page name')
  expect(keys(ordered(COLUMNS, inOrder('page', 'count')))).toBe('name page first count device')
})

test('a column moves to the place of another, and back to no choice', () => {
  const up = withMoved(NO_CHOICE, COLUMNS, 'page', 'count')
  expect(up.order.join(' ')).toBe('name page count device first')
  expect(withMoved(up, COLUMNS, 'page', 'device').order).toEqual([])
  expect(withMoved(NO_CHOICE, COLUMNS, 'gone', 'count')).toBe(NO_CHOICE)
  expect(withMoved(NO_CHOICE, COLUMNS, 'count', 'gone')).toBe(NO_CHOICE)
})

test('a choice is read as it was kept, and nonsense is no choice', () => {
  const choice = { order: ['count', 'name'], isShown: { device: true } }
  expect(choiceOf(JSON.stringify(choice))).toEqual(choice)
  for (const text of [null, '', 'x', 'null', '[]', '"a"', '7', '{"order":7,"isShown":[3]}'])
    expect(choiceOf(text), String(text)).toEqual(NO_CHOICE)
  expect(choiceOf('{"order":["a","a",1],"isShown":{"a":"no","b":false}}')).toEqual({
    order: ['a'],
    isShown: { b: false },
  })
})
