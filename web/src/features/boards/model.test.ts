// What a card shows under the board's period and filters, what is stored of a page, and the order of cards.
import { expect, test } from 'vitest'
import { activeFilters, parseAnalysis } from '../../lib/analysis'
import type { BoardCard } from './api'
import {
  copyOf,
  mayChange,
  moved,
  newCardId,
  periodLabel,
  readSearch,
  restored,
  searchOn,
  storedSearch,
  withCard,
  withChange,
  writeSearch,
} from './model'

const card = (id: string): BoardCard => ({ id, piece: 'overview.visitors', title: null, search: '', width: 1 })
const ids = (cards: readonly BoardCard[]) => cards.map(({ id }) => id).join(' ')
const wordsOf = (search: object) =>
  activeFilters(parseAnalysis(search as Record<string, unknown>))
    .map(({ dimension, operator, values }) => `${dimension} ${operator} ${values.join(',')}`)
    .sort()

test('the author changes a board, an admin those of the project, nobody else', () => {
  const board = (visibility: 'own' | 'project') => ({ visibility, author: { id: 'm1', name: 'Asha' } })
  expect(mayChange(board('own'), 'm1', 'analyst')).toBe(true)
  expect(mayChange(board('own'), 'm2', 'owner')).toBe(false)
  expect(mayChange(board('project'), 'm2', 'admin')).toBe(true)
  expect(mayChange(board('project'), 'm2', 'analyst')).toBe(false)
  expect(mayChange(board('project'), 'm1', 'viewer')).toBe(false)
  expect(mayChange(board('project'), undefined, undefined)).toBe(false)
})

test('a copy is the member’s own, and its name fits', () => {
  const copy = copyOf({ name: 'x'.repeat(100), visibility: 'project', cards: [card('a')] })
  expect(copy).toMatchObject({ visibility: 'own', cards: [card('a')] })
  expect(copy.name).toHaveLength(100)
  expect(copy.name.startsWith('Copy of xxx')).toBe(true)
})

test('search parameters survive being kept as a text', () => {
  const search = {
    device: 'mobile',
    filters: 'browser!=Chrome,Safari;path~rooms & más',
    steps: [{ name: 'page_view', path: '/a?b=c' }],
    answered: true,
    nothing: undefined,
    empty: null,
  }
  const { nothing: _nothing, empty: _empty, ...kept } = search
  expect(readSearch(writeSearch(search))).toEqual({ ...kept, answered: 'true' })
  expect(readSearch(undefined)).toEqual({})
  expect(readSearch('a=[broken')).toEqual({ a: '[broken' })
})

test('a page is stored with its filters and view, and with its period only where it is to be kept', () => {
  const search = { period: '30d', device: 'mobile', metric: 'sessions', open: 'x', edit: true }
  expect(storedSearch(search, { followsBoard: true, keepsPeriod: false })).toBe('device=mobile&metric=sessions')
  expect(storedSearch(search, { followsBoard: true, keepsPeriod: true })).toBe(
    'period=30d&device=mobile&metric=sessions',
  )
  // The usual period is not in addresses.
  expect(storedSearch({}, { followsBoard: true, keepsPeriod: true })).toBe('period=7d')
  const custom = { period: '30d', from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' }
  expect(Object.keys(readSearch(storedSearch(custom, { followsBoard: true, keepsPeriod: true })))).toEqual([
    'from',
    'to',
  ])
  // Where a period has another meaning it belongs to the view.
  expect(storedSearch({ period: '2026-11', tab: 'usage' }, { followsBoard: false, keepsPeriod: false })).toBe(
    'period=2026-11&tab=usage',
  )
})

test('a card follows the board’s period unless it has its own', () => {
  const board = parseAnalysis({ period: '30d', vs: 'none' })
  expect(searchOn(board, { metric: 'sessions' })).toEqual({ period: '30d', vs: 'none', metric: 'sessions' })
  expect(searchOn(board, { period: '24h' })).toMatchObject({ period: '24h' })
  const range = { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' }
  expect(searchOn(parseAnalysis(range), { period: '24h' })).toEqual({ period: '24h' })
  expect(searchOn(board, range)).toMatchObject(range)
  expect(searchOn(board, range)).not.toHaveProperty('period')
  // The usual period, which addresses leave out, is one of its own too.
  expect(searchOn(board, { period: '7d' })).not.toMatchObject({ period: '30d' })
})

test('the filters of board and card are added up, and the card keeps the parameters it has on its page', () => {
  const board = parseAnalysis({ device: 'desktop', country: 'TZ' })
  const both = searchOn(board, { device: 'mobile', filters: 'browser!=Chrome' })
  expect(both).toMatchObject({ device: 'mobile', country: 'TZ' })
  expect(wordsOf(both)).toEqual(['browser is_not Chrome', 'country is TZ', 'device is desktop', 'device is mobile'])
  // What both have is there once.
  expect(searchOn(board, { device: 'desktop', country: 'TZ' })).toEqual({ device: 'desktop', country: 'TZ' })
})

test('a card says its own period, by its name or its days', () => {
  expect(periodLabel({})).toBeNull()
  expect(periodLabel({ period: '30d' })).toBe('Last 30 days')
  expect(periodLabel({ period: '7d' })).toBe('Last 7 days')
  expect(periodLabel({ from: '2026-11-01T00:00:00Z', to: '2026-11-03T00:00:00Z' })).toContain('Nov')
})

test('new cards get ids that no other card has', () => {
  expect(newCardId([])).toBe('c1')
  expect(newCardId([card('a'), card('c3')])).toBe('c4')
  expect(ids(withCard([card('c2')], { piece: 'a.b', width: 2 }))).toBe('c2 c3')
})

test('cards are moved, changed, removed and put back', () => {
  const cards = [card('a'), card('b'), card('c')]
  expect(ids(moved(cards, 0, 2))).toBe('b c a')
  expect(ids(moved(cards, 2, 0))).toBe('c a b')
  expect(ids(moved(cards, 1, 9))).toBe('a c b')
  expect(ids(moved(cards, 5, 0))).toBe('a b c')
  expect(withChange(cards, 'b', { width: 4 }).map(({ width }) => width)).toEqual([1, 4, 1])
  expect(ids(restored([card('a'), card('c')], card('b'), 1))).toBe('a b c')
  expect(ids(restored([card('a'), card('b')], card('b'), 1))).toBe('a c3 b')
})
