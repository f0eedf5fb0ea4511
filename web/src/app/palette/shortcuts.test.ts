// What presses of keys mean, and when they mean nothing.
import { expect, test } from 'vitest'
import { AREAS } from '../areas'
import { CHORD_MS, type KeyPress, meaningOf, sheetOf } from './shortcuts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  hasModifier: false,
  hasAlt: false,
  isTyping: false,
  ...more,
})

test('g and a letter lead to an area, within a moment', () => {
  expect(meaningOf(press('g'), 0, null)).toEqual({ starts: true })
  expect(meaningOf(press('o'), 500, 0)).toEqual({ shortcut: { kind: 'go', to: '/p/$projectId/overview' } })
  expect(meaningOf(press('f'), 500, 0)).toEqual({ shortcut: { kind: 'go', to: '/p/$projectId/friction' } })
  expect(meaningOf(press('o'), CHORD_MS + 1, 0)).toEqual({})
  expect(meaningOf(press('z'), 500, 0)).toEqual({})
  // The second key is not one of its own.
  expect(meaningOf(press('r'), 500, 0)).toEqual({ shortcut: { kind: 'go', to: '/p/$projectId/recordings' } })
})

test('single keys open the sheet and refresh', () => {
  expect(meaningOf(press('?'), 0, null)).toEqual({ shortcut: { kind: 'sheet' } })
  expect(meaningOf(press('r'), 0, null)).toEqual({ shortcut: { kind: 'refresh' } })
  expect(meaningOf(press('o'), 0, null)).toEqual({})
})

test('while typing only the palette opens', () => {
  for (const key of ['g', '?', 'r']) expect(meaningOf(press(key, { isTyping: true }), 0, null)).toEqual({})
  for (const key of ['k', 'K'])
    expect(meaningOf(press(key, { isTyping: true, hasModifier: true }), 0, null)).toEqual({
      shortcut: { kind: 'palette' },
    })
})

test('keys of the browser stay the browser’s', () => {
  expect(meaningOf(press('r', { hasModifier: true }), 0, null)).toEqual({})
  expect(meaningOf(press('k', { hasModifier: true, hasAlt: true }), 0, null)).toEqual({})
  expect(meaningOf(press('o', { hasAlt: true }), 10, 0)).toEqual({})
})

test('no two areas share a key, and the sheet lists each', () => {
  const keys = AREAS.flatMap(({ key }) => (key ? [key] : []))
  expect(new Set(keys).size).toBe(keys.length)
  const listed = sheetOf('Ctrl')
    .find(({ title }) => title === 'Go to')
    ?.rows.map((row) => row.keys[1])
  expect(listed).toEqual(keys)
})
