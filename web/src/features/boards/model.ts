// A board's cards in their order, and what a card shows under the board's period and filters; pure.
import { type AnalysisSearch, activeFilters, DEFAULT_PERIOD, parseAnalysis, withFilters } from '../../lib/analysis'
import { isSame } from '../../lib/filters'
import { PRESET_LABELS } from '../../lib/period'
import { includesRole, type RoleName } from '../../lib/roles'
import { periodRange } from '../../lib/time'
import type { Board, BoardCard, NewBoard } from './api'

export const MAX_CARDS = 40
export const MAX_NAME = 100

/** An author changes their own board, an admin those of the project too; as the server has it. */
export function mayChange(
  { author, visibility }: Pick<Board, 'author' | 'visibility'>,
  memberId: string | undefined,
  role: RoleName | undefined,
): boolean {
  if (!includesRole(role, 'analyst')) return false
  return author.id === memberId || (visibility === 'project' && includesRole(role, 'admin'))
}

/** What is saved of a board. */
export function contentOf({ name, visibility, cards }: NewBoard): NewBoard {
  return { name, visibility, cards }
}

export function copyOf(board: NewBoard): NewBoard {
  return { name: `Copy of ${board.name}`.slice(0, MAX_NAME), visibility: 'own', cards: board.cards }
}

/** The parameters that a card keeps, as its page has them. */
export function readSearch(text = ''): Record<string, unknown> {
  return Object.fromEntries([...new URLSearchParams(text)].map(([name, value]) => [name, readValue(value)]))
}

function readValue(value: string): unknown {
  if (!/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

export function writeSearch(search: Record<string, unknown>): string {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== null)
  return new URLSearchParams(
    kept.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  ).toString()
}

const PERIOD = ['period', 'from', 'to'] as const
/** What is open on a page, and no part of what a card shows. */
const OPEN = ['open', 'dropped', 'edit', 'create']

function without(search: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(search).filter(([name]) => !names.includes(name)))
}

/** What "Add to board" stores of a page's address: filters and view, and the period where it is to be kept. */
export function storedSearch(
  search: Record<string, unknown>,
  { followsBoard, keepsPeriod }: { followsBoard: boolean; keepsPeriod: boolean },
): string {
  const shown = without(search, OPEN)
  if (!followsBoard) return writeSearch(shown)
  if (!keepsPeriod) return writeSearch(without(shown, PERIOD))
  return writeSearch(withPeriod(shown))
}

/** With the period that an address leaves out when it is the usual one. */
export function withPeriod(search: Record<string, unknown>): Record<string, unknown> {
  const isCustom = search.from !== undefined && search.to !== undefined
  return isCustom ? without(search, ['period']) : { ...search, period: search.period ?? DEFAULT_PERIOD }
}

export function hasOwnPeriod(search: Record<string, unknown>): boolean {
  return search.period !== undefined || (search.from !== undefined && search.to !== undefined)
}

/** What a card's own period is called. */
export function periodLabel(search: Record<string, unknown>): string | null {
  if (!hasOwnPeriod(search)) return null
  const { from, to, period = DEFAULT_PERIOD } = parseAnalysis(search)
  return from && to ? periodRange(new Date(from), new Date(to)) : PRESET_LABELS[period]
}

/** The search of a card's page under the board: the card's own period before the board's, and the filters of both. */
export function searchOn(board: AnalysisSearch, card: Record<string, unknown>): Record<string, unknown> {
  const period = hasOwnPeriod(card) ? card : board
  const own = parseAnalysis(card)
  const filters = activeFilters(own)
  // The card's come first: they keep the parameters that they have on its page.
  const others = activeFilters(board).filter((filter) => !filters.some((known) => isSame([known], [filter])))
  const analysis = withFilters(
    parseAnalysis({
      period: period.period,
      from: period.from,
      to: period.to,
      vs: own.vs ?? board.vs,
      bots: own.bots ?? board.bots,
      answered: own.answered ?? board.answered,
    }),
    [...filters, ...others],
  )
  return { ...without(card, [...Object.keys(own), ...PERIOD]), ...analysis }
}

/** A name for a new card that no card of the board has. */
export function newCardId(cards: readonly BoardCard[]): string {
  let number = cards.length + 1
  while (cards.some(({ id }) => id === `c${number}`)) number += 1
  return `c${number}`
}

export function withCard(cards: readonly BoardCard[], card: Omit<BoardCard, 'id'>): BoardCard[] {
  return [...cards, { id: newCardId(cards), ...card }]
}

export function withChange(cards: readonly BoardCard[], id: string, change: Partial<BoardCard>): BoardCard[] {
  return cards.map((card) => (card.id === id ? { ...card, ...change } : card))
}

/** With a removed card in its place again; another may have its id by now. */
export function restored(cards: readonly BoardCard[], card: BoardCard, at: number): BoardCard[] {
  const isTaken = cards.some(({ id }) => id === card.id)
  return cards.toSpliced(at, 0, isTaken ? { ...card, id: newCardId(cards) } : card)
}

/** With the card that stands at `from` at `to` instead. */
export function moved<T>(cards: readonly T[], from: number, to: number): T[] {
  const card = cards[from]
  const at = Math.max(0, Math.min(to, cards.length - 1))
  return card === undefined ? [...cards] : cards.toSpliced(from, 1).toSpliced(at, 0, card)
}
