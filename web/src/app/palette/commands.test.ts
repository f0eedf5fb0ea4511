// What the palette offers first.
import { expect, test } from 'vitest'
import { type Command, looksForPeople, looksLikeSession, ranked, withRecent } from './commands'

const page = (label: string, words?: string): Command => ({
  id: `page ${label}`,
  group: 'Page',
  label,
  ...(words ? { words } : {}),
})
const PAGES = [
  page('Overview', 'home dashboard'),
  page('Friction', 'rage dead clicks'),
  page('Recordings', 'replay'),
  page('Privacy', 'erase'),
  page('Project settings', 'zone retention'),
]
const labels = (commands: Command[]) => commands.map(({ label }) => label)

test('without a query the recent come first, the others as they are', () => {
  expect(labels(ranked(PAGES, ' ', ['page Privacy', 'gone', 'page Friction']))).toEqual([
    'Privacy',
    'Friction',
    'Overview',
    'Recordings',
    'Project settings',
  ])
  expect(ranked(PAGES, '', [], 2)).toHaveLength(2)
})

test('a query finds labels by letters and other words by their beginning', () => {
  expect(labels(ranked(PAGES, 'over', []))[0]).toBe('Overview')
  expect(labels(ranked(PAGES, 'replay', []))).toEqual(['Recordings'])
  expect(labels(ranked(PAGES, 'zone', []))).toEqual(['Project settings'])
  expect(ranked(PAGES, 'xyz', [])).toEqual([])
})

test('of what matches alike the recent one comes first', () => {
  expect(labels(ranked(PAGES, 'pr', []))[0]).toBe('Privacy')
  expect(labels(ranked(PAGES, 'pr', ['page Project settings']))[0]).toBe('Project settings')
})

test('each command is recent once, and the oldest go', () => {
  expect(withRecent(['a', 'b'], 'b')).toEqual(['b', 'a'])
  expect(withRecent(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], 'i')).toEqual(['i', 'a', 'b', 'c', 'd', 'e', 'f', 'g'])
})

test('ids of sessions and names of people differ from other words', () => {
  expect(
    ['0193a1b2-0000-7d4c-8f00-2b6c1d9e4f5a', 'session_123', 'settings', 's1', 'two words 12345'].map(looksLikeSession),
  ).toEqual([true, true, false, false, false])
  expect(['ne', ' n', 'neema@shop.test'].map(looksForPeople)).toEqual([true, false, true])
})
